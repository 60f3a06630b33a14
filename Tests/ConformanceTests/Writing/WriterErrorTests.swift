import Sockets
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct `A buffered writer's errors` {
    private static func expectAllFail(_ writer: BufferedWriter, with error: SocketError?) async {
        for (name, call) in BufferedWriter.calls + BufferedWriter.calls {
            let found = await endingError { () async throws(SocketError) in try await call(writer) }
            #expect(found == error, "\(name)")
        }
        #expect(writer.queuedBytes == 0)
        #expect(writer.socket.isClosed)
    }

    @Test(arguments: Setting.all) func `a send that fails is told to the next call, and to all after it`(
        setting: Setting
    ) async throws {
        try await setting.backend.run { _ in
            let plan = FaultPlan([FaultPlan.Rule(.send, skip: 1, Failure(.connectionReset))])
            let network = try Network(setting.backend.choice.injecting(plan))
            let (a, b) = try network.socketPair()
            try await setting.place.run(network) { () async throws in
                let writer = try a.bufferedWriter()
                try await writer.write("arrives")
                #expect(try await b.receiveExactly(7, deadline: .net) == "arrives")
                try await writer.write("is lost")
                // Nobody asks, and it fails all the same.
                await writer.awaitQueued(0)
                let error = await endingError { () async throws(SocketError) in try await writer.write("x") }
                #expect(error?.code == .connectionReset)
                #expect(error?.operation == .send)
                #expect(error?.description.contains("7 queued bytes were not sent") == true)
                await Self.expectAllFail(writer, with: error)
                #expect(try await b.receive(deadline: .net) == nil)
            }
        }
    }

    @Test(arguments: Setting.all, [0, 1, 2, 3]) func `whichever call hears of it first, none is told that all is well`(
        setting: Setting, number: Int
    ) async throws {
        try await setting.backend.run { _ in
            let plan = FaultPlan([FaultPlan.Rule(.send, Failure(.outOfResources))])
            let network = try Network(setting.backend.choice.injecting(plan))
            let (a, b) = try network.socketPair()
            defer { keep(b) }
            try await setting.place.run(network) { () async throws in
                let writer = try a.bufferedWriter()
                try await writer.write("lost")
                let (name, call) = BufferedWriter.calls[number]
                let first = await endingError { () async throws(SocketError) in try await call(writer) }
                // Another write may be queued before the send.
                if name != "write" { #expect(first?.code == .outOfResources, "\(name)") }
                await writer.awaitQueued(0)
                for (name, call) in BufferedWriter.calls {
                    let code = await ending { () async throws(SocketError) in try await call(writer) }
                    #expect(code == .outOfResources, "\(name)")
                }
            }
        }
    }

    @Test(arguments: Setting.all) func `a peer that resets ends whoever waits`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try await network.tcpPair()
            try await a.fill()
            let writer = try a.bufferedWriter(capacity: 100)
            try await setting.place.run(network) { try await writer.write(pattern(100)) }
            let waiting = [
                try Pending(setting, network) { () async throws(SocketError) in try await writer.write("waits") },
                try Pending(setting, network) { () async throws(SocketError) in try await writer.write(pattern(1000)) },
                try Pending(setting, network) { () async throws(SocketError) in try await writer.flush() },
                try Pending(setting, network) { () async throws(SocketError) in try await writer.shutdown() },
            ]
            await waiting[3].suspend()
            try b.reset()
            let lost: [SocketError.Code?] = [.connectionReset, .brokenPipe]
            for (index, pending) in waiting.enumerated() {
                let code = await pending.code
                #expect(lost.contains(code), "\(index): \(code as Any)")
            }
            let error = await endingError { () async throws(SocketError) in try await writer.flush() }
            #expect(lost.contains(error?.code))
            await Self.expectAllFail(writer, with: error)
        }
    }

    enum Closer: CaseIterable, Sendable { case socket, network, detach }

    @Test(arguments: Setting.of(Backends.kernel(.descriptorsOfTheProcess)), Closer.allCases)
    func `closing from elsewhere ends whoever waits`(
        setting: Setting, closer: Closer
    ) async throws {
        let network = try setting.backend.network()
        let scene = try FullScene(network)
        let writer = scene.writer
        try await setting.place.run(network) { try await writer.write(pattern(90)) }
        let write = try Pending(setting, network) { () async throws(SocketError) in
            try await writer.write(pattern(1000))
        }
        await writer.awaitQueued(100)
        let waiting = [
            write,
            try Pending(setting, network) { () async throws(SocketError) in try await writer.flush() },
            try Pending(setting, network) { () async throws(SocketError) in try await writer.shutdown() },
        ]
        await waiting[2].suspend()
        switch closer {
        case .socket: try await scene.socket.close()
        case .network: try await network.close()
        case .detach: Process.close(try await scene.socket.detach())
        }
        for pending in waiting { #expect(await pending.code == .closed) }
        let error = await endingError { () async throws(SocketError) in try await writer.flush() }
        #expect(error?.description.contains("100 queued bytes were not sent") == true)
        await Self.expectAllFail(writer, with: error)
    }

    @Test(arguments: Setting.of(Backends.kernel(.descriptorsOfTheProcess)), Closer.allCases)
    func `closing before the turn ends loses what is queued, aloud`(
        setting: Setting, closer: Closer
    ) async throws {
        let network = try setting.backend.network()
        let (a, b) = try network.socketPair()
        defer { keep(b) }
        try await setting.place.run(network) { () async throws in
            let writer = try a.bufferedWriter()
            try await writer.write("lost perhaps")
            switch closer {
            case .socket: try await a.close()
            case .network: try await network.close()
            case .detach: Process.close(try await a.detach())
            }
            #expect(await ending { () async throws(SocketError) in try await writer.write("x") } == .closed)
            #expect(await ending { () async throws(SocketError) in try await writer.flush() } == .closed)
            #expect(await ending { () async throws(SocketError) in try await writer.shutdown() } == .closed)
            if setting.place == .onExecutor {
                let error = await endingError { () async throws(SocketError) in try await writer.close() }
                #expect(error?.description.contains("12 queued bytes were not sent") == true)
            }
        }
    }

    @Test(arguments: Setting.all) func `closing in the midst of writes never hangs and never traps`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let allowed: [SocketError.Code?] = [nil, .closed, .brokenPipe, .connectionReset, .cancelled]
            for round in 0..<60 {
                let (a, b) = try network.socketPair()
                let writer = try a.bufferedWriter(capacity: 1 + round * 37)
                let tasks = try (0..<4).map { index in
                    try Pending(setting, network) { () async throws(SocketError) in
                        while true {
                            if index == 3 {
                                if try await b.receive(1000) == nil { return }
                            } else if index == 2 {
                                try await writer.flush()
                            } else {
                                try await writer.write(pattern(100 * index + 1))
                            }
                            await Task.yield()
                        }
                    }
                }
                for _ in 0..<round % 7 { await Task.yield() }
                if round % 3 == 0 { tasks[round % 4].cancel() }
                if round % 2 == 0 { try await a.close() }
                _ = await ending { () async throws(SocketError) in
                    try await writer.close(deadline: .within(.milliseconds(1)))
                }
                #expect(a.isClosed)
                try await b.close()
                for task in tasks {
                    let code = await task.code
                    #expect(allowed.contains(code), "\(code as Any)")
                }
            }
        }
    }
}
