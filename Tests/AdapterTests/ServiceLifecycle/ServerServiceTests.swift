#if ServiceLifecycle
    import Logging
    import ServiceLifecycle
    import ServiceLifecycleTestKit
    import Sockets
    import SocketsServiceLifecycle
    import TestSupport
    import Testing

    @Suite(.timeLimit(.minutes(10))) struct `A server as a service` {
        @Test(arguments: Backends.all) func `lets handlers end within the grace period, and takes no more`(
            backend: TestBackend
        ) async throws {
            try await backend.run { _ in
                for grace in [Duration.seconds(3600), nil] {
                    let running = try RunningService(backend.network(), ServerOptions(gracePeriod: grace)) {
                        try await echo($0)
                    }
                    let address = try running.listener.localAddress()
                    let client = try await running.client()
                    try await exchange("before", with: client)
                    await running.group.triggerGracefulShutdown()
                    await running.probe.wait(for: .stopping)
                    try await exchange("after", with: client)
                    // The backlog takes nobody any more, though a handler still runs.
                    try await close(running.listener)
                    #expect(await isRefused(running.network, address))
                    try await exchange("still here", with: client)
                    try client.shutdown(.send)
                    try await running.task.value
                    #expect(running.probe.count(.ended) == 1)
                    #expect(running.probe.count(.cancelled) == 0)
                }
            }
        }

        @Test(arguments: Backends.all) func `may be served by machines`(backend: TestBackend) async throws {
            try await backend.run { _ in
                let network = try backend.network()
                let listener = try network.listen(at: .loopback4)
                let service = ServerService(listen: { listener }) { try await $0.serve(machine: EchoMachine()) }
                let group = ServiceGroup(services: [service], logger: Logger(label: "test"))
                let task = Task { try await group.run() }
                let client = try await connect(network, to: listener)
                try await exchange("served", with: client)
                await group.triggerGracefulShutdown()
                try await task.value
                #expect(listener.isClosed)
            }
        }

        @Test(arguments: Backends.all) func `closes its listener by itself`(backend: TestBackend) async throws {
            try await backend.run { _ in
                let running = try RunningService(backend.network(), ServerOptions(gracePeriod: .seconds(3600))) {
                    try await echo($0)
                }
                let client = try await running.client()
                try await exchange("before", with: client)
                await running.group.triggerGracefulShutdown()
                await running.probe.wait(for: .stopping)
                // Before the handlers have ended.
                #expect(running.listener.isClosed)
                try client.shutdown(.send)
                try await running.task.value
            }
        }

        @Test(arguments: Backends.all) func `cancels handlers that outlast the grace period`(
            backend: TestBackend
        ) async throws {
            try await backend.run { _ in
                let grace = Duration.milliseconds(5)
                let running = try RunningService(backend.network(), ServerOptions(gracePeriod: grace)) {
                    try await echo($0)
                }
                let client = try await running.client()
                try await exchange("before", with: client)
                let start = running.network.now
                await running.group.triggerGracefulShutdown()
                try await running.task.value
                #expect(start.duration(to: running.network.now) >= grace)
                #expect(running.probe.count(.cancelled) == 1)
            }
        }

        @Test(arguments: Backends.kernel(.severalExecutors), [1, 3]) func `tells handlers of the shutdown`(
            backend: TestBackend, threads: Int
        ) async throws {
            let options = ServerOptions(gracePeriod: .seconds(3600))
            let running = try RunningService(backend.network(threads: threads), options) { connection in
                try await connection.sendAll(Task.isShuttingDownGracefully ? "late" : "here")
                try await gracefulShutdown()
                try await connection.sendAll("bye!")
            }
            let clients = try await running.clients(6)
            for client in clients { #expect(try await client.receiveExactly(4, deadline: .net).description == "here") }
            await running.group.triggerGracefulShutdown()
            for client in clients { #expect(try await client.receiveExactly(4, deadline: .net).description == "bye!") }
            try await running.task.value
            #expect(running.probe.count(.ended) == 6)
        }

        @Test(arguments: Backends.all) func `cancels handlers when the group will wait no longer`(
            backend: TestBackend
        ) async throws {
            try await backend.run { _ in
                for grace in [Duration.seconds(3600), nil] {
                    let running = try RunningService(
                        backend.network(), ServerOptions(gracePeriod: grace), maximum: .milliseconds(20)
                    ) { try await echo($0) }
                    let client = try await running.client()
                    try await exchange("before", with: client)
                    await running.group.triggerGracefulShutdown()
                    // What the group makes of its own impatience is its affair.
                    _ = await running.task.result
                    #expect(running.probe.count(.cancelled) == 1)
                    #expect(try await client.receive(deadline: .net) == nil)
                }
            }
        }

        @Test(arguments: Backends.all) func `stops as serve does when it is cancelled`(
            backend: TestBackend
        ) async throws {
            try await backend.run { _ in
                let running = try RunningService(backend.network(), ServerOptions(gracePeriod: .seconds(3600))) {
                    try await echo($0)
                }
                let client = try await running.client()
                try await exchange("before", with: client)
                running.task.cancel()
                await running.probe.wait(for: .stopping)
                try await exchange("after", with: client)
                try client.shutdown(.send)
                _ = await running.task.result
                #expect(running.probe.count(.ended) == 1)
                #expect(running.probe.count(.cancelled) == 0)
                #expect(running.listener.isClosed)
            }
        }

        @Test func `runs by itself, too, with a handler that takes the peer`() async throws {
            let network = try Network(.posix)
            let listener = try listen(network)
            let peers = Shared<[SocketAddress]>([])
            let probe = ServerProbe()
            let service = ServerService(ServerOptions(onEvent: probe.hook)) {
                listener
            } handler: { connection, peer in
                peers.change { $0.append(peer) }
                try await echo(connection)
            }
            let client = try await connect(network, to: listener)
            try await testGracefulShutdown { trigger in
                async let run: Void = service.run()
                try await exchange("here", with: client)
                trigger.triggerGracefulShutdown()
                try await run
            }
            #expect(peers.value == [try client.localAddress()])
            #expect(probe.count(.cancelled) == 1)
        }

        @Test func `fails when it cannot listen, but not when it was cancelled`() async throws {
            let refused = SocketError(.addressInUse, .bind)
            let service = ServerService {
                throw refused
            } handler: { _ in
            }
            await #expect(throws: refused) { try await service.run() }
            let network = try Network(.posix)
            let sleeping = ServerService { () async throws -> Socket in
                try await network.sleep(for: .seconds(3600))
                throw refused
            } handler: { _ in
            }
            let task = Task { try await sleeping.run() }
            task.cancel()
            try await task.value
        }

        @Test func `closes a socket that cannot be served`() async throws {
            let socket = try Network(.posix).socket(.ipv4)
            let service = ServerService {
                socket
            } handler: { _ in
            }
            await #expect(throws: SocketError.self) { try await service.run() }
            #expect(socket.isClosed)
        }

        private func listen(_ network: Network) throws -> Socket { try network.listen(at: .loopback4) }

        private func close(_ socket: Socket) async throws { try await socket.close() }

        /// Whether connections are refused, once whoever closes the listener has done so.
        private func isRefused(_ network: Network, _ address: SocketAddress) async -> Bool {
            for _ in 0..<1_000 {
                do throws(SocketError) {
                    try await network.connect(to: address, deadline: .net).close()
                    await settle()
                } catch {
                    // A reset is of the moment in which the listener closes.
                    if error.code != .connectionReset { return error.code == .connectionRefused }
                }
            }
            return false
        }
    }
#endif
