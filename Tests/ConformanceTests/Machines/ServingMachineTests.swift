import Locks
import Sockets
import TestSupport
import Testing

/// What serves connections without tasks.
@Suite struct `Serving by machines` {
    /// Serves while `body` is at work, and ends the server then.
    private func serving<Machine: StreamMachine>(
        _ backend: TestBackend, at local: SocketAddress = .loopback4, _ options: ServerOptions = ServerOptions(),
        _ machine: @escaping @Sendable (SocketAddress) -> Machine,
        _ body: @escaping @Sendable (Network, SocketAddress) async throws -> Void
    ) async throws where Machine.Event == Never {
        try await backend.run { network in try await serving(on: network, at: local, options, machine, body) }
    }

    private func serving<Machine: StreamMachine>(
        on network: Network, at local: SocketAddress = .loopback4, _ options: ServerOptions = ServerOptions(),
        _ machine: @escaping @Sendable (SocketAddress) -> Machine,
        _ body: @escaping @Sendable (Network, SocketAddress) async throws -> Void
    ) async throws where Machine.Event == Never {
        try await network.onExecutor {
            let listener = try network.listen(at: local)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await listener.serve(options, machineFor: machine) }
                try await body(network, listener.localAddress())
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: Backends.all) func `every byte comes back, in order`(backend: TestBackend) async throws {
        try await serving(backend, ServerOptions(), { _ in EchoMachine() }, exchange)
    }

    @Test(arguments: Backends.all) func `every byte comes back over a UNIX socket`(backend: TestBackend) async throws {
        let directory = TemporaryDirectory()
        try await serving(backend, at: directory.address(), ServerOptions(), { _ in EchoMachine() }, exchange)
    }

    @Test(arguments: Backends.kernel(.severalExecutors))
    func `every byte comes back, whatever executor the connection has`(backend: TestBackend) async throws {
        try await serving(on: try backend.network(threads: 2), ServerOptions(), { _ in EchoMachine() }, exchange)
    }

    @Sendable private func exchange(_ network: Network, _ address: SocketAddress) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<8 {
                group.addTask {
                    let socket = try await network.connect(to: address)
                    let sent = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ client) }
                    async let echoed = socket.receiveExactly(sent.count)
                    try await socket.sendAll(sent)
                    #expect(try await echoed == Chunk(sent))
                    try socket.shutdown(.send)
                    #expect(try await socket.receive() == nil)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test(arguments: Backends.all) func `a peer that does not read is not read from`(backend: TestBackend) async throws
    {
        try await serving(backend, ServerOptions(), { _ in EchoMachine() }, fill)
    }

    @Test(arguments: Backends.all) func `nor is one of a UNIX socket`(backend: TestBackend) async throws {
        let directory = TemporaryDirectory()
        try await serving(backend, at: directory.address(), ServerOptions(), { _ in EchoMachine() }, fill)
    }

    /// Sends until the systems' buffers both ways are full, and only then receives.
    @Sendable private func fill(_ network: Network, _ address: SocketAddress) async throws {
        let socket = try await network.connect(to: address)
        let pattern = (0..<251).map { UInt8($0) }
        let block = Chunk((0..<300).flatMap { _ in pattern })
        var sent = 0
        while sent < 1 << 28 {
            do throws(SocketError) {
                let start = sent % pattern.count
                let part = block.part(from: start, count: block.count - start)
                sent += try await socket.send(part, deadline: .within(.milliseconds(200)))
            } catch {
                #expect(error.code == .timedOut)
                break
            }
        }
        #expect(sent < 1 << 28)
        var received = 0
        while received < sent {
            let chunk = try #require(try await socket.receive())
            #expect(chunk == block.part(from: received % pattern.count, count: chunk.count))
            received += chunk.count
        }
    }

    @Test(arguments: Backends.all) func `one that closes when its own time has come has ended, not failed`(
        backend: TestBackend
    ) async throws {
        let probe = ServerProbe()
        try await backend.run { network in
            let soon = network.now.advanced(by: .milliseconds(5))
            let options = ServerOptions(onEvent: probe.hook)
            try await serving(
                on: network, options, { _ in ScriptMachine([.wait(until: soon), .close]) }
            ) { network, address in
                let client = try await network.connect(to: address)
                #expect(try await client.receive(deadline: .net) == nil)
                await probe.wait(for: .ended)
            }
        }
        #expect(probe.count(.cancelled) == 0)
    }

    @Test(arguments: Backends.all) func `what a machine has gone wrong for is reported`(
        backend: TestBackend
    ) async throws {
        let probe = ServerProbe()
        let machine = FramedMachine(LineFraming(limit: 5).text) { [$0] }
        try await serving(backend, ServerOptions(onEvent: probe.hook), { _ in machine }) { network, address in
            let client = try await network.connect(to: address)
            try await client.sendAll("good\nmuch too long\n")
            #expect(try await client.receive(deadline: .net) == "good\n")
            await probe.wait(for: .failed)
        }
        let errors = probe.events.compactMap {
            if case .failed(_, let error) = $0 { error as? FramingError } else { nil }
        }
        #expect(errors == [FramingError(.frameTooLong(limit: 5), at: 5)])
        #expect(probe.count(.ended) == 0)
    }

