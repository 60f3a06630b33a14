import Sockets
import TestSupport
import Testing

@Suite struct `Streams` {
    @Test(arguments: Backends.all, [SocketAddress.loopback4, .loopback6]) func `what one end sends the other receives`(
        backend: TestBackend, address: SocketAddress
    ) throws {
        let (client, server) = try backend.network().tcpPair(address)
        #expect(try client.send("Hello, world") == 12)
        #expect(try server.receive(1024, deadline: .net)?.description == "Hello, world")
    }

    @Test(arguments: Backends.all) func `receive allocates and takes at most what was asked for`(backend: TestBackend)
        throws
    {
        let (a, b) = try backend.network().socketPair()
        try a.sendAll("abcdef")
        #expect(try b.receive(4, deadline: .net)?.description == "abcd")
        #expect(try b.receive(4, deadline: .net)?.description == "ef")
    }

    @Test(arguments: Backends.all) func `parts of what was received are sent as they are`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            try await a.sendAll("abcdef")
            let lent = try await b.receiveExactly(6, deadline: .net)
            for chunk in [lent, Chunk(lent.array)] {
                try await b.sendAll(chunk.dropFirst(4))
                try await b.sendAll(chunk[1..<3])
                try await b.sendMessage([chunk.prefix(1), chunk.suffix(1)])
                try await b.bufferedWriter().write(chunk.dropFirst(9))
                #expect(try await a.receiveExactly(6, deadline: .net) == "efbcaf")
            }
        }
    }

    @Test(arguments: Backends.all) func `nil means the end of the stream, again and again`(backend: TestBackend) throws
    {
        let (a, b) = try backend.network().socketPair()
        try a.sendAll("x")
        try a.close()
        #expect(try b.receive(9, deadline: .net)?.count == 1)
        #expect(try b.receive(9, deadline: .net) == nil)
        #expect(try b.receive(9, deadline: .net) == nil)
        var memory = [UInt8](repeating: 0, count: 3)
        #expect(try b.receive(into: &memory, deadline: .net) == nil)
        #expect(try b.receiveFrom(9, deadline: .net) == nil)
        #expect(try b.receiveFrom(into: &memory, deadline: .net) == nil)
        #expect(try b.receiveMessage(9, deadline: .net) == nil)
        #expect(try b.receiveBatch(3, of: 9, deadline: .net).isEmpty)
    }

    @Test(arguments: Backends.all) func `no bytes asked for are an empty chunk at once`(backend: TestBackend) throws {
        let (client, peer) = try backend.network().tcpPair()
        defer { keep(peer) }
        #expect(try client.receive(0, deadline: .within(.seconds(5))) == Chunk())
        var none: [UInt8] = []
        #expect(try client.receive(into: &none, deadline: .within(.seconds(5))) == 0)
    }

    @Test(arguments: Backends.all) func `received bytes go into the caller's memory and no further`(
        backend: TestBackend
    ) throws {
        let (a, b) = try backend.network().socketPair()
        try a.sendAll("abc")
        var memory = [UInt8](repeating: 9, count: 5)
        #expect(try b.receive(into: &memory, deadline: .net) == 3)
        #expect(memory == Array("abc".utf8) + [9, 9])
    }

    @Test(arguments: Backends.all) func `a span can be received into`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        try a.sendAll("abc")
        var memory = [UInt8](repeating: 9, count: 5)
        let count = try Self.receive(b, &memory)
        #expect(count == 2)
        #expect(memory == [9] + Array("ab".utf8) + [9, 9])
    }

    private static func receive(_ socket: Socket, _ memory: inout [UInt8]) throws(SocketError) -> Int? {
        var span = memory.mutableSpan
        var middle = span._mutatingExtracting(1..<3)
        var bytes = unsafe middle.mutableBytes
        return try socket.receive(into: &bytes, deadline: .net)
    }

    @Test(arguments: Backends.all) func `receiveExactly waits for all`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let whole = try Aside(network) { () throws(SocketError) in try b.receiveExactly(4, deadline: .net) }
        try a.sendAll("ab")
        whole.awaitParked()
        try a.sendAll("cdef")
        #expect(try whole.outcome().get().description == "abcd")
    }

    @Test(arguments: Backends.all) func `receiveExactly says when the stream ends early`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        try a.sendAll("ab")
        try a.close()
        let error = failure { () throws(SocketError) in try b.receiveExactly(4, deadline: .net) }
        #expect(error?.code == .endOfStream)
        #expect(error?.description.contains("2 of 4") == true)
    }

    @Test(arguments: Backends.all) func `sendAll sends all, however small the buffers`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        try a.set(.socket.sendBufferSize, 1)
        try b.set(.socket.receiveBufferSize, 1)
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let sender = try Aside(network) { () throws(SocketError) in
            try a.sendAll(bytes, deadline: .net)
            try a.shutdown(.send)
        }
        var received: [UInt8] = []
        while let chunk = try b.receive(70_000, deadline: .net) { received += chunk }
        #expect(received == bytes)
        #expect(sender.failure() == nil)
    }

    @Test(arguments: Backends.all) func `without a deadline send takes all`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let bytes = [UInt8](repeating: 1, count: 3_000_000)
        let sender = try Aside(network) { () throws(SocketError) in try a.send(bytes) }
        #expect(try b.receiveExactly(bytes.count, deadline: .net).count == bytes.count)
        #expect(try sender.outcome().get() == bytes.count)
    }

    @Test(arguments: Backends.all) func `with a deadline send takes what fits`(backend: TestBackend) throws {
        let (a, peer) = try backend.network().socketPair()
        defer { keep(peer) }
        let sent = try a.send([UInt8](repeating: 1, count: 30_000_000), deadline: .net)
        #expect((1..<30_000_000).contains(sent))
    }

    @Test(arguments: Backends.all) func `a sendAll that runs out of time says how far it came`(backend: TestBackend)
        throws
    {
        let (a, peer) = try backend.network().socketPair()
        defer { keep(peer) }
        let bytes = [UInt8](repeating: 1, count: 30_000_000)
        let error = failure { () throws(SocketError) in try a.sendAll(bytes, deadline: .within(.milliseconds(20))) }
        #expect(error?.code == .timedOut)
        #expect(error?.description.contains("of 30000000 bytes") == true)
    }

    @Test(arguments: Backends.all) func `sending nothing to a stream is harmless`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        #expect(try a.send([UInt8]()) == 0)
        try a.sendAll("")
        #expect(code { () throws(SocketError) in try b.receive(1, deadline: .immediate) } == .wouldBlock)
    }

    @Test(arguments: Backends.all) func `peeked bytes stay`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        try a.sendAll("abc")
        #expect(try b.receive(9, flags: .peek, deadline: .net)?.description == "abc")
        #expect(try b.receive(9, deadline: .net)?.description == "abc")
    }

    @Test(arguments: Backends.all) func `waitForAll fills the memory`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.tcpPair()
        let whole = try Aside(network) { () throws(SocketError) in try b.receive(4, flags: .waitForAll, deadline: .net)
        }
        try a.sendAll("ab")
        whole.awaitParked()
        try a.sendAll("cd")
        #expect(try whole.outcome().get()?.description == "abcd")
    }

    @Test(arguments: Backends.all) func `waitForAll fills all runs of a message`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.tcpPair()
        let whole = try Aside(network) { () throws(SocketError) in
            var memory: [[UInt8]] = [[0, 0, 0], [0]]
            _ = try b.receiveMessage(into: &memory, flags: .waitForAll, deadline: .net)
            return memory
        }
        try a.sendAll("ab")
        whole.awaitParked()
        try a.sendAll("cd")
        #expect(try whole.outcome().get() == [Array("abc".utf8), Array("d".utf8)])
    }

    @Test(arguments: Backends.kernel(.urgentData)) func `urgent data arrives out of band`(backend: TestBackend) throws {
        let (client, server) = try backend.network().tcpPair()
        _ = try client.send("!", flags: .outOfBand)
        #expect(try server.wait(for: .priority, deadline: .net).contains(.priority))
        #expect(try server.receive(1, flags: .outOfBand)?.description == "!")
    }

    @Test(arguments: Backends.all) func `discarded bytes never show what memory held before`(backend: TestBackend)
        throws
    {
        let (client, server) = try backend.network().tcpPair()
        try client.sendAll([UInt8](repeating: 0xAA, count: 4096))
        _ = try server.wait(for: .readable, deadline: .net)
        // TCP throws the bytes away and writes nothing.
        let chunk = try server.receive(4096, flags: .truncated, deadline: .net)
        #expect(chunk?.allSatisfy { $0 == 0 || $0 == 0xAA } == true)
    }

    @Test(arguments: Backends.all) func `sizes out of bounds are refused`(backend: TestBackend) throws {
        let (a, peer) = try backend.network().socketPair()
        defer { keep(peer) }
        for size in [-1, Int.min, .max, 1 << 40] {
            #expect(code { () throws(SocketError) in try a.receive(size) } == .invalidArgument)
            #expect(code { () throws(SocketError) in try a.receiveFrom(size) } == .invalidArgument)
            #expect(code { () throws(SocketError) in try a.receiveExactly(size) } == .invalidArgument)
            #expect(code { () throws(SocketError) in try a.receiveMessage(size) } == .invalidArgument)
            #expect(code { () throws(SocketError) in try a.receiveBatch(2, of: size) } == .invalidArgument)
            #expect(code { () throws(SocketError) in try a.receiveBatch(size, of: 2) } == .invalidArgument)
            #expect(
                code { () throws(SocketError) in try a.receiveMessage(2, controlCapacity: size) } == .invalidArgument)
        }
    }
}

