import SocketModel
import Sockets
import Testing

@Suite struct DatagramOptionTests {
    let simulation = Simulation(seed: 5)

    private func pair() throws -> (sender: Socket, receiver: Socket) {
        let receiver = try simulation.host("b").network.socket(.ipv4, .datagram)
        try receiver.bind(to: .ipv4(simulation.host("b").ipv4, port: 5000))
        let sender = try simulation.host("a").network.socket(.ipv4, .datagram)
        try sender.connect(to: try receiver.localAddress())
        return (sender, receiver)
    }

    @Test func pathMTU() throws {
        let (sender, receiver) = try pair()
        #expect(try sender.get(.ip.pathMTU) == 1500)
        let large = Chunk([UInt8](repeating: 1, count: 1473))
        _ = try sender.send(large)
        #expect(try receiver.receive(2000)?.count == 1473)
        try sender.set(.ip.pathMTUDiscovery, .always)
        #expect { try sender.send(large) } throws: { ($0 as? SocketError)?.errno == .messageTooLong }
        _ = try sender.send(Chunk([UInt8](repeating: 1, count: 1472)))
        #expect(try receiver.receive(2000)?.count == 1472)
    }

    @Test func loopbackTakesWhatADatagramHolds() throws {
        let socket = try simulation.host("a").network.socket(.ipv4, .datagram)
        #expect { try socket.get(.ip.pathMTU) } throws: { ($0 as? SocketError)?.errno == .socketNotConnected }
        try socket.connect(to: .ipv4(.loopback, port: 9))
        try socket.set(.ip.pathMTUDiscovery, .always)
        #expect(try socket.get(.ip.pathMTU) == 65535)
        #expect(try socket.send(Chunk([UInt8](repeating: 1, count: 65507))) == 65507)
    }

    @Test func corkGathers() throws {
        let (sender, receiver) = try pair()
        try sender.set(.udp.cork, true)
        _ = try sender.send("one")
        _ = try sender.send("two")
        try simulation.run(for: .seconds(1))
        try sender.set(.udp.cork, false)
        #expect(try receiver.receive(100) == Chunk("onetwo"))
        _ = try sender.send("a", flags: [.more])
        _ = try sender.send("b")
        #expect(try receiver.receive(100) == Chunk("ab"))
    }

    @Test func segmentsSplit() throws {
        let (sender, receiver) = try pair()
        try sender.set(.udp.segmentSize, 3)
        _ = try sender.send("abcdefg")
        for part in ["abc", "def", "g"] { #expect(try receiver.receive(100) == Chunk(part)) }
    }

    @Test func peeksGoOn() throws {
        let (sender, receiver) = try pair()
        try receiver.set(.socket.peekOffset, 1)
        for part in ["abc", "def"] { _ = try sender.send(Chunk(part)) }
        try simulation.run(for: .seconds(1))
        for part in ["bc", "def"] { #expect(try receiver.receive(100, flags: [.peek]) == Chunk(part)) }
        #expect(try receiver.receive(100) == Chunk("abc"))
        #expect(try receiver.get(.socket.peekOffset) == 3)
    }

    @Test func portsComeFromTheRange() throws {
        let socket = try simulation.host("a").network.socket(.ipv4, .datagram)
        try socket.set(.ip.localPortRange, LocalPortRange(lowest: 40000, highest: 40001))
        try socket.bind(to: .ipv4(.loopback, port: 0))
        #expect((40000...40001).contains(try socket.localAddress().port ?? 0))
    }
}
