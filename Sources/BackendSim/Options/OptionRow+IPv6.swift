internal import SocketModel

// IPPROTO_IPV6: `net/ipv6/ipv6_sockglue.c`.
extension OptionRow {
    private static let both: SocketKinds = [.tcp6, .udp6]

    static let ipv6Rows: [OptionRow] =
        [
            ipv6(1, "IPV6_ADDRFORM", both, .live, reading: .error(.socketNotConnected)),
            refused(2, "IPV6_2292PKTINFO"),
            refused(3, "IPV6_2292HOPOPTS"),
            refused(4, "IPV6_2292DSTOPTS"),
            refused(5, "IPV6_2292RTHDR"),
            ipv6(6, "IPV6_2292PKTOPTIONS", both, .readOnly, reading: .error(.protocolNotAvailable), minimum: 0),
            refused(8, "IPV6_2292HOPLIMIT"),
            refused(11, "IPV6_FLOWINFO"),
            ipv6(16, "IPV6_UNICAST_HOPS", both, .orInitial(0...255), initial: 64),
            ipv6(17, "IPV6_MULTICAST_IF", .tcp6, .readOnly, minimum: 0),
            ipv6(17, "IPV6_MULTICAST_IF", .udp6, .number(interface)),
            ipv6(18, "IPV6_MULTICAST_HOPS", .tcp6, .readOnly, initial: 1, minimum: 0),
            ipv6(18, "IPV6_MULTICAST_HOPS", .udp6, .orInitial(0...255), initial: 1),
            ipv6(19, "IPV6_MULTICAST_LOOP", both, .strictFlag, initial: 1),
            ipv6(22, "IPV6_ROUTER_ALERT", both, .readOnly),
            ipv6(23, "IPV6_MTU_DISCOVER", both, .integer(0...5), initial: 1),
            ipv6(24, "IPV6_MTU", both, .live, reading: .error(.socketNotConnected)),
            refused(25, "IPV6_RECVERR"),
            ipv6(26, "IPV6_V6ONLY", both, .flag),
            ipv6(27, "IPV6_JOIN_ANYCAST", both, .readOnly, reading: .error(.protocolNotAvailable)),
            ipv6(28, "IPV6_LEAVE_ANYCAST", both, .readOnly, reading: .error(.protocolNotAvailable)),
            ipv6(29, "IPV6_MULTICAST_ALL", both, .flag, initial: 1),
            // No packet asks for a router's attention.
            ipv6(30, "IPV6_ROUTER_ALERT_ISOLATE", both, .flag),
            refused(31, "IPV6_RECVERR_RFC4884"),
            ipv6(32, "IPV6_FLOWLABEL_MGR", both, .error(.invalidArgument), reading: .error(.invalidArgument)),
            refused(33, "IPV6_FLOWINFO_SEND"),
            ipv6(34, "IPV6_IPSEC_POLICY", both, .readOnly, reading: .error(.protocolNotAvailable), minimum: 0),
            ipv6(35, "IPV6_XFRM_POLICY", both, .readOnly, reading: .error(.protocolNotAvailable), minimum: 0),
            ipv6(49, "IPV6_RECVPKTINFO", both, .flag),
            ipv6(50, "IPV6_PKTINFO", both, .live, reading: .error(.protocolNotAvailable)),
            ipv6(51, "IPV6_RECVHOPLIMIT", both, .flag),
            // No packet has extension headers, so that none are told.
            ipv6(53, "IPV6_RECVHOPOPTS", both, .flag),
            header(54, "IPV6_HOPOPTS"),
            header(55, "IPV6_RTHDRDSTOPTS"),
            ipv6(56, "IPV6_RECVRTHDR", both, .flag),
            header(57, "IPV6_RTHDR"),
            ipv6(58, "IPV6_RECVDSTOPTS", both, .flag),
            header(59, "IPV6_DSTOPTS"),
            refused(60, "IPV6_RECVPATHMTU"),
            ipv6(61, "IPV6_PATHMTU", both, .readOnly, reading: .error(.invalidArgument), minimum: 0),
            ipv6(62, "IPV6_DONTFRAG", both, .flag, minimum: 0),
            ipv6(66, "IPV6_RECVTCLASS", both, .flag),
            ipv6(67, "IPV6_TCLASS", .tcp6, .number { value throws(Errno) in try trafficClass(value) & 0xFC }),
            ipv6(67, "IPV6_TCLASS", .udp6, .number(trafficClass)),
            // Labels are nobody's concern on a way without routers.
            ipv6(70, "IPV6_AUTOFLOWLABEL", both, .flag, initial: 1, minimum: 0),
            // A host has one address of each scope: there is nothing to prefer.
            ipv6(72, "IPV6_ADDR_PREFERENCES", both, .number(preferences), initial: 0x500),
            refused(73, "IPV6_MINHOPCOUNT"),
            ipv6(74, "IPV6_RECVORIGDSTADDR", both, .flag),
            ipv6(75, "IPV6_TRANSPARENT", both, .refused(.notPermitted)),
            ipv6(76, "IPV6_UNICAST_IF", both, .refused(.addressNotAvailable), maximum: 4),
            ipv6(77, "IPV6_RECVFRAGSIZE", both, .refused(.protocolNotAvailable), minimum: 0),
            ipv6(78, "IPV6_FREEBIND", both, .flag),
        ] + groupRows

