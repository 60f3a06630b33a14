#if TLS
    public import Layers
    public import SocketModel
    public import Sockets

    extension Socket {
        /// Serves connections with TLS: as ``serve(_:handler:)``, but each shakes hands first, and says goodbye when its handler has returned.
        ///
        /// ```swift
        /// import SocketsTLS
        ///
        /// let context = try TLSContext(.server(TLSIdentity(chain: .file("chain.pem"), key: .file("key.pem"))))
        /// try await network.listen("[::]:4433").serve(tls: context) { connection in
        ///     while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
        /// }
        /// ```
        ///
        /// A handshake that fails ends only its own connection, and is reported to ``ServerOptions/onEvent`` with its ``TLSError``. A peer that takes
        /// longer for it than ``TLSConfiguration/handshakeLimit`` is sent away.
        ///
        /// - Throws: ``SocketError`` as ``serve(_:handler:)``, and with ``SocketError/Code/invalidArgument`` and
        ///   ``SocketError/Code/unsupported`` for a context that cannot serve here.
        public func serve(
            tls context: TLSContext, _ options: ServerOptions = ServerOptions(),
            handler: @escaping @Sendable (TLSSocket) async throws -> Void
        ) async throws(SocketError) {
            try prepareServing(context)
            try await serve(options) { socket in
                try await Self.serve(context, socket, handler)
            }
        }

        /// Serves connections with TLS, with the peer's address for the handler: in all else as ``serve(tls:_:handler:)``.
        ///
        /// - Throws: ``SocketError`` as that.
        public func serve(
            tls context: TLSContext, _ options: ServerOptions = ServerOptions(),
            handler: @escaping @Sendable (TLSSocket, SocketAddress) async throws -> Void
        ) async throws(SocketError) {
            try prepareServing(context)
            try await serve(options) { socket, peer in
                try await Self.serve(context, socket) { connection in try await handler(connection, peer) }
            }
        }

        private static func serve(
            _ context: TLSContext, _ socket: Socket, _ handler: (TLSSocket) async throws -> Void
        ) async throws {
            let connection = try TLSSocket(server: context, over: socket)
            try await connection.handshake()
            try await handler(connection)
            try await connection.close()
        }

        /// Serves connections with TLS, each by a machine inside a ``TLSLayer``: as ``serve(_:machine:)``.
        ///
        /// A connection that TLS fails on is reported to ``ServerOptions/onEvent`` with its ``TLSError``.
        ///
        /// - Parameters:
        ///   - options: Limits, and whom to tell.
        ///   - machine: Makes the machine of a connection.
        /// - Throws: ``SocketError`` as ``serve(_:machine:)``, and with ``SocketError/Code/invalidArgument`` and
        ///   ``SocketError/Code/unsupported`` for a context that cannot serve here.
        public func serve<Machine: StreamMachine>(
            tls context: TLSContext, _ options: ServerOptions = ServerOptions(),
            machine: @escaping @autoclosure @Sendable () -> Machine
        ) async throws(SocketError) where Machine.Event == Never {
            try prepareServing(context)
            let network = network
            try await serve(options, machineFor: { _ in ServedLayer(context, network.environment, machine()) })
        }

        /// Serves connections with TLS, each by a machine that others may tell something by its `MachineHandle`: in all else as
        /// ``serve(tls:_:machine:)``.
        ///
        /// - Throws: ``SocketError`` as that.
        public func serve<Machine: StreamMachine>(
            tls context: TLSContext, _ options: ServerOptions = ServerOptions(),
            machineFor machine: @escaping @Sendable (SocketAddress, MachineHandle<Machine>) -> Machine
        ) async throws(SocketError) where Machine.Event == Never {
            try prepareServing(context)
            let network = network
            try await serve(options) { peer, handle in
                ServedLayer(context, network.environment, machine(peer, handle))
            } telling: { layer, change in
                layer.changeInner(change)
            }
        }

        private func prepareServing(_ context: TLSContext) throws(SocketError) {
            sendTLSAtOnce()
            do throws(TLSError) {
                guard context.configuration.role == .server else {
                    throw TLSError(.invalidArgument, detail: "the context is a client's, and cannot serve")
                }
                _ = try context.handle(network.environment)
            } catch {
                throw SocketError(
                    error.code == .unsupported ? .unsupported : .invalidArgument, .accept, detail: error.description)
            }
        }
    }

    extension TLSLayer {
        fileprivate mutating func changeInner(_ change: (inout Inner) -> Void) { change(&inner) }
    }

    /// A connection's layer, or a reset where there is no memory for one.
    private struct ServedLayer<Inner: StreamMachine>: StreamMachine where Inner.Event == Never {
        typealias Event = Never

        private var layer: TLSLayer<Inner>?
        private var refusal: TLSError?

        init(_ context: TLSContext, _ environment: TLSEnvironment, _ inner: Inner) {
            do throws(TLSError) {
                layer = try TLSLayer(server: context, environment: environment, inner)
            } catch {
                refusal = error
            }
        }

        mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) { layer?.handle(input, now: now) }

        mutating func poll(now: NetworkInstant) -> StreamOutput<Never> { layer?.poll(now: now) ?? .reset }

        var error: (any Error)? { refusal ?? layer?.error }

        var sendLimit: Duration? { layer?.sendLimit }

        mutating func changeInner(_ change: (inout Inner) -> Void) { layer?.changeInner(change) }
    }
#endif
