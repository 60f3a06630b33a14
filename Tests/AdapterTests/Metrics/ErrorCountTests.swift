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
            let faults = FaultPlan()
            let network = try measured.network(backend, faults)
            #expect(try refusal(network) == .connectionRefused)
            let vacant = try network.vacantAddress()
            await #expect(throws: SocketError.self) { try await network.connect(to: vacant, deadline: .net) }
            #expect(measured.errors == ["connect connectionRefused": 2])

            let (client, server) = try await network.awaitedTCPPair()
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

        @Test(arguments: Backends.all) func `of names`(backend: TestBackend) async throws {
            let faults = FaultPlan([
                .init(.resolve, times: 2, Failure(cause: .resolution(ResolutionError(.noName))))
            ])
            let network = try measured.network(backend, faults)
            #expect(failingLookup(network) == .resolutionFailed)
            await #expect(throws: SocketError.self) {
                _ = try await network.connect(to: "name.invalid", port: 1, deadline: .net)
            }
            #expect(measured.errors == ["getaddrinfo resolutionFailed": 2])
        }

        @Test(arguments: Backends.all) func `but not that nobody wanted to wait`(backend: TestBackend) async throws {
            let network = try measured.network(backend)
            let (client, server) = try await network.awaitedTCPPair()
            #expect(code { () throws(SocketError) in try server.pull() } == .wouldBlock)
            #expect(await awaitedCode(server, .within(.milliseconds(1))) == .timedOut)
            #expect(blockingCode(server) == .timedOut)
            let cancelled = Task { await awaitedCode(server, .net) }
            await settle()
            cancelled.cancel()
            #expect(await cancelled.value == .cancelled)
            #expect(measured.errors == [:])
            keep(client)
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

        private func refusal(_ network: Network) throws -> SocketError.Code? {
            let address = try network.vacantAddress()
            return code { () throws(SocketError) in try network.connect(to: address, deadline: .net) }
        }

        private func failingLookup(_ network: Network) -> SocketError.Code? {
            code { () throws(SocketError) in try network.connect(to: "name.invalid", port: 1) }
        }

        private func blockingCode(_ socket: Socket) -> SocketError.Code? {
            code { () throws(SocketError) in try socket.receive(1, deadline: .within(.milliseconds(1))) }
        }

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
