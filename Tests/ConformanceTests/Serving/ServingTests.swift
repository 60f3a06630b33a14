import Locks
import Sockets
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Serving connections` {
    @Test(arguments: Backends.all) func `every connection has its handler`(backend: TestBackend) async throws {
        try await backend.run { network in
            let served = try Served(network) { try await echo($0) }
            let clients = try await served.clients(10)
            for (index, client) in clients.enumerated() { try await exchange("message \(index)", with: client) }
            for client in clients { try client.finish() }
            await served.probe.wait(for: .ended, 10)
            try await served.stop()
            #expect(served.probe.count(.accepted) == 10)
            #expect(served.probe.count(.cancelled) == 0)
        }
    }

    @Test(arguments: Backends.all) func `a handler may take the peer's address`(backend: TestBackend) async throws {
        try await backend.run { network in
            let listener = try network.listen(at: .loopback4)
            let peers = Lock<[SocketAddress]>([])
            let probe = ServerProbe()
            let server = Task {
                try await listener.serve(ServerOptions(onEvent: probe.hook)) { connection, peer in
                    peers.withLock { $0.append(peer) }
                    try await echo(connection)
                }
            }
            let client = try await connect(network, to: listener)
            try client.finish()
            await probe.wait(for: .ended)
            server.cancel()
            try await server.value
            #expect(peers.withLock { $0 } == [client.address])
        }
    }

    @Test(arguments: Backends.all) func `at the limit nothing is accepted until a connection ends`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let served = try Served(network, ServerOptions(maximumConnections: 2)) { try await echo($0) }
            let clients = try await served.clients(4)
            await served.probe.wait(for: .limited)
            for client in clients[..<2] { try await exchange("served", with: client) }
            #expect(served.probe.count(.accepted) == 2)
            try clients[0].finish()
            try await exchange("served", with: clients[2])
            #expect(served.probe.count(.accepted) == 3)
            try clients[1].finish()
            try await exchange("served", with: clients[3])
            // For as long as peers wait it is told once, and then that none does.
            #expect(served.probe.count(.limited) == 1)
            #expect(served.probe.count(.resumed) == 0)
            try clients[2].finish()
            await served.probe.wait(for: .resumed)
            try await served.stop()
            #expect(served.probe.count(.limited) == 1)
            #expect(served.probe.mostAtOnce == 2)
        }
    }

    @Test(arguments: Backends.all) func `an error ends its own connection only, and is reported`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let served = try Served(network) { connection in
                guard try await connection.receive()?.description == "fail" else { return try await echo(connection) }
                throw Mishap(text: "on purpose")
            }
            let (good, bad) = (try await served.client(), try await served.client())
            try await good.send("well")
            try await bad.send("fail")
            #expect(try await bad.receive() == nil)
            await served.probe.wait(for: .failed)
            try await exchange("still here", with: good)
            try await served.stop()
            let errors = served.probe.events.compactMap { event -> Mishap? in
                if case .failed(_, let error) = event { error as? Mishap } else { nil }
            }
            #expect(errors == [Mishap(text: "on purpose")])
        }
    }

    @Test(arguments: Backends.all) func `a connection is closed when its handler ends, whoever keeps it`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let kept = Lock<[Socket]>([])
            let stray = Lock<Task<SocketError.Code?, Never>?>(nil)
            let served = try Served(network) { connection in
                kept.withLock { $0.append(connection) }
                let task =
                    Task {
                        do throws(SocketError) {
                            _ = try await connection.receive()
                            return nil
                        } catch {
                            return error.code
                        }
                    } as Task<SocketError.Code?, Never>
                stray.withLock { $0 = task }
            }
            let client = try await served.client()
            #expect(try await client.receive() == nil)
            #expect(kept.withLock { $0.map(\.isClosed) } == [true])
            #expect(await stray.withLock { $0 }?.value == .closed)
            try await served.stop()
        }
    }

    @Test(arguments: Backends.all) func `an accept that fails is reported, and the next one serves`(
        backend: TestBackend
    ) async throws {
        try await backend.run { _ in
            let faults = FaultPlan()
            faults.add(.init(.accept, times: 3, Failure(errno: .connectionAbort)))
            let served = try Served(Network(backend.choice.injecting(faults))) { try await echo($0) }
            let client = try await served.client()
            try await exchange("here", with: client)
            try await served.stop()
            #expect(served.probe.count(.acceptFailed) == 3)
        }
    }

    /// As a security module refuses them, one after the other: nobody is told without end, nor is a processor taken.
    @Test(arguments: Backends.all) func `accepts that fail on and on pause`(backend: TestBackend) async throws {
        try await backend.run { _ in
            let faults = FaultPlan()
            faults.add(.init(.accept, times: .max, Failure(errno: .permissionDenied)))
            let network = try Network(backend.choice.injecting(faults))
            let options = ServerOptions(exhaustionPause: .milliseconds(20))
            let served = try Served(network, options) { try await echo($0) }
            let client = try await served.client()
            while served.probe.count(.exhausted) < 2 { try await network.sleep(for: .milliseconds(5)) }
            #expect(served.probe.count(.acceptFailed) == 16)
            keep(client)
            try await served.stop()
        }
    }

    @Test(arguments: Backends.all) func `exhaustion pauses accepting, for as long as was said`(
        backend: TestBackend
    ) async throws {
        try await backend.run { _ in
            let faults = FaultPlan()
            faults.add(.init(.accept, times: 2, Failure(errno: .tooManyOpenFilesInSystem)))
            let network = try Network(backend.choice.injecting(faults))
            let options = ServerOptions(exhaustionPause: .milliseconds(5))
            let start = network.now
            let served = try Served(network, options) { try await echo($0) }
            try await exchange("here", with: try await served.client())
            #expect(start.duration(to: network.now) >= .milliseconds(10))
            #expect(served.probe.count(.exhausted) == 2)
            #expect(served.probe.count(.resumed) == 2)
            try await served.stop()
        }
    }

    @Test func `several may be told what happens, in the order they were named`() {
        let told = Lock<[String]>([])
        let options = ServerOptions(maximumConnections: 7)
            .reporting { event in told.withLock { $0.append("first: \(event)") } }
            .reporting { event in told.withLock { $0.append("second: \(event)") } }
        options.onEvent?(.resumed)
        #expect(told.withLock { $0 } == ["first: accepting goes on", "second: accepting goes on"])
        #expect(options.maximumConnections == 7)
    }

    @Test(arguments: Backends.all) func `what cannot be served is refused`(backend: TestBackend) async throws {
        try await backend.run { network in
            let listener = try network.listen(at: .loopback4)
            let invalid = [
                ServerOptions(maximumConnections: 0), ServerOptions(maximumConnections: (1 << 24) + 1),
                ServerOptions(gracePeriod: .seconds(-1)), ServerOptions(exhaustionPause: .zero),
                ServerOptions(exhaustionPause: .seconds(3601)),
            ]
            for options in invalid { #expect(await refusal(listener, options) == .invalidArgument) }
            #expect(await refusal(try network.socket(.ipv4), ServerOptions()) == .invalidArgument)
            #expect(await refusal(try network.udp(), ServerOptions()) == .unsupported)
            #expect(!listener.isClosed)
        }
    }

    private func refusal(_ socket: Socket, _ options: ServerOptions) async -> SocketError.Code? {
        do throws(SocketError) {
            try await socket.serve(options) { _ in }
            return nil
        } catch {
            return error.code
        }
    }
}
