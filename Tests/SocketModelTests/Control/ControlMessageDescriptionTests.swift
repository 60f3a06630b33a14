import SocketModel
import Testing

@Suite struct ControlMessageDescriptionTests {
    private static let loopback: [UInt8] = [2, 0, 0, 80, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    private static let refused = ExtendedError(
        errno: .connectionRefused, origin: .icmp, type: 3, code: 3, offender: loopback)
    private static let stamp = Timestamp(seconds: 1, nanoseconds: 2)

    static let rows: [(value: any Sendable, text: String)] = [
        (ControlMessage.ipv4Error(refused), "ipv4Error(ECONNREFUSED, ICMP type 3 code 3, from 127.0.0.1)"),
        (
            ExtendedError(errno: .messageTooLong, origin: .local, info: 1400, offender: .init(repeating: 0, count: 16)),
            "EMSGSIZE, local, MTU 1400"
        ),
        (
            ExtendedError(errno: Errno(rawValue: 0), origin: .zeroCopy, info: 3, data: 5),
            "errno 0, zero copy sends 3...5"
        ),
        (ExtendedError(errno: Errno(rawValue: 999), origin: .init(rawValue: 99)), "errno 999, origin 99"),
        (ControlMessage.rights([3, 4]), "rights([3, 4])"),
        (ControlMessage.securityLabel([1, 0xab]), "securityLabel(01ab)"),
        (ControlMessage.originalDestination(loopback), "originalDestination(127.0.0.1:80)"),
        (ControlMessage.typeOfService(.expeditedForwarding), "typeOfService(DSCP 46, ECN 0)"),
        (ControlMessage.mark(255), "mark(0xff)"),
        (IPv4PacketInfo(interfaceIndex: 1, localAddress: .loopback, destination: .loopback), "127.0.0.1, interface 1"),
        (
            IPv4PacketInfo(localAddress: .loopback, destination: .broadcast),
            "127.0.0.1, any interface, sent to 255.255.255.255"
        ),
        (stamp, "1.000000002 s"), (Timestamp(seconds: -1, nanoseconds: 500_000_000), "-0.500000000 s"),
        (Timestamp(seconds: .min, nanoseconds: 0), "-9223372036854775808.000000000 s"),
        (PacketTimestamps(software: stamp, hardware: Timestamp(seconds: 0, nanoseconds: 0)), "software 1.000000002 s"),
        (NetworkInterface(index: 1, name: "lo"), "lo (1)"),
    ]

    @Test("Control messages and what they carry read well", arguments: rows.indices)
    func describes(row: Int) { #expect("\(Self.rows[row].value)" == Self.rows[row].text) }

    @Test(
        "Who caused an error is an address where the bytes are one, and any bytes do no harm",
        arguments: [
            ([], nil), ([2], nil), ([UInt8](repeating: 0, count: 16), nil),
            (loopback, .ipv4(.loopback, port: 80)),
        ] as [([UInt8], SocketAddress?)])
    func readsTheOffender(bytes: [UInt8], address: SocketAddress?) {
        #expect(ExtendedError(errno: .connectionRefused, origin: .icmp, offender: bytes).offenderAddress == address)
    }
}
