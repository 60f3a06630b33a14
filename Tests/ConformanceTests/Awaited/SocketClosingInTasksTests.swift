import Locks
import Sockets
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct `Closing in tasks` {
    @Test(arguments: Setting.all) func `a second close is harmless, and calls fail afterwards`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            try await setting.place.run(network) { () async throws in
                try await a.close()
                try await a.close()
                #expect(await ending { () async throws(SocketError) in try await a.receive() } == .closed)
                #expect(await ending { () async throws(SocketError) in try await a.detach() } == .closed)
                #expect(await ending { () async throws(SocketError) in try await a.receiveExactly(1) } == .closed)
                #expect(await ending { () async throws(SocketError) in try await a.wait(for: .readable) } == .closed)
                #expect(
                    await ending { () async throws(SocketError) in try await network.poll([PollRequest(a, [])]) }
                        == .closed
                )
                #expect(try await b.receive() == nil)
            }
        }
    }

    @Test(arguments: Setting.all) func `a cancelled task closes all the same`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let reader = try Pending(setting, network) { () async throws(SocketError) in try await a.receive() }
            let closer = try Pending(setting, network) { () async throws(SocketError) in
                await awaitCancellation()
                try await a.close()
            }
            closer.cancel()
            #expect(await closer.code == nil)
            #expect(await reader.code == .closed)
            #expect(try await b.receive(deadline: .net) == nil)
        }
    }

    @Test(arguments: Setting.all) func `detaching wakes whoever waits and leaves the descriptor usable`(
        setting: Setting
    ) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let reader = try Pending(setting, network) { () async throws(SocketError) in try await a.receive() }
            await reader.suspend()
            let number = try await setting.place.run(network) { try await a.detach() }
            #expect(await reader.code == .closed)
            let again = try network.adopt(descriptor: number)
            try await setting.place.run(network) { () async throws in
                // Nothing of the cancel sticks to the number.
                #expect(try await again.wait(for: .readable, deadline: .within(.milliseconds(1))) == [])
                try await b.sendAll("x")
                #expect(try await again.receive()?.description == "x")
            }
        }
    }

    @Test(arguments: Backends.all) func `a blocking close never parks an executor's thread`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            let setting = Setting(backend: backend, place: .onExecutor)
            let (a, b) = try network.socketPair()
            let reader = try Pending(setting, network) { () async throws(SocketError) in try await a.receive() }
            await reader.suspend()
            let error = try await setting.place.run(network) { failure { () throws(SocketError) in try a.close() } }
            if let error {
                #expect(error.code == .blockingOnExecutor)
                #expect(error.description.contains("the socket is closed"))
            } else {
                Issue.record("the reader was not inside yet")
            }
            #expect(a.isClosed)
            #expect(await reader.code == .closed)
            // The last who left has closed the handle.
            #expect(try await b.receive(deadline: .net) == nil)
        }
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess))
    func `a blocking detach on an executor's thread waits for nobody`(
        backend: TestBackend
    ) async throws {
        let setting = Setting(backend: backend, place: .onExecutor)
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let reader = try Pending(setting, network) { () async throws(SocketError) in try await a.receive() }
        await reader.suspend()
        let found = try await setting.place.run(network) { code { () throws(SocketError) in try a.detach() } }
        #expect(found == .blockingOnExecutor)
        #expect(!a.isClosed)
        try await b.sendAll("x")
        #expect(try await reader.outcome.get()?.description == "x")
        Process.close(
            try await setting.place.run(network) { try { () throws(SocketError) in try a.detach() }() })
    }

    /// A connection whose close has to linger: the peer takes nothing any more.
    private func lingering(_ network: Network) async throws -> (client: Socket, server: Socket) {
        let (client, server) = try await network.tcpPair()
        // Else the system may find room for all of it in the end.
        try server.set(.socket.receiveBufferSize, 64 << 10)
        try client.set(.socket.linger, .on(seconds: 3600))
        try await client.fill()
        return (client, server)
    }

    @Test(arguments: Setting.all) func `a close that lingers keeps no executor waiting`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (client, server) = try await lingering(network)
            let filled = try client.get(.tcp.info)
            let (a, b) = try network.socketPair()
            let isClosed = Lock(false)
            let closer = try Pending(setting, network) { () async throws(SocketError) in
                try await client.close()
                isClosed.withLock { $0 = true }
            }
            await closer.suspend()
            try await setting.place.run(network) { () async throws in
                for _ in 0..<10 {
                    try await a.sendAll("ping")
                    #expect(try await b.receive()?.description == "ping")
                }
                #expect(!isClosed.withLock { $0 }, "filled to \(filled)")
                // With unread data left that resets the connection, which ends the wait.
                try await server.close()
            }
            #expect(await closer.code == nil)
        }
    }

    @Test(arguments: Backends.all) func `a blocking close that would linger on an executor's thread goes elsewhere`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let (client, server) = try await lingering(network)
            let found = try await Place.onExecutor.run(network) {
                code { () throws(SocketError) in try client.close() }
            }
            #expect(found == .blockingOnExecutor)
            #expect(client.isClosed)
            try await server.close()
        }
    }

    /// A connection inherits `SO_LINGER` from its listener, though nobody has set it there.
    @Test(arguments: Backends.all) func `a served connection that would linger keeps no executor waiting`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let listener = try await network.listen(host: "127.0.0.1", port: 0)
            try listener.set(.socket.linger, .on(seconds: 3600))
            let serving = Task { try await listener.serve { try await $0.fill() } }
            let client = try network.socket(.ipv4, .stream)
            // Else the system may find room for all of it in the end.
            try client.set(.socket.receiveBufferSize, 64 << 10)
            try await client.connect(to: listener.localAddress())
            try await network.run { try await network.sleep(for: .milliseconds(50)) }
            var count = 0
            while let chunk = try await client.receive(deadline: .net) { count += chunk.count }
            #expect(count > 0)
            serving.cancel()
            try await serving.value
        }
    }

    @Test func `without a thread to linger on the kernel lingers by itself`() async throws {
        let plan = FaultPlan()
        let network = try Network(.posix.injecting(plan))
        let (client, server) = try await lingering(network)
        plan.add(FaultPlan.Rule(.spawn, Failure(.outOfResources)))
        let found = await ending { () async throws(SocketError) in try await client.close() }
        #expect(found == .outOfResources)
        #expect(client.isClosed)
        var count = 0
        while let chunk = try await server.receive(deadline: .net) { count += chunk.count }
        #expect(count > 0)
    }

    @Test(arguments: Setting.all) func `readers, writers and a closer at one socket`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let allowed: [SocketError.Code?] = [nil, .closed, .brokenPipe, .connectionReset, .cancelled]
            for round in 0..<60 {
                let (a, b) = try network.socketPair()
                let tasks = try (0..<4).map { index in
                    try Pending(setting, network) { () async throws(SocketError) in
                        while true {
                            switch index {
                            case 0: if try await a.receive(10) == nil { return }
                            case 1: _ = try await a.send("data")
                            case 2: if try await b.receive(10) == nil { return }
                            default: _ = try await b.send("data")
                            }
                            await Task.yield()
                        }
                    }
                }
                for _ in 0..<round % 7 { await Task.yield() }
                if round % 3 == 0 { tasks[round % 4].cancel() }
                try await a.close()
                if round % 2 == 0 { try await b.close() }
                for task in tasks { #expect(allowed.contains(await task.code)) }
            }
        }
    }

    @Test(arguments: Setting.all) func `closing at a socket's first awaited call wakes it`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            for _ in 0..<200 {
                let (a, b) = try network.socketPair()
                let reader = try Pending(setting, network) { () async throws(SocketError) in try await a.receive() }
                try await a.close()
                #expect(await reader.code == .closed)
                keep(b)
            }
        }
    }
}
