import Sockets
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct `Awaited calls that end early` {
    @Test(arguments: Setting.all, AwaitedCall.allCases) func `a cancelled task's call ends, and its socket goes on`(
        setting: Setting, call: AwaitedCall
    ) async throws {
        try await setting.backend.run { network in
            let scene = try call.prepare(network)
            let pending = try Pending(setting, network) { () async throws(SocketError) in
                try await scene.call(scene.socket, nil)
            }
            await pending.suspend()
            pending.cancel()
            #expect(await pending.code == .cancelled)
            #expect(!scene.socket.isClosed)
            guard call.isReceive else { return }
            // Nothing was lost, and nobody waits any more who could take it.
            try await scene.others[0].sendAll("next")
            #expect(try await scene.socket.receiveExactly(4, deadline: .net).description == "next")
        }
    }

    @Test(arguments: Setting.all, AwaitedCall.allCases) func `a task that is cancelled already begins nothing`(
        setting: Setting, call: AwaitedCall
    ) async throws {
        try await setting.backend.run { network in
            let scene = try call.prepare(network)
            let pending = try Pending(setting, network) { () async throws(SocketError) in
                await awaitCancellation()
                try await scene.call(scene.socket, nil)
            }
            pending.cancel()
            #expect(await pending.code == .cancelled)
        }
    }

    @Test(arguments: Setting.all, AwaitedCall.allCases) func `a call's deadline passes`(
        setting: Setting, call: AwaitedCall
    ) async throws {
        try await setting.backend.run { network in
            let scene = try call.prepare(network)
            try await setting.place.run(network) { () async throws in
                let late = await ending { () async throws(SocketError) in
                    try await scene.call(scene.socket, .within(.milliseconds(3)))
                }
                #expect(late == (call == .wait ? nil : .timedOut))
                let now = await ending { () async throws(SocketError) in try await scene.call(scene.socket, .immediate)
                }
                #expect(now == (call == .wait ? nil : .wouldBlock))
                scene.socket.mode = .timeout(.milliseconds(3))
                if call != .wait {
                    let mode = await ending { () async throws(SocketError) in try await scene.call(scene.socket, nil) }
                    #expect(mode == .timedOut)
                }
            }
        }
    }

    @Test(arguments: Setting.all, AwaitedCall.allCases) func `closing, awaited, wakes whoever waits`(
        setting: Setting, call: AwaitedCall
    ) async throws {
        try await setting.backend.run { network in
            let scene = try call.prepare(network)
            let waiting = try (0..<3).map { _ in
                try Pending(setting, network) { () async throws(SocketError) in try await scene.call(scene.socket, nil)
                }
            }
            await waiting[0].suspend()
            try await setting.place.run(network) { try await scene.socket.close() }
            for pending in waiting { #expect(await pending.code == .closed) }
            #expect(scene.socket.isClosed)
        }
    }

    @Test(arguments: Setting.all, AwaitedCall.allCases) func `closing, blocking, wakes whoever is suspended`(
        setting: Setting, call: AwaitedCall
    ) async throws {
        try await setting.backend.run { network in
            let scene = try call.prepare(network)
            let pending = try Pending(setting, network) { () async throws(SocketError) in
                try await scene.call(scene.socket, nil)
            }
            await pending.suspend()
            let closer = try Aside(network) { () throws(SocketError) in try scene.socket.close() }
            #expect(await pending.code == .closed)
            #expect(await closer.failure() == nil)
        }
    }

    @Test(arguments: Setting.all) func `closing, awaited, wakes whoever is parked`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let parked = try Aside(network) { () throws(SocketError) in _ = try a.receive(1) }
            await parked.awaitParked()
            try await setting.place.run(network) { try await a.close() }
            #expect(await parked.failure()?.code == .closed)
            #expect(try await b.receive(1, deadline: .net) == nil)
        }
    }

    @Test(arguments: Setting.all) func `a flag against waiting is heeded`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            try await b.fill()
            try await setting.place.run(network) { () async throws in
                let flags: MessageFlags = .doNotWait
                let (c, d) = try network.socketPair()
                #expect(
                    await ending { () async throws(SocketError) in try await c.receive(1, flags: flags) } == .wouldBlock
                )
                #expect(
                    await ending { () async throws(SocketError) in try await c.receiveFrom(1, flags: flags) }
                        == .wouldBlock
                )
                #expect(
                    await ending { () async throws(SocketError) in try await c.receiveBatch(1, of: 1, flags: flags) }
                        == .wouldBlock)
                #expect(
                    await ending { () async throws(SocketError) in try await b.send("x", flags: flags) } == .wouldBlock)
                #expect(
                    await ending { () async throws(SocketError) in try await b.sendAll("x", flags: flags) }
                        == .wouldBlock)
                #expect(
                    await ending { () async throws(SocketError) in try await b.sendMessage(["x"], flags: flags) }
                        == .wouldBlock)
                keep(a, d)
            }
        }
    }
}
