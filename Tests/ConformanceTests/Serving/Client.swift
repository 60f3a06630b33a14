import Sockets
import TestSupport
import Testing

/// A server that runs in a task of its own, and what it reports.
struct Served {
    let network: Network
    let listener: Socket
    let probe = ServerProbe()
    let task: Task<Void, any Error>

    init(
        _ backend: TestBackend, _ options: ServerOptions = ServerOptions(),
        _ handler: @escaping @Sendable (Socket) async throws -> Void
    ) throws {
        try self.init(try backend.network(), options, handler)
    }

    init(
        _ network: Network, _ listener: Socket? = nil, _ options: ServerOptions = ServerOptions(),
        _ handler: @escaping @Sendable (Socket) async throws -> Void
    ) throws {
        let listener = try listener ?? network.listen(at: .loopback4)
        var options = options
        options.onEvent = probe.hook
        self.network = network
        self.listener = listener
        task = Task { [options] in try await listener.serve(options, handler: handler) }
    }

    init(
        _ network: Network, _ options: ServerOptions,
        _ handler: @escaping @Sendable (Socket) async throws -> Void
    ) throws {
        try self.init(network, nil, options, handler)
    }

    func client() throws -> Client { try connect(network, to: listener) }

    /// Cancels the server, and waits for its end.
    func stop() async throws {
        task.cancel()
        try await task.value
    }
}

/// A peer of the server, awaited as it is: blocking calls would keep the few threads that everybody's tasks share.
struct Client: Sendable {
    let socket: Socket
    let address: SocketAddress

    func send(_ text: String) async throws { try await socket.sendAll(text, deadline: .net) }
    func receive() async throws -> String? { try await socket.receive(deadline: .net)?.description }
    func finish() throws { try socket.shutdown(.send) }
}

func connect(_ network: Network, to listener: Socket) throws -> Client {
    let socket = try network.connect(to: listener.localAddress(), deadline: .net)
    return Client(socket: socket, address: try socket.localAddress())
}

/// Sends a text and expects it back.
func exchange(_ text: String, with client: Client, _ location: SourceLocation = #_sourceLocation) async throws {
    try await client.send(text)
    var answer = ""
    while answer.utf8.count < text.utf8.count, let more = try await client.receive() { answer += more }
    #expect(answer == text, sourceLocation: location)
}

func echo(_ connection: Socket) async throws {
    while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
}

struct Mishap: Error, Equatable {
    let text: String
}

extension ServerProbe {
    /// The most connections that were served at a time.
    var mostAtOnce: Int {
        var (now, most) = (0, 0)
        for event in events {
            switch Kind(event) {
            case .accepted: now += 1
            case .ended, .failed, .cancelled: now -= 1
            default: break
            }
            most = max(most, now)
        }
        return most
    }
}
