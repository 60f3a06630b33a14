import SocketModel
import Sockets
import Testing

/// Control messages over loopback, on the kernel and in a simulation: the same errors where they are sent, the same messages where they
/// arrive.
@Suite struct DifferentialControlTests {
    let simulation = Simulation()

    static let messages: [[ControlMessage]] = [
        [], [.timeToLive(0)], [.timeToLive(7)], [.timeToLive(255)], [.timeToLive(256)], [.typeOfService(.lowDelay)],
        [.hopLimit(-2)], [.hopLimit(-1)], [.hopLimit(0)], [.hopLimit(9)], [.hopLimit(256)], [.trafficClass(-1)],
        [.trafficClass(8)], [.trafficClass(256)], [.timeToLive(3), .hopLimit(4), .trafficClass(12)],
        [.ipv4PacketInfo(IPv4PacketInfo(localAddress: IPv4Address(127, 0, 0, 5)))],
        [.ipv4PacketInfo(IPv4PacketInfo(localAddress: IPv4Address(9, 9, 9, 9)))],
        [.ipv4PacketInfo(IPv4PacketInfo(interfaceIndex: 99))], [.ipv4PacketInfo(IPv4PacketInfo(interfaceIndex: 1))],
        [.ipv6PacketInfo(IPv6PacketInfo(address: .loopback))],
        [.ipv6PacketInfo(IPv6PacketInfo(address: IPv6Address(high: 0xfd00 << 48, low: 0xffff)))],
        [.ipv6PacketInfo(IPv6PacketInfo(address: .any, interfaceIndex: 99))],
        [.other(level: .ip, type: 99, bytes: [1, 2, 3, 4])], [.other(level: .ipv6, type: 99, bytes: [1, 2, 3, 4])],
        [.other(level: .ipv6, type: 62, bytes: [2, 0, 0, 0])], [.other(level: .ipv6, type: 62, bytes: [1, 0, 0, 0])],
        [.other(level: .socket, type: 99, bytes: [1, 2, 3, 4])], [.other(level: .tcp, type: 2, bytes: [1, 2, 3, 4])],
        [.other(level: .udp, type: 99, bytes: [1, 2, 3, 4])], [.udpSegmentSize(0)], [.udpSegmentSize(1)],
        [.transmitTime(1)], [.priority(3)],
    ]

    enum Way: String, CaseIterable { case ipv4, ipv6, mapped }

    @Test(arguments: Way.allCases) func agreesWithTheKernel(_ way: Way) throws {
        let kernel = try outcomes(try Network(.posix), way)
        let simulated = try outcomes(simulation.host("a").network, way)
        for (index, (expected, found)) in zip(kernel, simulated).enumerated() {
            #expect(expected == found, "\(Self.messages[index])")
        }
    }

    @Test func streamsLookAtOneLevelOnly() throws {
        let kernel = try streamOutcomes(try Network(.posix))
        let simulated = try streamOutcomes(simulation.host("a").network)
        for (index, (expected, found)) in zip(kernel, simulated).enumerated() {
            #expect(expected == found, "\(Self.messages[index])")
        }
    }

    private func streamOutcomes(_ network: Network) throws -> [String] {
        let listener = try network.listen("127.0.0.1:0")
        let client = try network.connect(to: try listener.localAddress())
        return Self.messages.map { control in outcome { _ = try client.sendMessage(["x"], control: control) } }
    }

    /// What each send comes to: its error, or what the receiver is told.
    private func outcomes(_ network: Network, _ way: Way) throws -> [String] {
        let family: AddressFamily = way == .ipv4 ? .ipv4 : .ipv6
        let own: SocketAddress =
            switch way {
            case .ipv4: .ipv4(.loopback, port: 0)
            case .ipv6: .ipv6(.loopback, port: 0)
            case .mapped: SocketAddress.ipv4(.loopback, port: 0).mapped
            }
        let receiver = try network.socket(family, .datagram)
        try receiver.bind(to: own)
        try report(receiver, isIPv6: way != .ipv4)
        let address = try receiver.localAddress()
        let sender = try network.socket(family, .datagram)
        return try Self.messages.map { control in
            let sent = outcome { _ = try sender.sendMessage(["x"], control: control, to: address) }
            guard sent == "ok" else { return sent }
            let message = try receiver.receiveMessage(10, controlCapacity: 500)
            return "\(message?.sender?.ip.map { "\($0)" } ?? "-") \(message?.control ?? [])"
        }
    }

    private func report(_ receiver: Socket, isIPv6: Bool) throws {
        try receiver.set(.ip.receivePacketInfo, true)
        try receiver.set(.ip.receiveTimeToLive, true)
        try receiver.set(.ip.receiveTypeOfService, true)
        guard isIPv6 else { return }
        try receiver.set(.ipv6.receivePacketInfo, true)
        try receiver.set(.ipv6.receiveHopLimit, true)
        try receiver.set(.ipv6.receiveTrafficClass, true)
    }

    private func outcome(_ send: () throws -> Void) -> String {
        do {
            try send()
            return "ok"
        } catch {
            return (error as? SocketError)?.errno.map { "\($0)" } ?? "\(error)"
        }
    }
}
