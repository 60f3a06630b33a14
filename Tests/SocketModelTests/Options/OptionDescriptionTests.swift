import SocketModel
import Testing

@Suite struct OptionDescriptionTests {
    static let rows: [(value: any SocketOptionValue, text: String)] = [
        (UnicastInterface(index: 0), "any interface"), (UnicastInterface(index: 3), "interface 3"),
        (LocalPortRange(lowest: 0, highest: 0), "the system's"),
        (LocalPortRange(lowest: 40000, highest: 50000), "40000...50000"),
        (PathMTUDiscovery.never, "never"), (PathMTUDiscovery(rawValue: 99), "99"),
        (PathMTUDiscovery(rawValue: -1), "-1"),
        (TypeOfService.expeditedForwarding, "DSCP 46, ECN 0"),
        (BufferLocks([]), "[]"), (BufferLocks([.send, .receive]), "[send, receive]"),
        (BufferLocks(rawValue: 9), "[send, 0x8]"),
        (AddressPreferences([.publicAddress, .home]), "[publicAddress, home]"),
        (ICMPv6Filter.passAll, "passes all"), (ICMPv6Filter.blockAll, "blocks all"),
        (Timestamping([.receiveSoftware, .transmitCompleted]), "[receiveSoftware, transmitCompleted]"),
        (TransmitTime(clock: 1, flags: .deadline), "clock 1, [deadline]"),
        (PeerCredentials(processID: 17, userID: 1000, groupID: 100), "pid 17, uid 1000, gid 100"),
        (PathMTU(destination: .loopback, mtu: 1280), "1280 bytes to ::1"),
        (PathMTU(destination: .loopback, scope: 2, mtu: 1280), "1280 bytes to ::1%2"),
        (IPv6PacketInfo(address: .loopback, interfaceIndex: 2), "::1, interface 2"),
        (IPv4MulticastInterface(address: .loopback), "127.0.0.1"), (IPv4MulticastInterface(index: 2), "interface 2"),
    ]

    @Test("Options' values read well", arguments: rows.indices)
    func describes(row: Int) { #expect("\(Self.rows[row].value)" == Self.rows[row].text) }
}
