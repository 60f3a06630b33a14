import Sockets
import TestSupport
import Testing

@Suite struct `Datagrams` {
    @Test(arguments: Backends.all, [SocketAddress.loopback4, .loopback6]) func `a datagram brings its sender's address`(
        backend: TestBackend, address: SocketAddress
    ) throws {
        let (a, b) = try backend.network().udpPair(address)
        #expect(try a.send("ping", to: b.localAddress()) == 4)
        let received = try #require(try b.receiveFrom(100, deadline: .net))
        #expect(received.bytes.description == "ping")
        #expect(try received.sender == a.localAddress())
        var memory = [UInt8](repeating: 0, count: 8)
        try b.send("pong", to: try #require(received.sender))
        let answer = try #require(try a.receiveFrom(into: &memory, deadline: .net))
        #expect(answer.count == 4)
        #expect(try answer.sender == b.localAddress())
        #expect(memory == Array("pong".utf8) + [0, 0, 0, 0])
    }

    /// A socket that may have one port alone, which another has.
    private func socketWithoutPort(_ network: Network) throws -> (socket: Socket, holder: Socket, target: SocketAddress)
    {
        let holder = try network.udp()
        let target = try holder.localAddress()
        let port = try #require(target.port)
        let socket = try network.socket(.ipv4, .datagram)
        try socket.set(.ip.localPortRange, LocalPortRange(lowest: port, highest: port))
        return (socket, holder, target)
    }

    @Test(arguments: Backends.all) func `who finds no local port to send from does not wait for one`(
        backend: TestBackend
    ) throws {
        let (socket, holder, target) = try socketWithoutPort(backend.network())
        #expect(code { () throws(SocketError) in try socket.send("x", to: target) } == .wouldBlock)
        let message = OutgoingMessage("x", to: target)
        #expect(code { () throws(SocketError) in try socket.sendBatch([message]) } == .wouldBlock)
        keep(holder)
    }

    @Test(arguments: Setting.all) func `nor does a task`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (socket, holder, target) = try socketWithoutPort(network)
            try await setting.place.run(network) {
                #expect(await awaitedCode { try await socket.send("x", to: target) } == .wouldBlock)
                let message = OutgoingMessage("x", to: target)
                #expect(await awaitedCode { try await socket.sendBatch([message]) } == .wouldBlock)
            }
            keep(holder)
        }
    }

    @Test(arguments: Backends.all) func `an empty datagram is an empty chunk, not the end`(backend: TestBackend) throws
    {
        let (a, b) = try backend.network().udpPair()
        let target = try b.localAddress()
        for _ in 0..<5 { try a.send("", to: target) }
        #expect(try b.receive(9, deadline: .net) == Chunk())
        #expect(try b.receiveFrom(9, deadline: .net)?.bytes == Chunk())
        var memory = [UInt8](repeating: 0, count: 8)
        #expect(try b.receive(into: &memory, deadline: .net) == 0)
        #expect(try b.receiveMessage(9, deadline: .net)?.bytes == Chunk())
        #expect(try b.receiveBatch(2, of: 9, deadline: .net).map(\.bytes) == [Chunk()])
    }

    @Test(arguments: Backends.all) func `an empty record of a sequence of packets is not the end`(backend: TestBackend)
        throws
    {
        let (a, b) = try backend.network().socketPair(.unix, .sequencedPacket)
        _ = try a.send("")
        #expect(try b.receive(9, deadline: .net) == Chunk())
        _ = try a.send("")
        _ = try a.send("x")
        try a.close()
        #expect(try b.receive(9, deadline: .net) == Chunk())
        #expect(try b.receive(9, deadline: .net)?.description == "x")
        #expect(try b.receive(9, deadline: .net) == nil)
    }

    @Test(arguments: Backends.all) func `what does not fit is lost, and told`(backend: TestBackend) throws {
        let (a, b) = try backend.network().udpPair()
        try a.send("abcdef", to: b.localAddress())
        let message = try #require(try b.receiveMessage(4, deadline: .net))
        #expect(message.bytes.description == "abcd")
        #expect(message.isTruncated)
        #expect(message.fullLength == 4)
        try a.send("abcdef", to: b.localAddress())
        let whole = try #require(try b.receiveMessage(4, flags: .truncated, deadline: .net))
        #expect(whole.bytes.description == "abcd")
        #expect(whole.fullLength == 6)
        try a.send("abc", to: b.localAddress())
        #expect(try b.receiveMessage(4, deadline: .net)?.isTruncated == false)
    }

    @Test(arguments: Backends.all) func `a connected datagram socket needs no address`(backend: TestBackend) throws {
        let (a, b) = try backend.network().udpPair()
        try a.connect(to: b.localAddress())
        #expect(try a.peerAddress() == b.localAddress())
        #expect(try a.send("x") == 1)
        #expect(try b.receive(4, deadline: .net)?.description == "x")
    }

    @Test(arguments: Backends.all) func `connecting to no address undoes it`(backend: TestBackend) throws {
        let (a, b) = try backend.network().udpPair()
        try a.connect(to: b.localAddress())
        try a.connect(to: .unspecified)
        #expect(code { () throws(SocketError) in try a.peerAddress() } == .notConnected)
    }

    @Test(arguments: Backends.all) func `a datagram to nobody is told at the next call`(backend: TestBackend) throws {
        let network = try backend.network()
        let socket = try network.udp()
        try socket.connect(to: network.vacantAddress())
        _ = try socket.send("x")
        #expect(code { () throws(SocketError) in try socket.receive(1, deadline: .net) } == .connectionRefused)
    }

    @Test(arguments: Backends.all) func `a datagram that is too long is refused`(backend: TestBackend) throws {
        let (a, b) = try backend.network().udpPair()
        let target = try b.localAddress()
        let error = failure { () throws(SocketError) in try a.send([UInt8](repeating: 0, count: 70_000), to: target) }
        #expect(error?.code == .messageTooLong)
        #expect(error?.subject == .address(target))
    }

    @Test(arguments: Backends.all) func `a broadcast needs the option`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4, .datagram)
        #expect(
            code { () throws(SocketError) in try socket.send("x", to: "<broadcast>", port: 9) } == .permissionDenied)
    }

    @Test(arguments: Backends.all) func `UNIX datagrams name their sender when it has a name`(backend: TestBackend)
        throws
    {
        let directory = TemporaryDirectory()
        let network = try backend.network()
        let (named, unnamed) = (try network.socket(.unix, .datagram), try network.socket(.unix, .datagram))
        let receiver = try network.socket(.unix, .datagram)
        try receiver.bind(to: directory.address("r"))
        try named.bind(to: directory.address("n"))
        try named.send("1", to: directory.address("r"))
        #expect(try receiver.receiveFrom(9, deadline: .net)?.sender == directory.address("n"))
        try unnamed.send("2", to: directory.address("r"))
        let anonymous = try #require(try receiver.receiveFrom(9, deadline: .net))
        #expect(anonymous.sender == nil || anonymous.sender == .unix(.unnamed))
    }

    @Test(arguments: Backends.all) func `a full receiver makes the sender wait, not fail`(backend: TestBackend) throws {
        let directory = TemporaryDirectory()
        let network = try backend.network()
        let receiver = try network.socket(.unix, .datagram)
        try receiver.bind(to: directory.address())
        let sender = try network.socket(.unix, .datagram)
        sender.mode = .nonBlocking
        while code({ () throws(SocketError) in try sender.send("x", to: directory.address()) }) == nil {}
        sender.mode = .blocking
        let waiting = try Aside(network) { () throws(SocketError) in
            try sender.send("last", to: directory.address(), deadline: .net)
        }
        waiting.awaitParked()
        var last: Chunk?
        repeat { last = try receiver.receive(9, deadline: .net) } while last?.description != "last"
        #expect(waiting.failure() == nil)
    }
}
