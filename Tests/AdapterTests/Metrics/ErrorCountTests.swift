#if Metrics
    import Sockets
    import SocketsMetrics
    import TestSupport
    import Testing

    @Suite(.timeLimit(.minutes(10))) struct `Errors are counted` {
        private let measured = Measured()

        @Test(arguments: Backends.all) func `by operation and code, blocking and awaited`(
            backend: TestBackend
        ) async throws {
            try await backend.run { _ in
                let faults = FaultPlan()
                let network = try measured.network(backend, faults)
                #expect(try await refusal(network) == .connectionRefused)
                let vacant = try network.vacantAddress()
                await #expect(throws: SocketError.self) { try await network.connect(to: vacant, deadline: .net) }
                #expect(measured.errors == ["connect connectionRefused": 2])

                let (client, server) = try await network.tcpPair()
                faults.add(.init(.send, Failure(errno: .brokenPipe)))
                await #expect(throws: SocketError.self) { try await client.sendAll("x") }
                let waiting = Task { await awaitedCode(server, .net) }
                await settle()
                try reset(client)
                #expect(await waiting.value == .connectionReset)
                #expect(
                    measured.errors == [
                        "connect connectionRefused": 2, "send brokenPipe": 1, "recv connectionReset": 1,
                    ])
            }
        }

        @Test(arguments: Backends.all) func `of names`(backend: TestBackend) async throws {
            try await backend.run { _ in
                let faults = FaultPlan([
                    .init(.resolve, times: 2, Failure(cause: .resolution(ResolutionError(.noName))))
                ])
                let network = try measured.network(backend, faults)
                #expect(try await failingLookup(network) == .resolutionFailed)
                await #expect(throws: SocketError.self) {
                    _ = try await network.connect(to: "name.invalid", port: 1, family: .ipv4, deadline: .net)
                }
                #expect(measured.errors == ["getaddrinfo resolutionFailed": 2])
            }
        }

        @Test(arguments: Backends.all) func `but not that nobody wanted to wait`(backend: TestBackend) async throws {
            try await backend.run { _ in
                let network = try measured.network(backend)
                let (client, server) = try await network.tcpPair()
                #expect(code { () throws(SocketError) in try server.pull() } == .wouldBlock)
                #expect(await awaitedCode(server, .within(.milliseconds(1))) == .timedOut)
                let late = try await blockingCode(network) { () throws(SocketError) in
                    _ = try server.receive(1, deadline: .within(.milliseconds(1)))
                }
                #expect(late == .timedOut)
                let cancelled = Task { await awaitedCode(server, .net) }
                await settle()
                cancelled.cancel()
                #expect(await cancelled.value == .cancelled)
                #expect(measured.errors == [:])
                keep(client)
            }
        }

        @Test(arguments: Backends.all) func `if the system says that a peer does not answer`(
            backend: TestBackend
        ) throws {
            let faults = FaultPlan([.init(.receive, Failure(errno: .timedOut))])
            let (client, server) = try measured.network(backend, faults).tcpPair()
            #expect(code { () throws(SocketError) in try server.receive(1) } == .timedOut)
            #expect(measured.errors == ["recv timedOut": 1])
            keep(client)
        }

        private func reset(_ socket: Socket) throws(SocketError) { try socket.reset() }

        private func refusal(_ network: Network) async throws -> SocketError.Code? {
            let address = try network.vacantAddress()
            return try await blockingCode(network) { () throws(SocketError) in
                _ = try network.connect(to: address, deadline: .net)
            }
        }

        private func failingLookup(_ network: Network) async throws -> SocketError.Code? {
            try await blockingCode(network) { () throws(SocketError) in
                _ = try network.connect(to: "name.invalid", port: 1)
            }
        }

        /// What a call comes to that parks a thread.
        private func blockingCode(
            _ network: Network, _ call: @escaping @Sendable () throws(SocketError) -> Void
        ) async throws -> SocketError.Code? { await (try Aside(network, call)).failure()?.code }

        private func awaitedCode(_ socket: Socket, _ deadline: Deadline) async -> SocketError.Code? {
            do throws(SocketError) {
                _ = try await socket.receive(deadline: deadline)
                return nil
            } catch {
                return error.code
            }
        }
    }
#endif
