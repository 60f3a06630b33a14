import Sockets

/// The same services in a task. A connection that has nothing to say needs no memory: what is received comes in chunks that are lent.
extension StreamService {
    mutating func run() async throws(SocketError) {
        switch name {
        case .echo: try await echo()
        case .discard: try await discard()
        case .chargen: try await generate()
        }
    }

    private mutating func echo() async throws(SocketError) {
        while let chunk = try await connection.receive() {
            received += chunk.count
            try await connection.sendAll(chunk)
            sent += chunk.count
        }
    }

    private mutating func discard() async throws(SocketError) {
        while let chunk = try await connection.receive() { received += chunk.count }
    }

    private mutating func generate() async throws(SocketError) {
        var generator = CharacterGenerator(connection)
        defer { (received, sent) = (generator.received, generator.sent) }
        while try await generator.go(on: connection.wait(for: generator.events)) {}
    }
}
