/// A protocol number: `IPPROTO_*`, the third argument of `socket(2)`.
///
/// Up to 255 it is also what an IP header carries, as IANA assigns it.
public struct IPProtocol: RawRepresentable, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The number Linux's headers give it.
    public let rawValue: Int32

    /// Names any number, also one this package has no name for.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

extension IPProtocol: SystemNumber, LosslessStringConvertible {
    /// Every name of the headers with its number; of names that share a number, the usual one first.
    public static let allNamed: [(cName: String, value: Self)] = [
        ("IPPROTO_IP", .default),
        ("IPPROTO_HOPOPTS", .hopByHopOptions),
        ("IPPROTO_ICMP", .icmp),
        ("IPPROTO_IGMP", .igmp),
        ("IPPROTO_IPIP", .ipip),
        ("IPPROTO_TCP", .tcp),
        ("IPPROTO_EGP", .egp),
        ("IPPROTO_PUP", .pup),
        ("IPPROTO_UDP", .udp),
        ("IPPROTO_IDP", .idp),
        ("IPPROTO_TP", .tp),
        ("IPPROTO_DCCP", .dccp),
        ("IPPROTO_IPV6", .ipv6),
        ("IPPROTO_ROUTING", .routing),
        ("IPPROTO_FRAGMENT", .fragment),
        ("IPPROTO_RSVP", .rsvp),
        ("IPPROTO_GRE", .gre),
        ("IPPROTO_ESP", .esp),
        ("IPPROTO_AH", .ah),
        ("IPPROTO_ICMPV6", .icmpv6),
        ("IPPROTO_NONE", .none),
        ("IPPROTO_DSTOPTS", .destinationOptions),
        ("IPPROTO_MTP", .mtp),
        ("IPPROTO_BEETPH", .beetph),
        ("IPPROTO_ENCAP", .encapsulation),
        ("IPPROTO_PIM", .pim),
        ("IPPROTO_COMP", .compression),
        ("IPPROTO_L2TP", .l2tp),
        ("IPPROTO_SCTP", .sctp),
        ("IPPROTO_MH", .mobility),
        ("IPPROTO_UDPLITE", .udpLite),
        ("IPPROTO_MPLS", .mpls),
        ("IPPROTO_ETHERNET", .ethernet),
        ("IPPROTO_AGGFRAG", .aggregationFragmentation),
        ("IPPROTO_RAW", .raw),
        ("IPPROTO_SMC", .smc),
        ("IPPROTO_MPTCP", .mptcp),
    ]
}

extension IPProtocol {
    /// The usual protocol of the family and type: `IPPROTO_IP`.
    @inlinable public static var `default`: Self { Self(rawValue: 0) }

    /// IPv6 hop-by-hop options: `IPPROTO_HOPOPTS`, the same number as ``default``.
    @inlinable public static var hopByHopOptions: Self { .default }

    /// Internet control messages: `IPPROTO_ICMP`.
    @inlinable public static var icmp: Self { Self(rawValue: 1) }

    /// Internet group management: `IPPROTO_IGMP`.
    @inlinable public static var igmp: Self { Self(rawValue: 2) }

    /// IPv4 inside IP: `IPPROTO_IPIP`.
    @inlinable public static var ipip: Self { Self(rawValue: 4) }

    /// Transmission control protocol: `IPPROTO_TCP`.
    @inlinable public static var tcp: Self { Self(rawValue: 6) }

    /// Exterior gateway protocol: `IPPROTO_EGP`.
    @inlinable public static var egp: Self { Self(rawValue: 8) }

    /// PARC universal packets: `IPPROTO_PUP`.
    @inlinable public static var pup: Self { Self(rawValue: 12) }

    /// User datagram protocol: `IPPROTO_UDP`.
    @inlinable public static var udp: Self { Self(rawValue: 17) }

    /// Xerox internet datagrams: `IPPROTO_IDP`.
    @inlinable public static var idp: Self { Self(rawValue: 22) }

