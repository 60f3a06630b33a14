#if TLS
    import SocketsTLS
    import TestSupport

    /// A server that runs on its network's executor until it is told to stop, and what it reports.
    final class ServedTLS: Sendable {
        let network: Network
        let listener: Socket
        let port: Int
        private let failures: Shared<[TLSError]>
        private let thread: NetworkThread

        convenience init(
            _ network: Network, _ context: TLSContext,
            _ handler: @escaping @Sendable (TLSSocket) async throws -> Void = echo
        ) throws {
            try self.init(network) { listener, options in
                try await listener.serve(tls: context, options, handler: handler)
            }
        }

        /// Serves by machines inside TLS.
        static func machines(_ network: Network, _ context: TLSContext) throws -> ServedTLS {
            try ServedTLS(network) { listener, options in
                try await listener.serve(tls: context, options, machine: EchoMachine())
            }
        }

        private init(
            _ network: Network, _ serve: @escaping @Sendable (Socket, ServerOptions) async throws -> Void
        ) throws {
            let failures = Shared<[TLSError]>([])
            let options = ServerOptions(onEvent: { event in
                if case .failed(_, let error) = event, let error = error as? TLSError {
                    failures.change { $0.append(error) }
                }
            })
            let listener = try network.listen(at: .loopback4)
            self.network = network
            self.listener = listener
            self.failures = failures
            guard case .ipv4(_, let port) = try listener.localAddress() else { throw Unexpected("no port") }
            self.port = Int(port)
            // Not in a task of its own: a thread of the pool may be long in coming.
            thread = try network.spawn("served") { try? network.run { try await serve(listener, options) } }
        }

        /// What handshakes and handlers have failed with, once there are so many.
        func failures(_ count: Int) throws -> [TLSError] {
            for _ in 0..<100_000 {
                if failures.value.count >= count { return failures.value }
                Process.pause()
            }
            throw Unexpected("the server has not reported \(count) failures")
        }

        func stop() throws {
            try listener.close()
            try thread.join()
        }
    }

    /// Sends back what comes until the peer ends.
    @Sendable func echo(_ connection: TLSSocket) async throws {
        while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
    }
#endif
