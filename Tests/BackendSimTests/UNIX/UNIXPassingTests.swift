import Sockets
import TestSupport
import Testing

@Suite struct `Passing sockets and credentials` {
    private let simulation = Simulation(seed: 5)
    private static let room = ControlMessage.capacity(for: [.rights(2)])

    @Test(arguments: [SocketType.stream, .datagram, .sequencedPacket])
    func `a passed socket is adopted and works`(type: SocketType) throws {
        try compare { ground in
            let (a, b) = ground.pair(type)
            let (c, d) = ground.pair()
            ground.pass(a, [1, 2], [c, c])
            ground.close(c)
            ground.send(d, [7])
            let descriptors = ground.message(b, room: Self.room)?.descriptors ?? []
            guard let number = descriptors.last?.take() else { return }
            let adopted = ground.step("adopt") { () throws(SocketError) in
                try ground.network.adopt(descriptor: number)
            }
            guard let adopted else { return }
            ground.receive(adopted)
            ground.send(adopted, [8])
            ground.receive(d)
            ground.close(adopted)
            ground.receive(d)
        }
    }

    @Test(arguments: [SocketType.stream, .datagram], [0, 16, 19, 20, 24, 100])
    func `sockets that find no room, or that nobody takes, are closed`(type: SocketType, room: Int) throws {
        try compare { ground in
            let (a, b) = ground.pair(type)
            let (c, d) = ground.pair()
            ground.pass(a, [1, 2], [c, c, c])
            ground.close(c)
            ground.receive(d)
            ground.message(b, room: room, flags: .peek)
            ground.message(b, 1, room: room)
            ground.receive(d)
            ground.close(b)
            ground.receive(d)
        }
    }

    @Test func `a stream's receives end at passed sockets`() throws {
        try compare { ground in
            let (a, b) = ground.pair()
            let (c, d) = ground.pair()
            for _ in 0..<3 {
                ground.send(a, [1, 2])
                ground.pass(a, [3, 4], [c])
                ground.send(a, [5])
            }
            ground.message(b, room: Self.room, flags: .peek)
            ground.message(b, 3, room: Self.room)
            ground.message(b, room: Self.room)
            for _ in 0..<4 { ground.receive(b) }
            ground.pass(a, [], [c])
            ground.receive(b)
            keep(d)
        }
    }

    @Test(arguments: [5, 6]) func `a message that is to be whole is received past passed sockets`(count: Int) throws {
        try compare { ground in
            let (a, b) = ground.pair()
            let (c, d) = ground.pair()
            ground.send(a, [1, 2])
            ground.pass(a, [3], [c])
            ground.send(a, [4, 5])
            ground.shut(a, .send)
            ground.step("whole") { () throws(SocketError) in
                try b.receiveMessage(count, controlCapacity: 100, flags: .waitForAll, deadline: .net)
            }
            var memory: [[UInt8]] = [[0], [], [0, 0]]
            ground.send(d, [1, 2, 3])
            ground.step("scattered") { () throws(SocketError) in
                try c.receiveMessage(into: &memory, flags: .waitForAll, deadline: .net)?.count
            }
            ground.step("memory") { () throws(SocketError) in memory }
        }
    }

    @Test func `a socket in flight holds what it is`() throws {
        try compare { ground in
            let (a, b) = ground.pair()
            let (c, d) = ground.pair()
            ground.pass(a, [1], [c])
            ground.close(c)
            ground.receive(d)
            ground.close(a)
            ground.receive(d)
            ground.close(b)
            ground.receive(d)
        }
    }

    @Test func `what cannot be passed is refused`() throws {
        try compare { ground in
            let (a, b) = ground.pair()
            for control: ControlMessage in [
                .rights([-1]), .rights([.max]), .rights([]), .timeToLive(3), .mark(3),
                .other(level: .socket, type: 9, bytes: []),
                .other(level: .ipv6, type: 9, bytes: []),
            ] {
                ground.step("send \(control)") { () throws(SocketError) in
                    try a.sendMessage([[1]], control: [control], deadline: .immediate)
                }
            }
            ground.message(b, room: 64)
        }
    }

    @Test(arguments: [SocketType.stream, .datagram, .sequencedPacket], [0, 15, 16, 20, 28, 32])
    func `credentials come to whom asks for them`(type: SocketType, room: Int) throws {
        try compare { ground in
            let (a, b) = ground.pair(type)
            ground.send(a, [1])
            ground.step("ask") { () throws(SocketError) in try b.set(.socket.passCredentials, true) }
            ground.send(a, [2])
            ground.send(a, [3])
            ground.message(b, room: room, flags: .peek)
            for _ in 0..<3 { ground.message(b, 1, room: room) }
            ground.send(b, [4])
            ground.names(b)
            ground.message(a, room: room)
            for socket in [a, b] {
                ground.step("peer") { () throws(SocketError) in try socket.get(.socket.peerCredentials) }
            }
        }
    }

    @Test func `connections have credentials from both sides, and inherit who asks`() throws {
        try compare { ground in
            let (listener, client) = (ground.open(), ground.open())
            ground.bind(listener, "a")
            ground.step("ask") { () throws(SocketError) in try listener.set(.socket.passCredentials, true) }
            ground.listen(listener)
            ground.connect(client, "a")
            ground.send(client, [1])
            guard let server = ground.accept(listener) else { return }
            ground.message(server, room: 32)
            for socket in [listener, client, server, ground.open()] {
                ground.step("peer") { () throws(SocketError) in try socket.get(.socket.peerCredentials) }
                ground.step("listens") { () throws(SocketError) in try socket.get(.socket.isListening) }
            }
        }
    }

    @Test func `sockets that nobody can receive any more are closed`() throws {
        let network = simulation.host("host").network
        let (a, b) = try network.socketPair()
        let (c, d) = try network.socketPair()
        try a.send("x", passing: [b, c])
        try c.close()
        try b.close()
        // b waits in its own queue, and c with it.
        #expect(code { () throws(SocketError) in try a.send("x") } == .brokenPipe)
        #expect(try d.receive(1, deadline: .immediate) == nil)
    }

    @Test func `a simulated process is nobody else`() throws {
        let (a, b) = try simulation.host("host").network.socketPair()
        let own = try b.get(.socket.peerCredentials)
        #expect(own.processID > 0)
        let other = PeerCredentials(processID: 1, userID: 0, groupID: 0)
        #expect(
            failure { () throws(SocketError) in try a.sendMessage(["x"], control: [.credentials(other)]) }?.errno
                == .notPermitted)
        try b.set(.socket.passCredentials, true)
        try a.sendMessage(["x"], control: [.credentials(own)])
        #expect(try b.receiveMessage(1, controlCapacity: 64)?.control == [.credentials(own)])
    }
}
