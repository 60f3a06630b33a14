import ProcessControl
import Sockets
import TestSupport
import Testing

@Suite struct `Messages` {
    @Test(arguments: Backends.all) func `pieces of any kind are gathered in order`(backend: TestBackend) throws {
        let (a, b) = try backend.network().udpPair()
        let pieces: [any ByteSource] = [
            "one ", Array("two ".utf8), Chunk(Array("three ".utf8)), Array("four".utf8)[...], "".dropFirst(0),
        ]
        #expect(try a.sendMessage(pieces, to: b.localAddress()) == 18)
        #expect(try b.receive(100, deadline: .net)?.description == "one two three four")
    }

    @Test(arguments: Backends.all) func `no pieces are an empty message`(backend: TestBackend) throws {
        let (a, b) = try backend.network().udpPair()
        #expect(try a.sendMessage([], to: b.localAddress()) == 0)
        #expect(try b.receiveMessage(5, deadline: .net)?.bytes == Chunk())
    }

    @Test(arguments: Backends.all) func `bytes are scattered over arrays in order`(backend: TestBackend) throws {
        let (a, b) = try backend.network().udpPair()
        try a.send("abcdef", to: b.localAddress())
        var memory: [[UInt8]] = [[0, 0], [], [0, 0, 0], [9, 9]]
        let received = try #require(try b.receiveMessage(into: &memory, deadline: .net))
        #expect(received.count == 6)
        #expect(memory == [Array("ab".utf8), [], Array("cde".utf8), [UInt8(ascii: "f"), 9]])
        #expect(try received.message.sender == a.localAddress())
    }

    @Test(arguments: Backends.all) func `1024 pieces travel, more are refused`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        #expect(try a.sendMessage([any ByteSource](repeating: "x", count: 1024)) == 1024)
        var memory = [[UInt8]](repeating: [0], count: 1024)
        #expect(try b.receiveMessage(into: &memory, deadline: .net)?.count == 1024)
        #expect(memory.allSatisfy { $0 == [UInt8(ascii: "x")] })
        #expect(
            code { () throws(SocketError) in try a.sendMessage([any ByteSource](repeating: "x", count: 1025)) }
                == .invalidArgument)
        try a.sendMessage((0..<100).map { [UInt8](repeating: UInt8($0), count: $0) as any ByteSource })
        var ragged = (0..<100).map { [UInt8](repeating: 255, count: 99 - $0) }
        #expect(try b.receiveMessage(into: &ragged, flags: .waitForAll, deadline: .net)?.count == 4950)
        #expect(ragged.map(\.count) == (0..<100).reversed())
        #expect(ragged.flatMap { $0 } == (0..<100).flatMap { [UInt8](repeating: UInt8($0), count: $0) })
        memory.append([0])
        #expect(code { () throws(SocketError) in try b.receiveMessage(into: &memory) } == .invalidArgument)
    }

    @Test(arguments: Backends.all) func `memory without room at its end is not waited for`(backend: TestBackend) throws
    {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        try a.sendMessage(["abc", "", ""])
        var memory = [[UInt8](repeating: 0, count: 3), [], []]
        let limit = network.now.advanced(by: .seconds(20))
        #expect(try b.receiveMessage(into: &memory, flags: .waitForAll, deadline: .at(limit))?.count == 3)
        #expect(network.now < limit)
        #expect(memory[0] == Array("abc".utf8))
    }

    @Test(arguments: Backends.all) func `a long message is sent to its end, piece by piece`(backend: TestBackend) throws
    {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let pieces = (0..<7).map { [UInt8](repeating: UInt8($0), count: 100_000 + $0) }
        let sender = try Aside(network) { () throws(SocketError) in try a.sendMessage(pieces) }
        let all = pieces.flatMap { $0 }
        #expect(try b.receiveExactly(all.count, deadline: .net).array == all)
        #expect(try sender.outcome().get() == all.count)
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess)) func `sockets can be handed over`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let (c, d) = try network.socketPair()
        try a.send("!", passing: [c])
        try c.close()
        let message = try #require(
            try b.receiveMessage(1, controlCapacity: ControlMessage.capacity(for: [.rights(1)]), deadline: .net))
        #expect(message.control.isEmpty)
        let number = try #require(message.descriptors.first?.take())
        #expect(Process.isCloseOnExec(number))
        let adopted = try network.adopt(descriptor: number)
        try adopted.sendAll("through")
        #expect(try d.receive(10, deadline: .net)?.description == "through")
    }

    @Test(arguments: Backends.all) func `a received descriptor that nobody takes is closed`(backend: TestBackend) throws
    {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let (c, d) = try network.socketPair()
        try a.send("!", passing: [c])
        try c.close()
        var message = try b.receiveMessage(1, controlCapacity: 64, deadline: .net)
        #expect(message?.descriptors.count == 1)
        #expect(code { () throws(SocketError) in try d.receive(1, deadline: .immediate) } == .wouldBlock)
        message = nil
        #expect(try d.receive(1, deadline: .net) == nil)
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess)) func `a descriptor is taken once`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        try a.send("!", passing: [a])
        let owned = try #require(try b.receiveMessage(1, controlCapacity: 64, deadline: .net)?.descriptors.first)
        #expect(owned.number != nil)
        let number = owned.take()
        #expect(number != nil)
        #expect(owned.take() == nil)
        #expect(owned.number == nil)
        number.map(Process.close)
    }

    @Test(arguments: Backends.all) func `control messages that find no room are told`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let (c, d) = try network.socketPair()
        try a.send("!", passing: [c])
        try c.close()
        let message = try #require(try b.receiveMessage(1, deadline: .net))
        #expect(message.isControlTruncated)
        #expect(message.descriptors.isEmpty)
        // What was lost is closed, not leaked.
        #expect(try d.receive(1, deadline: .net) == nil)
    }

    @Test(arguments: Backends.all) func `credentials of the sender can be asked for`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair(.unix, .datagram)
        try b.set(.socket.passCredentials, true)
        _ = try a.send("x")
        let room = ControlMessage.capacity(for: [.credentials])
        let message = try #require(try b.receiveMessage(1, controlCapacity: room, deadline: .net))
        guard case .credentials(let credentials)? = message.control.first else {
            Issue.record("no credentials in \(message.control)")
            return
        }
        #expect(credentials.processID > 0)
    }

    @Test(arguments: Backends.all) func `a time to live can be set for one datagram and seen by the receiver`(
        backend: TestBackend
    ) throws {
        let (a, b) = try backend.network().udpPair()
        try b.set(.ip.receiveTimeToLive, true)
        try a.sendMessage(["x"], control: [.timeToLive(7)], to: b.localAddress())
        let message = try #require(try b.receiveMessage(1, controlCapacity: 64, deadline: .net))
        #expect(message.control.contains(.timeToLive(7)))
    }

    @Test(arguments: Backends.all) func `control messages that cannot be are refused`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        defer { keep(b) }
        let many = ControlMessage.rights([Int32](repeating: 0, count: 254))
        #expect(code { () throws(SocketError) in try a.sendMessage(["x"], control: [many]) } == .invalidArgument)
        #expect(
            failure { () throws(SocketError) in try a.sendMessage(["x"], control: [.rights([-1])]) }?.errno
                == .badFileDescriptor)
    }

    @Test(arguments: Backends.all) func `a closed socket is not handed over`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        try b.close()
        #expect(code { () throws(SocketError) in try a.send("x", passing: [b]) } == .closed)
    }
}