@Suite struct `Shutting down` {
    @Test(arguments: Backends.all) func `the sending half ends the peer's stream`(backend: TestBackend) throws {
        let (client, server) = try backend.network().tcpPair()
        try client.shutdown(.send)
        #expect(try server.receive(1, deadline: .net) == nil)
        try server.sendAll("x")
        #expect(try client.receive(1, deadline: .net)?.count == 1)
        #expect(code { () throws(SocketError) in try client.send("y") } == .brokenPipe)
    }

    @Test(arguments: Backends.all) func `the receiving half ends receiving`(backend: TestBackend) throws {
        let (client, server) = try backend.network().tcpPair()
        try client.shutdown(.receive)
        #expect(try client.receive(1, deadline: .net) == nil)
        try client.sendAll("x")
        #expect(try server.receive(1, deadline: .net)?.count == 1)
    }

    @Test(arguments: Backends.all) func `both halves end both, for duplicates too`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let copy = try a.duplicate()
        try a.shutdown()
        #expect(try copy.receive(1, deadline: .net) == nil)
        #expect(code { () throws(SocketError) in try copy.send("y") } == .brokenPipe)
        #expect(try b.receive(1, deadline: .net) == nil)
    }

    @Test(arguments: Backends.all) func `an unconnected socket cannot be shut down`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4)
        #expect(code { () throws(SocketError) in try socket.shutdown(.both) } == .notConnected)
    }
}
