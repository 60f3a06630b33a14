public import Sockets

/// A server that runs in a task of its own, what it reports, and who listens to that beside.
public struct Served: Sendable {
    /// Its network.
    public let network: Network
    /// Where it accepts.
    public let listener: Socket
    /// What it reports.
    public let probe = ServerProbe()
    /// What it runs in.
    public let task: Task<Void, any Error>

    /// Serves on that backend.
    public init(
        _ backend: TestBackend, _ options: ServerOptions = ServerOptions(),
        _ handler: @escaping @Sendable (Socket) async throws -> Void
    ) throws {
        try self.init(try backend.network(), options, handler)
    }

    /// Serves at that listener, or at one on loopback.
    public init(
        _ network: Network, _ listener: Socket? = nil, _ options: ServerOptions = ServerOptions(),
        _ handler: @escaping @Sendable (Socket) async throws -> Void
    ) throws {
        let listener = try listener ?? network.listen(at: .loopback4)
        // Told last: what a test waits for has been told to everybody else.
        let options = options.reporting(to: probe.hook)
        self.network = network
        self.listener = listener
        task = Task { try await listener.serve(options, handler: handler) }
    }

    /// Serves at a listener on loopback.
    public init(
        _ network: Network, _ options: ServerOptions,
        _ handler: @escaping @Sendable (Socket) async throws -> Void
    ) throws {
        try self.init(network, nil, options, handler)
    }

    /// Cancels the server, and waits for its end.
    public func stop() async throws {
        task.cancel()
        try await task.value
    }
}

/// Sends back what comes until the peer ends.
public func echo(_ connection: Socket) async throws {
    while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
}
