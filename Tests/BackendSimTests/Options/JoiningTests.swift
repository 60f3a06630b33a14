import Sockets
import Testing

/// `UDP_GRO` over links: the segments of one send are packets of their own there.
@Suite struct JoiningTests {
    private let simulation = Simulation(seed: 3)

    private func pair() throws -> (sender: Socket, receiver: Socket) {
        let receiver = try simulation.host("b").network.socket(.ipv4, .datagram)
        try receiver.bind(to: .ipv4(simulation.host("b").ipv4, port: 5000))
        try receiver.set(.udp.receiveOffload, true)
        let sender = try simulation.host("a").network.socket(.ipv4, .datagram)
        try sender.connect(to: try receiver.localAddress())
        return (sender, receiver)
    }

    /// How many bytes each message has that has come, and what it says of its segments.
    private func all(_ receiver: Socket) throws -> [(count: Int, size: Int)] {
        try simulation.run(for: .seconds(1))
        var all: [(count: Int, size: Int)] = []
        while let message = try? receiver.receiveMessage(65_536, controlCapacity: 64, deadline: .immediate) {
            var size = 0
            for case .udpReceiveSegmentSize(let told) in message.control { size = told }
            all.append((message.bytes.count, size))
        }
        return all
    }

    private func send(_ count: Int, by size: UInt16, _ sender: Socket) throws {
        try sender.sendMessage([[UInt8](repeating: 1, count: count)], control: [.udpSegmentSize(size)])
    }

    @Test func whatArrivesTogetherIsJoined() throws {
        let (sender, receiver) = try pair()
        try send(2500, by: 1000, sender)
        try send(2000, by: 1000, sender)
        let all = try all(receiver)
        #expect(all.map(\.count) == [2500, 2000])
        #expect(all.map(\.size) == [1000, 1000])
    }

    @Test func noMoreThanSixtyFourAreJoined() throws {
        let (sender, receiver) = try pair()
        try send(1000, by: 10, sender)
        #expect(try all(receiver).map(\.count) == [640, 360])
    }

    /// A segment is lost alone; those around it are joined.
    @Test func aLostSegmentIsMissing() throws {
        let (sender, receiver) = try pair()
        let fault = simulation.inject(.rule(PacketRule(.drop, .udp, skip: 1, limit: 1)))
        try send(5000, by: 1000, sender)
        #expect(try all(receiver).map(\.count) == [4000])
        fault.heal()
    }

    /// Where each takes a time of its own, hardly any arrive at one instant.
    @Test func whatArrivesOneAfterTheOtherIsNot() throws {
        let (sender, receiver) = try pair()
        let conditions = LinkConditions(latency: .uniform(.milliseconds(1)...(.milliseconds(9))))
        let fault = simulation.inject(.conditions(conditions))
        try send(20_000, by: 1000, sender)
        let all = try all(receiver)
        #expect(all.map(\.count).reduce(0, +) == 20_000)
        #expect(all.count > 1)
        fault.heal()
    }
}
