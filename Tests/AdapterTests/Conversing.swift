import Sockets
import TestSupport
import Testing

/// A server that runs in a task of its own, what it reports, and who listens to that beside.
struct Served {
    let network: Network
    let listener: Socket
    let probe = ServerProbe()
    let task: Task<Void, any Error>

    init(
        _ network: Network, _ options: ServerOptions = ServerOptions(),
        _ handler: @escaping @Sendable (Socket) async throws -> Void
    ) throws {
        let listener = try network.listen(at: .loopback4)
        // Told last: what a test waits for has been logged and counted.
        let options = options.reporting(to: probe.hook)
        self.network = network
        self.listener = listener
        task = Task { try await listener.serve(options, handler: handler) }
    }

    func client() throws -> Socket { try connect(network, to: listener) }

    func stop() async throws {
        task.cancel()
        try await task.value
    }
}

func connect(_ network: Network, to listener: Socket) throws -> Socket {
    try network.connect(to: listener.localAddress(), deadline: .net)
}

func close(_ socket: Socket) throws { try socket.close() }

func echo(_ connection: Socket) async throws {
    while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
}

/// Sends a text and expects it back.
func exchange(_ text: String, with client: Socket, _ location: SourceLocation = #_sourceLocation) async throws {
    try await client.sendAll(text, deadline: .net)
    let answer = try await client.receiveExactly(text.utf8.count, deadline: .net)
    #expect(answer.description == text, sourceLocation: location)
}

/// An error that counts how often somebody reads it.
struct Mishap: Error, CustomStringConvertible {
    let readings = Shared(0)

    var description: String {
        readings.change { $0 += 1 }
        return "a mishap"
    }
}
