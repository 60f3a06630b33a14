public import SocketModel

extension Socket {
    /// Serves connections: accepts them and runs `handler` for each in a child task of its own, until the server is told to stop.
    ///
    /// ```swift
    /// try await socket.serve { connection in
    ///     while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
    /// }
    /// ```
    ///
    /// A connection belongs to one of the network's executors, the one with fewest of this server's connections, and its handler runs there: it awaits its
    /// connection without a change of thread. A handler that needs an actor says so: `{ @MainActor connection in … }`.
    ///
    /// A connection is closed when its handler ends, in every way. An error ends only the connection of the handler that threw it, and is
    /// reported to ``ServerOptions/onEvent``. At most ``ServerOptions/maximumConnections`` are served at a time. Accept errors that concern
    /// one connection (`ECONNABORTED` and the like) are skipped; a lack of descriptors or memory (`EMFILE`, `ENFILE`, `ENOBUFS`, `ENOMEM`) pauses
    /// accepting. The listener's ``mode`` makes no difference.
    ///
    /// It stops when its task is cancelled, or when the listener is closed, before or while it serves: it accepts no more, waits for the
    /// handlers for ``ServerOptions/gracePeriod``, cancels those that are left, waits for all, and returns. Having been told to stop is no
    /// error. After a cancel the listener is still open, and may serve again. When the listener was closed first, a cancel of the task cuts
    /// the grace period short.
    ///
    /// - Parameters:
    ///   - options: Limits, and whom to tell.
    ///   - handler: Serves one connection.
    /// - Throws: ``SocketError`` with ``SocketError/Code/invalidArgument`` for options out of bounds or a socket that does not listen, with
    ///   ``SocketError/Code/unsupported`` for a socket without connections or a backend without awaited calls, and what hinders the network's
    ///   executors from starting. Once it serves, only an accept that can never succeed ends it with an error, and then as above.
    public func serve(
        _ options: ServerOptions = ServerOptions(), handler: @escaping @Sendable (Socket) async throws -> Void
    ) async throws(SocketError) {
        try await serve(Server(network, options, .plain(handler)))
    }

    /// Serves connections, with a handler that also takes the peer's address: in all else as the form whose handler takes the connection alone.
    ///
    /// - Throws: ``SocketError`` as that.
    public func serve(
        _ options: ServerOptions = ServerOptions(),
        handler: @escaping @Sendable (Socket, SocketAddress) async throws -> Void
    ) async throws(SocketError) {
        try await serve(Server(network, options, .withPeer(handler)))
    }

    func serve(_ server: Server) async throws(SocketError) {
        try server.options.validate()
        let acceptors = try isClosed ? [] : acceptors(of: server)
        let stop: @Sendable () -> Void = {
            if server.beginStopping() { for acceptor in acceptors { acceptor.call() } }
        }
        if acceptors.isEmpty { return }
        // Not a child task, whose handlers would be cancelled together with the caller, before their time is up; but nothing of it is
        // left when this returns.
        let runner = Task(executorPreference: acceptors.first?.executor) {
            await Self.run(acceptors, stop: stop)
        }
        let failure = await withTaskCancellationHandler {
            await runner.value
        } onCancel: {
            // Who stops already has been told by the listener's end; being told again ends the handlers' time.
            if isClosed || server.isStopping { runner.cancel() } else { stop() }
        }
        if let failure { throw failure }
    }

    /// One acceptor here, each on its executor elsewhere.
    private static func run(_ acceptors: [Acceptor], stop: @escaping @Sendable () -> Void) async -> SocketError? {
        if acceptors.count == 1 { return await acceptors[0].run(stop: stop) }
        return await withTaskGroup(of: SocketError?.self) { group in
            for acceptor in acceptors {
                group.addTask(executorPreference: acceptor.executor) { await acceptor.run(stop: stop) }
            }
            var failure: SocketError?
            for await one in group { failure = failure ?? one }
            return failure
        }
    }
}
