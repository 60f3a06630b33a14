/// Options of UDP: level `IPPROTO_UDP`, `UDP_*`. Reached as `.udp`.
public struct UDPOptions: Sendable {
    /// Gathers sends into one datagram until cleared. `UDP_CORK`.
    public let cork = option(Bool.self, 1, "UDP_CORK", kinds: [.udp, .udpLite])
    /// What the datagrams encapsulate, for the kernel to take out: `UDP_ENCAP_*`, 0 nothing. `UDP_ENCAP`.
    public let encapsulation = option(Int.self, 100, "UDP_ENCAP")
    /// Sends over IPv6 without a checksum (RFC 6935). `UDP_NO_CHECK6_TX`.
    public let noChecksumSent = option(Bool.self, 101, "UDP_NO_CHECK6_TX")
    /// Receives over IPv6 without a checksum (RFC 6935). `UDP_NO_CHECK6_RX`.
    public let noChecksumReceived = option(Bool.self, 102, "UDP_NO_CHECK6_RX")
    /// Splits every send into datagrams of this many bytes, 1...65535; 0 is off. `UDP_SEGMENT`.
    public let segmentSize = option(Int.self, 103, "UDP_SEGMENT")
    /// Receives several datagrams of a flow as one, as ``ControlMessage/udpReceiveSegmentSize(_:)`` (Linux 5.0).
    /// `UDP_GRO`.
    public let receiveOffload = option(Bool.self, 104, "UDP_GRO")

    static let shared = UDPOptions()

    private static func option<Value>(
        _ type: Value.Type, _ name: Int32, _ cName: StaticString, kinds: SocketKinds = .udp
    ) -> SocketOption<Value> {
        SocketOption(level: .udp, name: name, cName: cName, .readWrite, kinds: kinds)
    }
}

/// Options of UDP-Lite (RFC 3828): level `IPPROTO_UDPLITE`. Reached as `.udpLite`.
public struct UDPLiteOptions: Sendable {
    /// Bytes the checksum of sent datagrams covers, 8...65535; 0 is all of them. `UDPLITE_SEND_CSCOV`.
    public let sendCoverage = option(Int.self, 10, "UDPLITE_SEND_CSCOV")
    /// The least coverage to accept, 8...65535 bytes; 0 is all of them. `UDPLITE_RECV_CSCOV`.
    public let receiveCoverage = option(Int.self, 11, "UDPLITE_RECV_CSCOV")

    static let shared = UDPLiteOptions()

    private static func option<Value>(_ type: Value.Type, _ name: Int32, _ cName: StaticString) -> SocketOption<Value> {
        SocketOption(level: .udpLite, name: name, cName: cName, .readWrite, kinds: .udpLite)
    }
}

/// Filters of raw ICMP sockets. Reached as `.icmp`.
public struct ICMPOptions: Sendable {
    /// ICMP types not to receive: bit n set blocks type n, 0...31. Level `SOL_RAW`, `ICMP_FILTER`.
    public let filter = SocketOption<UInt32>(
        level: .raw, name: 1, cName: "ICMP_FILTER", .readWrite, kinds: .raw4)
    /// ICMPv6 types not to receive. Level `IPPROTO_ICMPV6`, `ICMP6_FILTER`.
    public let filterIPv6 = SocketOption<ICMPv6Filter>(
        level: .icmpv6, name: 1, cName: "ICMP6_FILTER", .readWrite, kinds: .raw6)

    static let shared = ICMPOptions()
}

extension SocketOption {
    /// Options of UDP: `UDP_*`.
    public static var udp: UDPOptions { .shared }
    /// Options of UDP-Lite: `UDPLITE_*`.
    public static var udpLite: UDPLiteOptions { .shared }
    /// Filters of raw ICMP sockets: `ICMP_FILTER`, `ICMP6_FILTER`.
    public static var icmp: ICMPOptions { .shared }
}
