internal import SocketModel

/// A socket's membership of a multicast group on one interface, with the senders it hears (RFC 3376, RFC 3678).
struct GroupMembership {
    let group: IPAddress
    let interface: UInt32
    /// Whether ``sources`` are the only ones heard, or the ones not heard.
    var mode: SourceFilterMode
    /// nil until one was named.
    var sources: [IPAddress]?

    /// Whether it lets a packet of that sender through.
    func admits(_ source: IPAddress) -> Bool { (sources?.contains(source) ?? false) == (mode == .include) }

    /// The most groups of an IPv4 socket: `net.ipv4.igmp_max_memberships`.
    static let limit = 20

    /// The most senders of a filter: `net.ipv4.igmp_max_msf`, `net.ipv6.mld_max_msf`.
    static func sourceLimit(_ group: IPAddress) -> Int {
        if case .v4 = group { 10 } else { 64 }
    }
}

/// What a program asks of its memberships.
enum GroupChange {
    case join, leave
    case block(IPAddress), unblock(IPAddress)
    case addSource(IPAddress), dropSource(IPAddress)
    case filter(SourceFilterMode, [IPAddress])
}

/// A change, and what it is about.
struct GroupCall {
    let change: GroupChange
    let group: IPAddress
    /// nil names no interface that there is; 0 leaves the choice to the kernel.
    let interface: UInt32?
}
