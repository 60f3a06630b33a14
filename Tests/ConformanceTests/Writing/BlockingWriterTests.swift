import Sockets
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct `A buffered writer that blocks` {
    @Test(arguments: Backends.all) func `threads write, flush and close`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.tcpPair()
        let writer = try a.bufferedWriter(capacity: 1000)
        let bytes = pattern(500_000)
        let reader = try Aside(network) { () throws(SocketError) in
            var found: [UInt8] = []
            while let chunk = try b.receive(10_000) { found += chunk.array }
            return found
        }
        for start in stride(from: 0, to: bytes.count, by: 500) { try writer.write(bytes[start..<start + 500]) }
        try writer.write(bytes)
        try writer.flush()
        #expect(writer.queuedBytes == 0)
        try writer.write("end")
        try writer.close()
        #expect(a.isClosed)
        #expect(code { () throws(SocketError) in try writer.write("x") } == .closed)
        #expect(try reader.outcome().get() == bytes + bytes + Array("end".utf8))
    }

    @Test(arguments: Backends.all) func `a small write arrives by itself, a shutdown behind it`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let writer = try a.bufferedWriter()
        try writer.write("hello")
        #expect(try b.receiveExactly(5, deadline: .net) == "hello")
        try writer.write("bye")
        try writer.shutdown()
        #expect(try b.receiveExactly(3, deadline: .net) == "bye")
        #expect(try b.receive(deadline: .net) == nil)
    }

    @Test(arguments: Backends.all) func `deadlines, and closing while a thread waits`(backend: TestBackend) throws {
        let network = try backend.network()
        let scene = try FullScene(network)
        let writer = scene.writer
        try writer.write(pattern(90))
        for deadline in [Deadline.immediate, .within(.milliseconds(1))] {
            let expected: SocketError.Code = deadline == .immediate ? .wouldBlock : .timedOut
            #expect(code { () throws(SocketError) in try writer.write(pattern(11), deadline: deadline) } == expected)
            #expect(code { () throws(SocketError) in try writer.flush(deadline: deadline) } == expected)
        }
        let write = try Aside(network) { () throws(SocketError) in try writer.write(pattern(1000)) }
        while writer.queuedBytes < 100 { try network.pause() }
        let waiting = [
            write, try Aside(network) { () throws(SocketError) in try writer.flush() },
            try Aside(network) { () throws(SocketError) in try writer.shutdown() },
        ]
        for call in waiting { call.awaitParked() }
        try scene.socket.close()
        for call in waiting { #expect(call.failure()?.code == .closed) }
        #expect(code { () throws(SocketError) in try writer.close() } == .closed)
    }

    @Test(arguments: Backends.all) func `nothing parks an executor's thread`(backend: TestBackend) async throws {
        try await backend.run { network in
            let scene = try FullScene(network)
            let writer = scene.writer
            try await Place.onExecutor.run(network) {
                #expect(code { () throws(SocketError) in try writer.write(pattern(150)) } == .blockingOnExecutor)
                #expect(code { () throws(SocketError) in try writer.flush() } == .blockingOnExecutor)
                // There is no room any more.
                #expect(code { () throws(SocketError) in try writer.write("x") } == .blockingOnExecutor)
                #expect(writer.queuedBytes == 100)
                #expect(code { () throws(SocketError) in try Self.close(writer) } == .blockingOnExecutor)
                #expect(scene.socket.isClosed)
            }
            #expect(try await scene.readToEnd() == [])
        }
    }

    private static func close(_ writer: BufferedWriter) throws(SocketError) { try writer.close() }
}
