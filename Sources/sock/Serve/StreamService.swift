import Sockets

/// What a server does with one connection, until the peer ends it.
struct StreamService {
    static let bufferSize = 65_536

    let name: ServiceName
    let connection: Socket
    private(set) var received = 0
    private(set) var sent = 0

    init(_ name: ServiceName, _ connection: Socket) {
        self.name = name
        self.connection = connection
    }

    mutating func run() throws(SocketError) {
        switch name {
        case .echo: try echo()
        case .discard: try discard()
        case .chargen: try generate()
        }
    }

    private mutating func echo() throws(SocketError) {
        var buffer = [UInt8](repeating: 0, count: Self.bufferSize)
        while let count = try connection.receive(into: &buffer) {
            received += count
            try connection.sendAll(buffer.span.extracting(..<count))
            sent += count
        }
    }

    private mutating func discard() throws(SocketError) {
        var buffer = [UInt8](repeating: 0, count: Self.bufferSize)
        while let count = try connection.receive(into: &buffer) { received += count }
    }

    /// Sends until the peer goes away, and throws away what comes meanwhile; a peer that only ends its own half keeps listening.
    private mutating func generate() throws(SocketError) {
        var buffer = [UInt8](repeating: 0, count: Self.bufferSize)
        var events: PollEvents = [.readable, .writable]
        var offset = 0
        do throws(SocketError) {
            while true {
                let ready = try connection.wait(for: events)
                if ready.contains(.readable), try !drain(&buffer) { events.remove(.readable) }
                if ready != .readable { offset = try advance(offset) }
            }
        } catch {
            // The end that RFC 864 foresees.
            guard error.code == .brokenPipe || error.code == .connectionReset else { throw error }
        }
    }

    /// False at the end of the peer's half.
    private mutating func drain(_ buffer: inout [UInt8]) throws(SocketError) -> Bool {
        do throws(SocketError) {
            guard let count = try connection.receive(into: &buffer, deadline: .immediate) else { return false }
            received += count
        } catch {
            guard error.code == .wouldBlock else { throw error }
        }
        return true
    }

    /// Sends as much of the pattern as there is room for, and returns where it goes on.
    private mutating func advance(_ offset: Int) throws(SocketError) -> Int {
        do throws(SocketError) {
            let count = try connection.send(CharacterPattern.run[offset...], deadline: .immediate)
            sent += count
            return (offset + count) % CharacterPattern.whole.count
        } catch {
            guard error.code == .wouldBlock else { throw error }
            return offset
        }
    }
}
