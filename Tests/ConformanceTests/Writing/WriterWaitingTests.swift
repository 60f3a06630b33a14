import Sockets
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct `Waiting for a buffered writer` {
    @Test(arguments: Setting.all) func `a write that fits is queued whole or not at all`(setting: Setting) async throws
    {
        try await setting.backend.run { network in
            let scene = try FullScene(network)
            let writer = scene.writer
            try await setting.place.run(network) { try await writer.write(pattern(60, seed: 1)) }
            let waiting = try Pending(setting, network) { () async throws(SocketError) in
                try await writer.write(pattern(60, seed: 2))
            }
            await waiting.suspend()
            #expect(writer.queuedBytes == 60)
            let next = try Pending(setting, network) { () async throws(SocketError) in
                try await writer.write(pattern(30, seed: 3))
            }
            await next.suspend()
            waiting.cancel()
            guard case .failure(let error) = await waiting.outcome else {
                return #expect(Bool(false), "it had no room")
            }
            #expect(error.code == .cancelled)
            #expect(error.operation == .write)
            #expect(error.detail == nil)
            // It held up the next one, which has room.
            #expect(await next.code == nil)
            #expect(writer.queuedBytes == 90)
            let bytes = try await setting.place.run(network) { () async throws in
                async let closed: Void = writer.close()
                let bytes = try await scene.readToEnd()
                try await closed
                return bytes
            }
            #expect(bytes == pattern(60, seed: 1) + pattern(30, seed: 3))
        }
    }

    @Test(arguments: Setting.all) func `a long write that is cancelled says how much was queued`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let scene = try FullScene(network)
            let writer = scene.writer
            let waiting = try Pending(setting, network) { () async throws(SocketError) in
                try await writer.write(pattern(1000))
            }
            await writer.awaitQueued(100)
            waiting.cancel()
            guard case .failure(let error) = await waiting.outcome else {
                return #expect(Bool(false), "it had no room")
            }
            #expect(error.code == .cancelled)
            #expect(error.description.contains("after 100 of 1000 bytes"))
            #expect(writer.queuedBytes == 100)
            try await setting.place.run(network) { () async throws in
                async let written: Void = writer.write("next")
                #expect(try await scene.read(104) == pattern(1000).prefix(100) + Array("next".utf8))
                try await written
            }
        }
    }

    @Test(arguments: Setting.all) func `a task that is cancelled already begins nothing but a close`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            defer { keep(b) }
            let writer = try a.bufferedWriter()
            for (name, call) in BufferedWriter.calls {
                let pending = try Pending(setting, network) { () async throws(SocketError) in
                    await awaitCancellation()
                    try await call(writer)
                }
                pending.cancel()
                #expect(await pending.code == (name == "close" ? nil : .cancelled), "\(name)")
                #expect(writer.queuedBytes == 0)
            }
        }
    }

    @Test(arguments: Setting.all) func `deadlines and modes`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let scene = try FullScene(network)
            let writer = scene.writer
            typealias Call = (Deadline?) async throws(SocketError) -> Void
            try await setting.place.run(network) { () async throws in
                try await writer.write(pattern(90))
                let calls: [(String, Call)] = [
                    (
                        "write",
                        { deadline async throws(SocketError) in try await writer.write(pattern(11), deadline: deadline)
                        }
                    ),
                    (
                        "long",
                        { deadline async throws(SocketError) in try await writer.write(pattern(101), deadline: deadline)
                        }
                    ),
                    ("flush", { deadline async throws(SocketError) in try await writer.flush(deadline: deadline) }),
                    (
                        "shutdown",
                        { deadline async throws(SocketError) in try await writer.shutdown(deadline: deadline) }
                    ),
                ]
                for (name, call) in calls {
                    scene.socket.mode = .blocking
                    #expect(
                        await ending { () async throws(SocketError) in try await call(.immediate) } == .wouldBlock,
                        "\(name)")
                    let late = await ending { () async throws(SocketError) in try await call(.within(.milliseconds(1)))
                    }
                    #expect(late == .timedOut, "\(name)")
                    scene.socket.mode = .nonBlocking
                    #expect(
                        await ending { () async throws(SocketError) in try await call(nil) } == .wouldBlock, "\(name)")
                    scene.socket.mode = .timeout(.milliseconds(1))
                    #expect(
                        await ending { () async throws(SocketError) in try await call(nil) } == .timedOut, "\(name)")
                    // The first attempt of the long one has taken what room there was.
                    if name == "long" { #expect(writer.queuedBytes == 100) }
                }
                // What is queued goes on all the same.
                scene.socket.mode = .blocking
                async let end: Void = writer.shutdown()
                #expect(try await scene.readToEnd() == pattern(90) + pattern(101).prefix(10))
                try await end
            }
        }
    }

    @Test(arguments: Setting.all) func `a cancelled flush leaves the queue as it is`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let scene = try FullScene(network)
            let writer = scene.writer
            try await setting.place.run(network) { try await writer.write(pattern(50)) }
            let flush = try Pending(setting, network) { () async throws(SocketError) in try await writer.flush() }
            await flush.suspend()
            flush.cancel()
            #expect(await flush.code == .cancelled)
            #expect(writer.queuedBytes == 50)
            let late = await endingError { () async throws(SocketError) in try await writer.flush(deadline: .immediate)
            }
            #expect(late?.description.contains("50 bytes are still queued") == true)
            let again = try Pending(setting, network) { () async throws(SocketError) in try await writer.flush() }
            #expect(try await scene.read(50) == pattern(50))
            #expect(await again.code == nil)
        }
    }
}