    private static let groupNames: [(Int32, StaticString)] = [
        (20, "IPV6_ADD_MEMBERSHIP"), (21, "IPV6_DROP_MEMBERSHIP"), (42, "MCAST_JOIN_GROUP"), (43, "MCAST_BLOCK_SOURCE"),
        (44, "MCAST_UNBLOCK_SOURCE"), (45, "MCAST_LEAVE_GROUP"), (46, "MCAST_JOIN_SOURCE_GROUP"),
        (47, "MCAST_LEAVE_SOURCE_GROUP"), (48, "MCAST_MSFILTER"),
    ]

    private static let groupRows = groupNames.flatMap { name, cName in
        // Reading the filter needs more than a name and a length.
        let reading = OptionReading.error(name == 48 ? .invalidArgument : .protocolNotAvailable)
        let refusal = OptionRule.error(name <= 21 ? .protocolError : .invalidArgument)
        return [
            ipv6(name, cName, .udp6, .live, reading: reading, minimum: 20),
            ipv6(name, cName, .tcp6, refusal, reading: reading, minimum: 20),
        ]
    }

    private static func ipv6(
        _ name: Int32, _ cName: StaticString, _ kinds: SocketKinds, _ rule: OptionRule, initial: Int64 = 0,
        reading: OptionReading? = nil, minimum: Int? = nil, maximum: Int = .max
    ) -> OptionRow {
        OptionRow(
            .ipv6, name, cName, kinds, rule, initial: initial, reading: reading, minimum: minimum, maximum: maximum)
    }

    private static func refused(_ name: Int32, _ cName: StaticString) -> OptionRow {
        ipv6(name, cName, both, .refused(.protocolNotAvailable))
    }

    /// An extension header: only none can be set.
    private static func header(_ name: Int32, _ cName: StaticString) -> OptionRow {
        ipv6(name, cName, both, .live, reading: .bytes([]), minimum: 0)
    }

    private static func interface(_ value: Int32) throws(Errno) -> Int64 {
        guard value == 0 || HostAddresses.interfaces.contains(where: { $0.index == UInt32(bitPattern: value) }) else {
            throw .operationNotSupportedByDevice
        }
        return Int64(value)
    }

    private static func trafficClass(_ value: Int32) throws(Errno) -> Int64 {
        guard (-1...255).contains(value) else { throw .invalidArgument }
        return Int64(max(value, 0))
    }

    /// One of each pair of opposites (RFC 5014), and what the kernel makes of those that are not said.
    private static func preferences(_ value: Int32) throws(Errno) -> Int64 {
        let (temporary, publicOnes, publicOrTemporary) = (value & 1 != 0, value & 2 != 0, value & 0x100 != 0)
        let (careOf, home) = (value & 4 != 0, value & 0x400 != 0)
        let chosen = [temporary, publicOnes, publicOrTemporary].count { $0 }
        guard chosen <= 1, !(careOf && home), value & 0x808 != 0x808 else { throw .invalidArgument }
        let source: Int64 = temporary ? 1 : publicOnes ? 2 : 0x100
        return source | (careOf ? 4 : 0x400)
    }
}