    @Test(arguments: Backends.all) func `a machine finishes, closes and resets`(backend: TestBackend) async throws {
        let scripts: [[StreamOutput<Never>]] = [
            [.send("one"), .finish], [.send("two"), .close], [.send("three"), .reset],
        ]
        let next = Lock(0)
        let machine: @Sendable (SocketAddress) -> ScriptMachine = { _ in
            ScriptMachine(
                scripts[
                    next.withLock {
                        $0 += 1; return $0 - 1
                    }])
        }
        try await serving(backend, ServerOptions(), machine) { network, address in
            let finished = try await network.connect(to: address)
            #expect(try await finished.receive() == "one")
            #expect(try await finished.receive() == nil)
            // What was finished is not closed: nobody refuses this.
            try await finished.sendAll("and?")

            let closed = try await network.connect(to: address)
            #expect(try await closed.receive() == "two")
            #expect(try await closed.receive() == nil)

            // The reset may be there before the connect has returned.
            let end = await awaitedCode {
                let reset = try await network.connect(to: address)
                while try await reset.receive() != nil {}
            }
            #expect(end == .connectionReset)
        }
    }

    @Test(arguments: Backends.all) func `a machine's time comes`(backend: TestBackend) async throws {
        try await serving(backend, ServerOptions(), { _ in IdleMachine(limit: .milliseconds(20)) }) {
            network, address in
            let socket = try await network.connect(to: address)
            #expect(try await socket.receive() == "goodbye")
            #expect(try await socket.receive() == nil)
        }
    }

    @Test(arguments: Backends.all)
    func `a time that has not come is given up for an earlier one, and with the connection`(
        backend: TestBackend
    ) async throws {
        try await serving(backend, ServerOptions(), { _ in HastyMachine() }) { network, address in
            let socket = try await network.connect(to: address)
            for _ in 0..<3 {
                try await socket.sendAll(".")
                #expect(try await socket.receive() == ".")
            }
            try socket.shutdown(.send)
            #expect(try await socket.receive() == nil)
        }
    }

    @Test(arguments: Backends.kernel(.timeThatPasses))
    func `a machine whose time is always past leaves others their turn`(
        backend: TestBackend
    ) async throws {
        try await serving(backend, ServerOptions(), { _ in RestlessMachine() }) { network, address in
            let sockets = [try await network.connect(to: address), try await network.connect(to: address)]
            for text in ["one", "two"] {
                for socket in sockets {
                    try await socket.sendAll(text)
                    #expect(try await socket.receiveExactly(3) == Chunk(text))
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `a machine that waits for nothing is ended with its server`(
        backend: TestBackend
    ) async throws {
        let events = Lock<[String]>([])
        let options = ServerOptions(onEvent: { event in
            events.withLock {
                switch event {
                case .accepted: $0.append("accepted")
                case .ended: $0.append("ended")
                case .failed: $0.append("failed")
                case .cancelled: $0.append("cancelled")
                default: break
                }
            }
        })
        try await serving(backend, options, { _ in ScriptMachine([.send("x")]) }) { network, address in
            let open = try await network.connect(to: address)
            #expect(try await open.receive() == "x")
            let ended = try await network.connect(to: address)
            #expect(try await ended.receive() == "x")
            try ended.shutdown(.send)
            let reset = try await network.connect(to: address)
            #expect(try await reset.receive() == "x")
            try reset.reset()
            while !events.withLock({ $0.contains("failed") }) { try await network.sleep(for: .milliseconds(1)) }
            keep(open, ended)
        }
        #expect(events.withLock { $0.sorted() }.filter { $0 != "accepted" } == ["cancelled", "cancelled", "failed"])
    }

    @Test(arguments: Backends.all) func `closing the network ends connections and server`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let client = try backend.network()
            let listener = try network.listen(at: .loopback4)
            let address = try listener.localAddress()
            let server = Task { await awaitedCode { try await listener.serve(machine: ScriptMachine([.send("x")])) } }
            let sockets = try await client.onExecutor {
                var sockets: [Socket] = []
                for _ in 0..<4 {
                    sockets.append(try await client.connect(to: address))
                    #expect(try await sockets[sockets.count - 1].receive() == "x")
                }
                // One of them waits for no more input.
                try sockets[0].shutdown(.send)
                return sockets
            }
            try await network.close()
            #expect(await server.value == nil)
            for socket in sockets { #expect(try await socket.receive() == nil) }
        }
    }
}