@Suite struct `Batches` {
    @Test(arguments: Backends.all) func `several messages go out and come in at once`(backend: TestBackend) throws {
        let (a, b) = try backend.network().udpPair()
        let target = try b.localAddress()
        let outgoing = (0..<20).map { OutgoingMessage(Chunk([UInt8](repeating: UInt8($0), count: $0)), to: target) }
        #expect(try a.sendBatch(outgoing) == 20)
        var received: [Message] = []
        while received.count < 20 { received += try b.receiveBatch(8, of: 64, deadline: .net) }
        #expect(received.map(\.bytes) == outgoing.map(\.bytes))
        let sender = try a.localAddress()
        #expect(received.allSatisfy { $0.sender == sender })
    }

    @Test(arguments: Backends.all) func `a batch takes what is there and does not wait for more`(backend: TestBackend)
        throws
    {
        let (a, b) = try backend.network().socketPair(.unix, .datagram)
        _ = try a.send("only")
        #expect(try b.receiveBatch(8, of: 10, deadline: .net).map(\.bytes.description) == ["only"])
    }

    @Test(arguments: Backends.all) func `a message of a batch tells that it is truncated`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair(.unix, .datagram)
        #expect(try a.sendBatch([OutgoingMessage([1, 2, 3]), OutgoingMessage([4])]) == 2)
        let messages = try b.receiveBatch(8, of: 2, deadline: .net)
        #expect(messages.map(\.isTruncated) == [true, false])
        #expect(messages.map(\.bytes) == [[1, 2], [4]])
    }

    @Test(arguments: Backends.all) func `an empty batch sends nothing`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair(.unix, .datagram)
        defer { keep(b) }
        #expect(try a.sendBatch([]) == 0)
    }

    @Test(arguments: Backends.all) func `of more than 1024 messages the first 1024 are sent`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let (a, b) = try network.socketPair(.unix, .datagram)
        let sent = try Aside(network) { () throws(SocketError) in
            try a.sendBatch([OutgoingMessage](repeating: OutgoingMessage([1]), count: 1500))
        }
        var count = 0
        while count < 1024 { count += try b.receiveBatch(1024, of: 1, deadline: .net).count }
        #expect(try sent.outcome().get() == 1024)
        #expect(code { () throws(SocketError) in try b.receive(1, deadline: .immediate) } == .wouldBlock)
    }

    @Test(arguments: Backends.all) func `control messages and descriptors travel in batches`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let (a, b) = try network.socketPair(.unix, .datagram)
        let (c, d) = try network.socketPair()
        #expect(
            try a.sendBatch([OutgoingMessage([1]), OutgoingMessage([2], control: [.rights([c.descriptor()])])]) == 2)
        try c.close()
        var messages = try b.receiveBatch(4, of: 4, controlCapacity: 64, deadline: .net)
        #expect(messages.map(\.descriptors.count) == [0, 1])
        messages = []
        #expect(try d.receive(1, deadline: .net) == nil)
    }

    @Test(arguments: Backends.all) func `the first message's failure is thrown, a later one ends the batch`(
        backend: TestBackend
    ) throws {
        let (a, b) = try backend.network().udpPair()
        let target = try b.localAddress()
        let (good, bad) = (
            OutgoingMessage([1], to: target), OutgoingMessage(Chunk([UInt8](repeating: 0, count: 70_000)), to: target)
        )
        #expect(try a.sendBatch([good, bad, good]) == 1)
        #expect(code { () throws(SocketError) in try a.sendBatch([bad, good]) } == .messageTooLong)
    }
}