    /// ISO transport protocol class 4: `IPPROTO_TP`.
    @inlinable public static var tp: Self { Self(rawValue: 29) }

    /// Datagram congestion control protocol: `IPPROTO_DCCP`.
    @inlinable public static var dccp: Self { Self(rawValue: 33) }

    /// IPv6 inside IP: `IPPROTO_IPV6`.
    @inlinable public static var ipv6: Self { Self(rawValue: 41) }

    /// IPv6 routing header: `IPPROTO_ROUTING`.
    @inlinable public static var routing: Self { Self(rawValue: 43) }

    /// IPv6 fragment header: `IPPROTO_FRAGMENT`.
    @inlinable public static var fragment: Self { Self(rawValue: 44) }

    /// Reservation protocol: `IPPROTO_RSVP`.
    @inlinable public static var rsvp: Self { Self(rawValue: 46) }

    /// Generic routing encapsulation: `IPPROTO_GRE`.
    @inlinable public static var gre: Self { Self(rawValue: 47) }

    /// IPsec encapsulating security payload: `IPPROTO_ESP`.
    @inlinable public static var esp: Self { Self(rawValue: 50) }

    /// IPsec authentication header: `IPPROTO_AH`.
    @inlinable public static var ah: Self { Self(rawValue: 51) }

    /// Internet control messages of IPv6: `IPPROTO_ICMPV6`.
    @inlinable public static var icmpv6: Self { Self(rawValue: 58) }

    /// IPv6: no next header: `IPPROTO_NONE`.
    @inlinable public static var none: Self { Self(rawValue: 59) }

    /// IPv6 destination options: `IPPROTO_DSTOPTS`.
    @inlinable public static var destinationOptions: Self { Self(rawValue: 60) }

    /// Multicast transport protocol: `IPPROTO_MTP`.
    @inlinable public static var mtp: Self { Self(rawValue: 92) }

    /// IPsec: pseudo header of BEET mode: `IPPROTO_BEETPH`.
    @inlinable public static var beetph: Self { Self(rawValue: 94) }

    /// Encapsulation header (RFC 1241): `IPPROTO_ENCAP`.
    @inlinable public static var encapsulation: Self { Self(rawValue: 98) }

    /// Protocol independent multicast: `IPPROTO_PIM`.
    @inlinable public static var pim: Self { Self(rawValue: 103) }

    /// IP payload compression: `IPPROTO_COMP`.
    @inlinable public static var compression: Self { Self(rawValue: 108) }

    /// Layer 2 tunnelling protocol: `IPPROTO_L2TP`.
    @inlinable public static var l2tp: Self { Self(rawValue: 115) }

    /// Stream control transmission protocol: `IPPROTO_SCTP`.
    @inlinable public static var sctp: Self { Self(rawValue: 132) }

    /// IPv6 mobility header: `IPPROTO_MH`.
    @inlinable public static var mobility: Self { Self(rawValue: 135) }

    /// UDP with partial checksums: `IPPROTO_UDPLITE`.
    @inlinable public static var udpLite: Self { Self(rawValue: 136) }

    /// MPLS inside IP: `IPPROTO_MPLS`.
    @inlinable public static var mpls: Self { Self(rawValue: 137) }

    /// Ethernet inside IPv6: `IPPROTO_ETHERNET`.
    @inlinable public static var ethernet: Self { Self(rawValue: 143) }

    /// Aggregation and fragmentation payload of ESP (RFC 9347): `IPPROTO_AGGFRAG`.
    @inlinable public static var aggregationFragmentation: Self { Self(rawValue: 144) }

    /// Packets whose IP header the caller writes: `IPPROTO_RAW`.
    @inlinable public static var raw: Self { Self(rawValue: 255) }

    /// Shared memory communications; never in a packet: `IPPROTO_SMC`.
    @inlinable public static var smc: Self { Self(rawValue: 256) }

    /// Multipath TCP; never in a packet: `IPPROTO_MPTCP`.
    @inlinable public static var mptcp: Self { Self(rawValue: 262) }
}
