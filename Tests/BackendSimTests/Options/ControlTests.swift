import SocketModel
import Sockets
import Testing

@Suite struct ControlTests {
    let simulation = Simulation(seed: 4)

    private func pair(_ family: AddressFamily = .ipv4) throws -> (sender: Socket, receiver: Socket, SocketAddress) {
        let receiver = try simulation.host("b").network.socket(family, .datagram)
        let host = simulation.host("b")
        try receiver.bind(to: family == .ipv4 ? .ipv4(host.ipv4, port: 5000) : .ipv6(host.ipv6, port: 5000))
        return (try simulation.host("a").network.socket(family, .datagram), receiver, try receiver.localAddress())
    }

    @Test func sentAndReceivedOverIPv4() throws {
        let (sender, receiver, address) = try pair()
        try receiver.set(.ip.receivePacketInfo, true)
        try receiver.set(.ip.receiveTimeToLive, true)
        try receiver.set(.ip.receiveTypeOfService, true)
        try sender.sendMessage(["x"], control: [.timeToLive(7), .typeOfService(.lowDelay)], to: address)
        let host = simulation.host("b").ipv4
        let info = IPv4PacketInfo(interfaceIndex: 2, localAddress: host, destination: host)
        let message = try #require(try receiver.receiveMessage(10, controlCapacity: 200))
        #expect(message.control == [.ipv4PacketInfo(info), .timeToLive(7), .typeOfService(.lowDelay)])
    }

    @Test func sentAndReceivedOverIPv6() throws {
        let (sender, receiver, address) = try pair(.ipv6)
        try receiver.set(.ipv6.receiveHopLimit, true)
        try receiver.set(.ipv6.receiveTrafficClass, true)
        try sender.set(.ipv6.unicastHops, 9)
        try sender.sendMessage(["x"], control: [.trafficClass(8)], to: address)
        #expect(try receiver.receiveMessage(10, controlCapacity: 200)?.control == [.hopLimit(9), .trafficClass(8)])
    }

    @Test func sourceIsChosenAmongOwnAddresses() throws {
        let simulated = simulation.host("a").network
        let (receiver, sender) = (try simulated.socket(.ipv4, .datagram), try simulated.socket(.ipv4, .datagram))
        try receiver.bind(to: .ipv4(.loopback, port: 5000))
        let address = try receiver.localAddress()
        let own = IPv4Address(127, 0, 0, 5)
        try sender.sendMessage(["x"], control: [.ipv4PacketInfo(IPv4PacketInfo(localAddress: own))], to: address)
        guard case .ipv4(let source, _)? = try receiver.receiveMessage(10)?.sender else { throw Missing() }
        #expect(source == own)
        let foreign = IPv4PacketInfo(localAddress: IPv4Address(9, 9, 9, 9))
        #expect { try sender.sendMessage(["x"], control: [.ipv4PacketInfo(foreign)], to: address) } throws: {
            ($0 as? SocketError)?.errno == .networkUnreachable
        }
    }

    static let refused: [ControlMessage] = [
        .timeToLive(0), .timeToLive(256), .other(level: .ip, type: 99, bytes: [1, 2, 3, 4]),
        .other(level: .socket, type: 99, bytes: []), .transmitTime(1),
    ]

    @Test(arguments: refused) func refusesWhatIsUnknown(_ message: ControlMessage) throws {
        let (sender, _, address) = try pair()
        #expect { try sender.sendMessage(["x"], control: [message], to: address) } throws: {
            ($0 as? SocketError)?.errno == .invalidArgument
        }
    }

    @Test func stampsTheArrival() throws {
        let (sender, receiver, address) = try pair()
        try receiver.set(.socket.timestampNanoseconds, true)
        try simulation.run(for: .seconds(2))
        try sender.send("x", to: address)
        try simulation.run(for: .seconds(1))
        let message = try #require(try receiver.receiveMessage(10, controlCapacity: 100))
        #expect(message.control == [.timestampNanoseconds(Timestamp(seconds: 2, nanoseconds: 100_000))])
    }

    @Test func saysThatThereWasNoRoom() throws {
        let (sender, receiver, address) = try pair()
        try receiver.set(.ip.receiveTimeToLive, true)
        try sender.send("x", to: address)
        let message = try #require(try receiver.receiveMessage(10, controlCapacity: 8))
        #expect(message.control.isEmpty)
        #expect(message.flags.contains(.controlTruncated))
    }

    @Test func countsDrops() throws {
        let (sender, receiver, address) = try pair()
        try receiver.set(.socket.receiveBufferSize, 1)
        try receiver.set(.socket.countDrops, true)
        for _ in 0..<5 { try sender.send("x", to: address) }
        try simulation.run(for: .seconds(1))
        // 2,304 bytes hold two of 832.
        for _ in 0..<2 { #expect(try receiver.receiveMessage(10, controlCapacity: 100)?.control == []) }
        try sender.send("y", to: address)
        #expect(try receiver.receiveMessage(10, controlCapacity: 100)?.control == [.droppedDatagrams(3)])
    }
}

struct Missing: Error {}
