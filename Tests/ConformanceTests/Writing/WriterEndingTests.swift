import Sockets
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct `A buffered writer's end` {
    @Test(arguments: Setting.all) func `a flush returns when the system has all`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let scene = try FullScene(network, capacity: 1000)
            let flushed = Shared(false)
            try await setting.place.run(network) { try await scene.writer.write(pattern(1000)) }
            let flush = try Pending(setting, network) { () async throws(SocketError) in
                try await scene.writer.flush()
                let left = scene.writer.queuedBytes
                flushed.change { $0 = left == 0 }
            }
            await flush.suspend()
            #expect(!flushed.value)
            let bytes = try await setting.place.run(network) { try await scene.read(1000) }
            #expect(bytes == pattern(1000))
            #expect(await flush.code == nil)
            #expect(flushed.value)
        }
    }

    @Test(arguments: Setting.all) func `a flush in a turn sends at once`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            try await setting.place.run(network) { () async throws in
                let writer = try a.bufferedWriter()
                try await writer.flush()
                for _ in 0..<100 {
                    try await writer.write("x")
                    try await writer.flush(deadline: .net)
                    #expect(writer.queuedBytes == 0)
                    #expect(try b.pull() == "x")
                }
            }
        }
    }

    @Test(arguments: Setting.all) func `a shutdown comes behind all that was written`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let scene = try FullScene(network)
            let (writer, a, b) = (scene.writer, scene.socket, scene.peer)
            try await setting.place.run(network) { try await writer.write(pattern(80)) }
            let late = try Pending(setting, network) { () async throws(SocketError) in
                try await writer.write(pattern(120))
            }
            await writer.awaitQueued(100)
            let end = try Pending(setting, network) { () async throws(SocketError) in try await writer.shutdown() }
            await end.suspend()
            let bytes = try await setting.place.run(network) { try await scene.readToEnd() }
            #expect(await late.code == nil)
            #expect(await end.code == nil)
            #expect(bytes == pattern(80) + pattern(120))
            try await setting.place.run(network) { () async throws in
                #expect(await ending { () async throws(SocketError) in try await writer.write("x") } == .brokenPipe)
                try await writer.flush()
                try await writer.shutdown()
                try await b.sendAll("back")
                #expect(try await a.receive() == "back")
                try await writer.close()
                #expect(a.isClosed)
            }
        }
    }

    @Test(arguments: Setting.all) func `a close comes behind all that was written`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try await network.tcpPair()
            let bytes = pattern(1_000_000)
            let reader = try Pending(setting, network) { () async throws(SocketError) in try await readSlowly(b) }
            try await setting.place.run(network) { () async throws in
                let writer = try a.bufferedWriter(capacity: 1 << 20)
                try await writer.write(bytes)
                try await writer.close()
                #expect(a.isClosed)
                try await writer.close()
                for (name, call) in BufferedWriter.calls where name != "close" {
                    let code = await ending { () async throws(SocketError) in try await call(writer) }
                    #expect(code == .closed, "\(name)")
                }
            }
            #expect(try await reader.outcome.get() == bytes)
        }
    }

    @Test(arguments: Setting.all) func `a late close closes all the same, and says what is lost`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            for (deadline, code) in [
                (Deadline.immediate, SocketError.Code.wouldBlock), (.within(.milliseconds(2)), .timedOut),
            ] {
                let scene = try FullScene(network)
                try await setting.place.run(network) { () async throws in
                    try await scene.writer.write(pattern(70))
                    let error = await endingError { () async throws(SocketError) in
                        try await scene.writer.close(deadline: deadline)
                    }
                    #expect(error?.code == code)
                    #expect(error?.operation == .close)
                    #expect(error?.description.contains("70 queued bytes were not sent") == true)
                    #expect(scene.socket.isClosed)
                    let later = await ending { () async throws(SocketError) in try await scene.writer.write("x") }
                    #expect(later == .closed)
                    #expect(try await scene.readToEnd() == [])
                }
            }
        }
    }

    @Test(arguments: Setting.all) func `a cancelled task closes all the same`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let (scene, easy) = (try FullScene(network), try a.bufferedWriter())
            let closer = try Pending(setting, network) { () async throws(SocketError) in
                try await scene.writer.write("lost")
                try await easy.write("kept")
                await awaitCancellation()
                // What goes at once goes nevertheless.
                try await easy.close()
                try await scene.writer.close()
            }
            closer.cancel()
            #expect([.cancelled].contains(await closer.code))
            let waiting = try FullScene(network)
            let second = try Pending(setting, network) { () async throws(SocketError) in
                try await waiting.writer.write("lost")
                try await waiting.writer.close()
            }
            await second.suspend()
            second.cancel()
            #expect(await second.code == .cancelled)
            keep(b)
        }
    }

    @Test(arguments: Setting.all) func `a cancelled task's close sends what goes at once`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let writer = try a.bufferedWriter()
            try await setting.place.run(network) { try await writer.write("kept") }
            let closer = try Pending(setting, network) { () async throws(SocketError) in
                await awaitCancellation()
                try await writer.close()
            }
            closer.cancel()
            #expect(await closer.code == nil)
            #expect(a.isClosed)
            #expect(try await readSlowly(b) == Array("kept".utf8))
        }
    }

    @Test(arguments: Setting.all) func `a writer that is dropped sends what goes at once`(setting: Setting) async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            try await setting.place.run(network) { () async throws in
                try await a.bufferedWriter().write("of a turn")
                #expect(try await b.receiveExactly(9, deadline: .net) == "of a turn")
                try await a.sendAll("more")
                #expect(try await b.receiveExactly(4, deadline: .net) == "more")
            }
        }
    }

    @Test(arguments: Setting.all) func `a writer that is dropped gives up the rest, and lets the socket go`(
        setting: Setting
    ) async throws {
        try await setting.backend.run { network in
            let (peer, ahead, kept) = try await setting.place.run(network) { () async throws in
                let scene = try FullScene(network)
                try await scene.writer.write("lost")
                // The operation that waits is started at the end of the turn.
                await settle()
                let other = try FullScene(network)
                try await other.writer.write("lost")
                await settle()
                return (scene.peer, scene.ahead, (other.socket, other.peer, other.ahead))
            }
            // The socket's last reference has gone with the writer's. Elsewhere the executor may send while it is told to cancel.
            let sent: [[UInt8]] = setting.place == .onExecutor ? [[]] : [[], Array("lost".utf8)]
            _ = try await peer.receiveExactly(ahead, deadline: .net)
            #expect(sent.contains(try await readSlowly(peer)))
            // Another's socket goes on.
            let (socket, other, full) = kept
            _ = try await other.receiveExactly(full, deadline: .net)
            try await socket.sendAll("goes on")
            try socket.shutdown(.send)
            let found = try await readSlowly(other)
            #expect(sent.contains { $0 + Array("goes on".utf8) == found })
        }
    }
}
