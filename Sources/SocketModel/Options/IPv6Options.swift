/// Options of IPv6: level `IPPROTO_IPV6`, `IPV6_*`. Reached as `.ipv6`.
public struct IPv6Options: Sendable {
    /// Set to 2 (`AF_INET`), turns a socket connected to a mapped IPv4 address into an IPv4 socket. `IPV6_ADDRFORM`.
    public let addressForm = option(AddressFamily.self, 1, "IPV6_ADDRFORM", kinds: [.tcp6, .udp6, .udpLite6])
    /// Receives packet information by RFC 2292's numbers. `IPV6_2292PKTINFO`.
    public let receivePacketInfo2292 = option(Bool.self, 2, "IPV6_2292PKTINFO")
    /// Receives hop-by-hop options by RFC 2292's numbers. `IPV6_2292HOPOPTS`.
    public let receiveHopByHopOptions2292 = option(Bool.self, 3, "IPV6_2292HOPOPTS")
    /// Receives destination options by RFC 2292's numbers. `IPV6_2292DSTOPTS`.
    public let receiveDestinationOptions2292 = option(Bool.self, 4, "IPV6_2292DSTOPTS")
    /// Receives routing headers by RFC 2292's numbers. `IPV6_2292RTHDR`.
    public let receiveRoutingHeader2292 = option(Bool.self, 5, "IPV6_2292RTHDR")
    /// Control messages: those to send with every packet, or of a stream's last segment (RFC 2292).
    /// `IPV6_2292PKTOPTIONS`.
    public let packetOptions2292 = option([UInt8].self, 6, "IPV6_2292PKTOPTIONS", capacity: 2048)
    /// Where the kernel puts and checks a checksum in raw packets, an even offset; -1 turns it off. `IPV6_CHECKSUM`.
    public let checksum = option(Int.self, 7, "IPV6_CHECKSUM", kinds: .raw6)
    /// Receives hop limits by RFC 2292's numbers. `IPV6_2292HOPLIMIT`.
    public let receiveHopLimit2292 = option(Bool.self, 8, "IPV6_2292HOPLIMIT")
    /// Receives flow labels, as ``ControlMessage/flowInfo(_:)``. `IPV6_FLOWINFO`.
    public let receiveFlowInfo = option(Bool.self, 11, "IPV6_FLOWINFO")
    /// Hop limit of unicasts sent, 0...255; -1 is the route's default. `IPV6_UNICAST_HOPS`.
    public let unicastHops = option(Int.self, 16, "IPV6_UNICAST_HOPS")
    /// The number of the interface multicasts leave by; 0 for any. `IPV6_MULTICAST_IF`.
    public let multicastInterface = option(UInt32.self, 17, "IPV6_MULTICAST_IF")
    /// Hop limit of multicasts sent, 0...255, 1 at first; -1 is 1. `IPV6_MULTICAST_HOPS`.
    public let multicastHops = option(Int.self, 18, "IPV6_MULTICAST_HOPS")
    /// Whether this host's sockets hear multicasts sent, at first true. `IPV6_MULTICAST_LOOP`.
    public let multicastLoop = option(Bool.self, 19, "IPV6_MULTICAST_LOOP")
    /// Joins a group. `IPV6_ADD_MEMBERSHIP`, `IPV6_JOIN_GROUP`.
    public let addMembership = option(IPv6Membership.self, 20, "IPV6_ADD_MEMBERSHIP", .writeOnly)
    /// Leaves a group. `IPV6_DROP_MEMBERSHIP`, `IPV6_LEAVE_GROUP`.
    public let dropMembership = option(IPv6Membership.self, 21, "IPV6_DROP_MEMBERSHIP", .writeOnly)
    /// Receives forwarded packets whose router alert has this value; -1 none. `IPV6_ROUTER_ALERT`.
    public let routerAlert = option(Int.self, 22, "IPV6_ROUTER_ALERT", kinds: .raw6)
    /// What to do about datagrams larger than the path's MTU. `IPV6_MTU_DISCOVER`.
    public let pathMTUDiscovery = option(PathMTUDiscovery.self, 23, "IPV6_MTU_DISCOVER")
    /// The MTU, bytes: read, the connected path's; set, 0 or 1280 and more, what to fragment to. `IPV6_MTU`.
    public let pathMTU = option(Int.self, 24, "IPV6_MTU")
    /// Queues errors for `MSG_ERRQUEUE`, as ``ControlMessage/ipv6Error(_:)``. `IPV6_RECVERR`.
    public let receiveErrors = option(Bool.self, 25, "IPV6_RECVERR")
    /// Refuses IPv4, so that an IPv4 socket may have the same port; to be set before `bind`. `IPV6_V6ONLY`.
    public let v6Only = option(Bool.self, 26, "IPV6_V6ONLY")
    /// Joins an anycast group; needs `CAP_NET_ADMIN`. `IPV6_JOIN_ANYCAST`.
    public let joinAnycast = option(IPv6Membership.self, 27, "IPV6_JOIN_ANYCAST", .writeOnly)
    /// Leaves an anycast group. `IPV6_LEAVE_ANYCAST`.
    public let leaveAnycast = option(IPv6Membership.self, 28, "IPV6_LEAVE_ANYCAST", .writeOnly)
    /// Whether to hear groups other sockets joined too, at first true (Linux 4.20). `IPV6_MULTICAST_ALL`.
    public let multicastAll = option(Bool.self, 29, "IPV6_MULTICAST_ALL")
    /// Receives router alerts of this network namespace's interfaces only (Linux 5.1). `IPV6_ROUTER_ALERT_ISOLATE`.
    public let routerAlertIsolate = option(Bool.self, 30, "IPV6_ROUTER_ALERT_ISOLATE")
    /// Receives RFC 4884 extensions with queued errors (Linux 5.9). `IPV6_RECVERR_RFC4884`.
    public let receiveErrorExtensions = option(Bool.self, 31, "IPV6_RECVERR_RFC4884")
    /// Manages flow labels: a `struct in6_flowlabel_req`, 32 bytes and options. Only set here: reading needs input, and
    /// a label the kernel chooses is written into the caller's memory, which this form cannot show. `IPV6_FLOWLABEL_MGR`.
    public let flowLabelManager = option([UInt8].self, 32, "IPV6_FLOWLABEL_MGR", .writeOnly, capacity: 2048)
    /// Sends the flow label of the destination address (`sin6_flowinfo`). `IPV6_FLOWINFO_SEND`.
    public let sendFlowInfo = option(Bool.self, 33, "IPV6_FLOWINFO_SEND")
    /// An IPsec policy in PF_KEY's layout; needs `CAP_NET_ADMIN`. `IPV6_IPSEC_POLICY`.
    public let ipsecPolicy = option([UInt8].self, 34, "IPV6_IPSEC_POLICY", .writeOnly)
    /// An IPsec policy, `struct xfrm_userpolicy_info`; needs `CAP_NET_ADMIN`. `IPV6_XFRM_POLICY`.
    public let transformPolicy = option([UInt8].self, 35, "IPV6_XFRM_POLICY", .writeOnly)
    /// The program writes the IPv6 header itself. `IPV6_HDRINCL`.
    public let headerIncluded = option(Bool.self, 36, "IPV6_HDRINCL", kinds: .raw6)
    /// Joins a group on an interface given by number. `MCAST_JOIN_GROUP`.
    public let joinGroup = option(GroupRequest<IPv6Address>.self, 42, "MCAST_JOIN_GROUP", .writeOnly)
    /// No longer hears a source of a joined group. `MCAST_BLOCK_SOURCE`.
    public let blockGroupSource = option(SourceGroupRequest<IPv6Address>.self, 43, "MCAST_BLOCK_SOURCE", .writeOnly)
    /// Hears a blocked source again. `MCAST_UNBLOCK_SOURCE`.
    public let unblockGroupSource = option(SourceGroupRequest<IPv6Address>.self, 44, "MCAST_UNBLOCK_SOURCE", .writeOnly)
    /// Leaves a group. `MCAST_LEAVE_GROUP`.
    public let leaveGroup = option(GroupRequest<IPv6Address>.self, 45, "MCAST_LEAVE_GROUP", .writeOnly)
    /// Joins a group for one source. `MCAST_JOIN_SOURCE_GROUP`.
    public let joinSourceGroup = option(SourceGroupRequest<IPv6Address>.self, 46, "MCAST_JOIN_SOURCE_GROUP", .writeOnly)
    /// Leaves a group for one source. `MCAST_LEAVE_SOURCE_GROUP`.
    public let leaveSourceGroup = option(
        SourceGroupRequest<IPv6Address>.self, 47, "MCAST_LEAVE_SOURCE_GROUP", .writeOnly)
    /// Sets all of a group's sources. `MCAST_MSFILTER`.
    public let groupFilter = option(GroupFilter<IPv6Address>.self, 48, "MCAST_MSFILTER", .writeOnly)
    /// Receives destination and interface, as ``ControlMessage/ipv6PacketInfo(_:)``. `IPV6_RECVPKTINFO`.
    public let receivePacketInfo = option(Bool.self, 49, "IPV6_RECVPKTINFO")
    /// Source address and interface of packets sent. `IPV6_PKTINFO`.
    public let packetInfo = option(IPv6PacketInfo.self, 50, "IPV6_PKTINFO", .writeOnly)
    /// Receives hop limits, as ``ControlMessage/hopLimit(_:)``. `IPV6_RECVHOPLIMIT`.
    public let receiveHopLimit = option(Bool.self, 51, "IPV6_RECVHOPLIMIT")
    /// Receives hop-by-hop options, as ``ControlMessage/hopByHopOptions(_:)``. `IPV6_RECVHOPOPTS`.
    public let receiveHopByHopOptions = option(Bool.self, 53, "IPV6_RECVHOPOPTS")
    /// Hop-by-hop options of packets sent; needs `CAP_NET_RAW`. `IPV6_HOPOPTS`.
    public let hopByHopOptions = option([UInt8].self, 54, "IPV6_HOPOPTS", capacity: 2048)
    /// Destination options before the routing header; needs `CAP_NET_RAW`. `IPV6_RTHDRDSTOPTS`.
    public let routingDestinationOptions = option([UInt8].self, 55, "IPV6_RTHDRDSTOPTS", capacity: 2048)
    /// Receives routing headers. `IPV6_RECVRTHDR`.
    public let receiveRoutingHeader = option(Bool.self, 56, "IPV6_RECVRTHDR")
    /// Routing header of packets sent. `IPV6_RTHDR`.
    public let routingHeader = option([UInt8].self, 57, "IPV6_RTHDR", capacity: 2048)
    /// Receives destination options. `IPV6_RECVDSTOPTS`.
    public let receiveDestinationOptions = option(Bool.self, 58, "IPV6_RECVDSTOPTS")
    /// Destination options of packets sent; needs `CAP_NET_RAW`. `IPV6_DSTOPTS`.
    public let destinationOptions = option([UInt8].self, 59, "IPV6_DSTOPTS", capacity: 2048)
    /// Receives changes of the path's MTU. `IPV6_RECVPATHMTU`.
    public let receivePathMTU = option(Bool.self, 60, "IPV6_RECVPATHMTU")
    /// The known MTU of a connected socket's path, with its destination. `IPV6_PATHMTU`.
    public let pathMTUInfo = option(PathMTU.self, 61, "IPV6_PATHMTU", .readOnly)
    /// Never fragments. `IPV6_DONTFRAG`.
    public let dontFragment = option(Bool.self, 62, "IPV6_DONTFRAG")
    /// Receives traffic classes, as ``ControlMessage/trafficClass(_:)``. `IPV6_RECVTCLASS`.
    public let receiveTrafficClass = option(Bool.self, 66, "IPV6_RECVTCLASS")
    /// The traffic class of packets sent. `IPV6_TCLASS`.
    public let trafficClass = option(TypeOfService.self, 67, "IPV6_TCLASS")
    /// Chooses flow labels by itself. `IPV6_AUTOFLOWLABEL`.
    public let automaticFlowLabel = option(Bool.self, 70, "IPV6_AUTOFLOWLABEL")
    /// Which source addresses to prefer. `IPV6_ADDR_PREFERENCES`.
    public let addressPreferences = option(AddressPreferences.self, 72, "IPV6_ADDR_PREFERENCES")
    /// Drops packets with a smaller hop limit, 0...255 (TCP). `IPV6_MINHOPCOUNT`.
    public let minimumHopCount = option(Int.self, 73, "IPV6_MINHOPCOUNT")
    /// Receives the destination before redirection, as ``ControlMessage/originalDestination(_:)``.
    /// `IPV6_RECVORIGDSTADDR`.
    public let receiveOriginalDestination = option(Bool.self, 74, "IPV6_RECVORIGDSTADDR")
    /// Acts for addresses that are not the host's; needs `CAP_NET_ADMIN` or `CAP_NET_RAW`. `IPV6_TRANSPARENT`.
    public let transparent = option(Bool.self, 75, "IPV6_TRANSPARENT")
    /// The interface unicasts leave by. `IPV6_UNICAST_IF`.
    public let unicastInterface = option(UnicastInterface.self, 76, "IPV6_UNICAST_IF")
    /// Receives the size of the largest fragment. `IPV6_RECVFRAGSIZE`.
    public let receiveFragmentSize = option(Bool.self, 77, "IPV6_RECVFRAGSIZE")
    /// Binds to addresses that are not the host's, or not yet. `IPV6_FREEBIND`.
    public let freeBind = option(Bool.self, 78, "IPV6_FREEBIND")
    /// Where a connection that netfilter redirected was headed, a `struct sockaddr_in6`. `IP6T_SO_ORIGINAL_DST`.
    public let originalDestination = option(
        [UInt8].self, 80, "IP6T_SO_ORIGINAL_DST", .readOnly, capacity: 28, kinds: .tcp6)

    static let shared = IPv6Options()

    private static func option<Value>(
        _ type: Value.Type, _ name: Int32, _ cName: StaticString, _ access: OptionAccess = .readWrite,
        capacity: Int? = nil, kinds: SocketKinds = .ipv6
    ) -> SocketOption<Value> {
        SocketOption(level: .ipv6, name: name, cName: cName, access, capacity: capacity, kinds: kinds)
    }
}

extension SocketOption {
    /// Options of IPv6: `IPV6_*`.
    public static var ipv6: IPv6Options { .shared }
}
