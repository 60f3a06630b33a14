#if ServiceLifecycle
    public import ServiceLifecycle
    public import Sockets

    /// A server as a service: it listens and serves from when its group runs it until the group shuts down.
    ///
    /// ```swift
    /// import Logging
    /// import ServiceLifecycle
    /// import SocketsServiceLifecycle
    ///
    /// let server = ServerService(ServerOptions(gracePeriod: .seconds(20))) {
    ///     try await network.listen(port: 50007)
    /// } handler: { connection in
    ///     while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
    /// }
    /// let group = ServiceGroup(
    ///     services: [server], gracefulShutdownSignals: [.sigterm], logger: Logger(label: "echo"))
    /// try await group.run()
    /// ```
    ///
    /// A handler takes part in the shutdown: in it `withGracefulShutdownHandler`, `gracefulShutdown()` and
    /// `Task.isShuttingDownGracefully` say when it begins, so that it can end its conversation within the grace period.
    public struct ServerService: Service {
        private let listen: @Sendable () async throws -> Socket
        private let serve: @Sendable (Socket) async throws -> Void

        /// A server that serves as `serve` does.
        ///
        /// - Parameters:
        ///   - options: Limits, and whom to tell. Of interest here is ``ServerOptions/gracePeriod``, whose standard value is zero.
        ///   - listen: Makes the listener, or takes one that was made elsewhere. The service closes it.
        ///   - handler: Serves one connection.
        public init(
            _ options: ServerOptions = ServerOptions(), listen: @escaping @Sendable () async throws -> Socket,
            handler: @escaping @Sendable (Socket) async throws -> Void
        ) {
            self.listen = listen
            serve = { try await $0.serve(options, handler: handler) }
        }

        /// A server whose handler also takes the peer's address; else as the form whose handler takes the connection alone.
        public init(
            _ options: ServerOptions = ServerOptions(), listen: @escaping @Sendable () async throws -> Socket,
            handler: @escaping @Sendable (Socket, SocketAddress) async throws -> Void
        ) {
            self.listen = listen
            serve = { try await $0.serve(options, handler: handler) }
        }

        /// A server that serves by other means: by machines, say, or with TLS.
        ///
        /// ```swift
        /// import SocketsServiceLifecycle
        ///
        /// let upper = FramedMachine(LineFraming().text) { line in [line.uppercased()] }
        /// let server = ServerService(listen: { try await network.listen(port: 50007) }) { listener in
        ///     try await listener.serve(ServerOptions(gracePeriod: .seconds(20)), machine: upper)
        /// }
        /// ```
        ///
        /// - Parameters:
        ///   - listen: As in the other forms.
        ///   - serve: Serves until the listener is closed, or its task is cancelled.
        public init(
            listen: @escaping @Sendable () async throws -> Socket,
            servingBy serve: @escaping @Sendable (Socket) async throws -> Void
        ) {
            self.listen = listen
            self.serve = serve
        }

        /// Listens and serves.
        ///
        /// On graceful shutdown it closes the listener at once, so that further peers are refused and not kept waiting, gives the handlers
        /// the grace period, cancels those that are left, and returns when all have ended. When its task is cancelled it stops as `serve`
        /// does, handlers having the grace period, too; cancelled after a graceful shutdown has begun, as a group does after its
        /// `maximumGracefulShutdownDuration`, it cancels them at once. The listener is closed in any case when it returns.
        ///
        /// - Throws: What `listen` throws, unless the task is cancelled, and ``SocketError`` as `serve`.
        public func run() async throws {
            let listener: Socket
            do {
                listener = try await listen()
            } catch {
                if Task.isCancelled { return }
                throw error
            }
            do {
                async let _: Void = Self.closeOnShutdown(listener)
                try await serve(listener)
            } catch {
                try? await listener.close()
                throw error
            }
            try? await listener.close()
        }

        /// Closing the listener is what stops `serve`; when the task is cancelled, that is enough, and comes first.
        private static func closeOnShutdown(_ listener: Socket) async {
            guard (try? await gracefulShutdown()) != nil else { return }
            try? await listener.close()
        }
    }
#endif
