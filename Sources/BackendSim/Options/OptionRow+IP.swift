internal import SocketModel

// IPPROTO_IP: `net/ipv4/ip_sockglue.c`. IPv6 sockets have them, too.
extension OptionRow {
    private static let both: SocketKinds = [.tcp, .udp]

    static let ipRows: [OptionRow] =
        [
            // The last two bits belong to TCP's congestion notification.
            ip(1, "IP_TOS", .tcp, .number { value throws(Errno) in Int64(value & 0xFC) }),
            ip(1, "IP_TOS", .udp, .number { value throws(Errno) in Int64(value & 0xFF) }),
            ip(2, "IP_TTL", both, .orInitial(1...255), initial: 64),
            ip(3, "IP_HDRINCL", both, .readOnly),
            ip(4, "IP_OPTIONS", both, .live, reading: .bytes([])),
            ip(5, "IP_ROUTER_ALERT", both, .error(.invalidArgument)),
            // No packet has options, so that none are told.
            ip(6, "IP_RECVOPTS", both, .flag),
            ip(7, "IP_RETOPTS", both, .flag),
            ip(8, "IP_PKTINFO", both, .flag),
            ip(9, "IP_PKTOPTIONS", .tcp, .readOnly, reading: .bytes([])),
            ip(10, "IP_MTU_DISCOVER", both, .integer(0...5), initial: 1),
            ip(11, "IP_RECVERR", both, .refused(.protocolNotAvailable)),
            ip(12, "IP_RECVTTL", both, .flag),
            ip(13, "IP_RECVTOS", both, .flag),
            ip(14, "IP_MTU", both, .readOnly, reading: .error(.socketNotConnected)),
            ip(15, "IP_FREEBIND", both, .flag, minimum: 1),
            ip(16, "IP_IPSEC_POLICY", both, .error(.protocolNotAvailable), reading: .error(.protocolNotAvailable)),
            ip(17, "IP_XFRM_POLICY", both, .error(.protocolNotAvailable), reading: .error(.protocolNotAvailable)),
            ip(18, "IP_PASSSEC", both, .refused(.protocolNotAvailable)),
            ip(19, "IP_TRANSPARENT", both, .refused(.notPermitted), minimum: 1),
            ip(20, "IP_RECVORIGDSTADDR", both, .flag),
            ip(21, "IP_MINTTL", both, .refused(.protocolNotAvailable), minimum: 1),
            ip(22, "IP_NODEFRAG", both, .readOnly),
            ip(23, "IP_CHECKSUM", both, .refused(.protocolNotAvailable)),
            ip(24, "IP_BIND_ADDRESS_NO_PORT", both, .flag),
            ip(25, "IP_RECVFRAGSIZE", .tcp, .error(.invalidArgument)),
            ip(25, "IP_RECVFRAGSIZE", .udp, .refused(.protocolNotAvailable)),
            ip(26, "IP_RECVERR_RFC4884", both, .refused(.protocolNotAvailable)),
            ip(32, "IP_MULTICAST_IF", .tcp, .error(.invalidArgument), reading: .integer),
            ip(32, "IP_MULTICAST_IF", .udp, .live, reading: .integer),
            ip(33, "IP_MULTICAST_TTL", .tcp, .error(.invalidArgument), initial: 1),
            ip(33, "IP_MULTICAST_TTL", .udp, .orInitial(0...255), initial: 1, minimum: 1),
            ip(34, "IP_MULTICAST_LOOP", both, .flag, initial: 1, minimum: 1),
            ip(49, "IP_MULTICAST_ALL", .ipv4, .strictFlag, initial: 1, minimum: 1),
            ip(49, "IP_MULTICAST_ALL", .ipv6, .strictFlag, minimum: 1),
            ip(50, "IP_UNICAST_IF", both, .refused(.addressNotAvailable), minimum: 4, maximum: 4),
            ip(51, "IP_LOCAL_PORT_RANGE", both, .number(portRange), minimum: 4, maximum: 4),
            ip(52, "IP_PROTOCOL", both, .readOnly),
        ] + groupRows

    private static let groupNames: [(Int32, StaticString)] = [
        (35, "IP_ADD_MEMBERSHIP"), (36, "IP_DROP_MEMBERSHIP"), (37, "IP_UNBLOCK_SOURCE"), (38, "IP_BLOCK_SOURCE"),
        (39, "IP_ADD_SOURCE_MEMBERSHIP"), (40, "IP_DROP_SOURCE_MEMBERSHIP"), (41, "IP_MSFILTER"),
        (42, "MCAST_JOIN_GROUP"), (43, "MCAST_BLOCK_SOURCE"), (44, "MCAST_UNBLOCK_SOURCE"), (45, "MCAST_LEAVE_GROUP"),
        (46, "MCAST_JOIN_SOURCE_GROUP"), (47, "MCAST_LEAVE_SOURCE_GROUP"), (48, "MCAST_MSFILTER"),
    ]

    private static let groupRows = groupNames.flatMap { name, cName in
        // Reading the two filters needs more than a name and a length.
        let reading = OptionReading.error(name == 41 || name == 48 ? .invalidArgument : .protocolNotAvailable)
        return [
            ip(name, cName, .udp, .live, reading: reading),
            ip(name, cName, .tcp, .error(name <= 36 ? .protocolError : .invalidArgument), reading: reading),
        ]
    }

    /// Two ports, the first one in the lower half; 0 leaves an end as it is.
    private static func portRange(_ value: Int32) throws(Errno) -> Int64 {
        let (first, last) = (UInt32(bitPattern: value) & 0xFFFF, UInt32(bitPattern: value) >> 16)
        if first != 0, last != 0, first > last { throw .invalidArgument }
        return Int64(value)
    }

    private static func ip(
        _ name: Int32, _ cName: StaticString, _ kinds: SocketKinds, _ rule: OptionRule, initial: Int64 = 0,
        reading: OptionReading? = nil, minimum: Int? = nil, maximum: Int = .max
    ) -> OptionRow {
        OptionRow(
            .ip, name, cName, kinds, rule, initial: initial, reading: reading, minimum: minimum, maximum: maximum)
    }
}
