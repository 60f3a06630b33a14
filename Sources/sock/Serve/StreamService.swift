import Sockets

/// What a server does with one connection, until the peer ends it.
struct StreamService {
    static let bufferSize = 65_536

    let name: ServiceName
    let connection: Socket
    var received = 0
    var sent = 0

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

    private mutating func generate() throws(SocketError) {
        var generator = CharacterGenerator(connection)
        defer { (received, sent) = (generator.received, generator.sent) }
        while try generator.go(on: connection.wait(for: generator.events)) {}
    }
}
