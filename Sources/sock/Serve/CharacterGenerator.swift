import Sockets

/// RFC 864 on a connection: sends characters until the peer goes away, and throws away what comes meanwhile. It never waits itself, so that
/// threads and tasks may use it alike.
struct CharacterGenerator {
    let connection: Socket
    /// What there is to wait for; a peer that only ends its own half keeps listening.
    private(set) var events: PollEvents = [.readable, .writable]
    private(set) var received = 0
    private(set) var sent = 0
    private var offset = 0

    init(_ connection: Socket) { self.connection = connection }

    /// Receives and sends as much as can be done at once; false when the peer has gone.
    mutating func go(on ready: PollEvents) throws(SocketError) -> Bool {
        do throws(SocketError) {
            if ready.contains(.readable), try !drain() { events.remove(.readable) }
            if ready != .readable { try advance() }
            return true
        } catch {
            // The end that RFC 864 foresees.
            guard error.code == .brokenPipe || error.code == .connectionReset else { throw error }
            return false
        }
    }

    /// False at the end of the peer's half.
    private mutating func drain() throws(SocketError) -> Bool {
        do throws(SocketError) {
            guard let chunk = try connection.receive(deadline: .immediate) else { return false }
            received += chunk.count
        } catch {
            guard error.code == .wouldBlock else { throw error }
        }
        return true
    }

    /// Sends as much of the pattern as there is room for.
    private mutating func advance() throws(SocketError) {
        do throws(SocketError) {
            let count = try connection.send(CharacterPattern.run[offset...], deadline: .immediate)
            sent += count
            offset = (offset + count) % CharacterPattern.whole.count
        } catch {
            guard error.code == .wouldBlock else { throw error }
        }
    }
}