@Suite struct `Sending files` {
    let directory = TemporaryDirectory()

    @Test(arguments: Backends.all) func `a file is sent whole`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.tcpPair()
        let bytes = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 >> 4) }
        let file = directory.file(bytes)
        defer { Process.close(file) }
        let sender = try Aside(network) { () throws(SocketError) in try a.sendFile(file) }
        #expect(try b.receiveExactly(bytes.count, deadline: .net).array == bytes)
        #expect(try sender.outcome().get() == bytes.count)
    }

    @Test(arguments: Backends.all) func `a part of a file is sent`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let file = directory.file(Array("0123456789".utf8))
        defer { Process.close(file) }
        #expect(try a.sendFile(file, offset: 3, count: 4) == 4)
        #expect(try b.receive(100, deadline: .net)?.description == "3456")
        #expect(try a.sendFile(file, offset: 8) == 2)
        #expect(try b.receive(100, deadline: .net)?.description == "89")
        #expect(try a.sendFile(file, offset: 8, count: 100) == 2)
    }

    @Test(arguments: Backends.all) func `beyond its end there is nothing to send`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        defer { keep(b) }
        let file = directory.file([1, 2])
        defer { Process.close(file) }
        #expect(try a.sendFile(file, offset: 2) == 0)
        #expect(try a.sendFile(file, offset: 1000) == 0)
        #expect(try a.sendFile(file, count: 0) == 0)
    }

    /// Those of /proc have no length, and the kernel maps none of them.
    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess)) func `a file without a length is sent, too`(
        backend: TestBackend
    ) throws {
        let (a, b) = try backend.network().socketPair()
        let file = Process.open("/proc/version")
        defer { Process.close(file) }
        let count = try a.sendFile(file)
        #expect(count > 0)
        #expect(try b.receive(10_000, deadline: .net)?.description.hasPrefix("Linux version") == true)
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess), ["/tmp", "pipe"])
    func `what is no file is refused`(backend: TestBackend, what: String) throws {
        let (a, b) = try backend.network().socketPair()
        defer { keep(b) }
        let (reader, writer) = Process.pipe()
        let file = what == "pipe" ? reader : Process.open(what)
        defer { for number in Set([reader, writer, file]) { Process.close(number) } }
        #expect(code { () throws(SocketError) in try a.sendFile(file) } == .invalidArgument)
    }

    @Test(arguments: Backends.all) func `what cannot be sent is refused`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        defer { keep(b) }
        let file = directory.file([1, 2])
        defer { Process.close(file) }
        #expect(code { () throws(SocketError) in try a.sendFile(file, offset: -1) } == .invalidArgument)
        #expect(code { () throws(SocketError) in try a.sendFile(file, count: -1) } == .invalidArgument)
        #expect(code { () throws(SocketError) in try a.sendFile(file, offset: .max) } != nil)
        #expect(code { () throws(SocketError) in try a.sendFile(-1) } == .badDescriptor)
        try a.close()
        #expect(code { () throws(SocketError) in try a.sendFile(file, count: 0) } == .closed)
    }

    @Test(arguments: Backends.all) func `a peer that does not read lets the time run out`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        defer { keep(b) }
        let file = directory.file([UInt8](repeating: 1, count: 5_000_000))
        defer { Process.close(file) }
        let error = failure { () throws(SocketError) in try a.sendFile(file, deadline: .within(.milliseconds(20))) }
        #expect(error?.code == .timedOut)
        #expect(error?.description.contains("after ") == true)
    }
}
