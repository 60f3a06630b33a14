/// Options of IPv4: level `IPPROTO_IP`, `IP_*`. Reached as `.ip`. IPv6 sockets that are not raw take them too, for the
/// IPv4 traffic they carry.
public struct IPOptions: Sendable {
    /// The type of service of packets sent. `IP_TOS`.
    public let typeOfService = option(TypeOfService.self, 1, "IP_TOS")
    /// Time to live of unicasts sent, 1...255 hops; -1 is the system's default. `IP_TTL`.
    public let timeToLive = option(Int.self, 2, "IP_TTL")
    /// The program writes the IP header itself. `IP_HDRINCL`.
    public let headerIncluded = option(Bool.self, 3, "IP_HDRINCL", kinds: .raw4)
    /// IP options of packets sent, at most 40 bytes; empty for none. `IP_OPTIONS`.
    public let options = option([UInt8].self, 4, "IP_OPTIONS", capacity: 40)
    /// Receives all forwarded packets that carry the router alert option. `IP_ROUTER_ALERT`.
    public let routerAlert = option(Bool.self, 5, "IP_ROUTER_ALERT", kinds: .raw4)
    /// Receives packets' IP options, timestamps and routes filled in. `IP_RECVOPTS`.
    public let receiveOptions = option(Bool.self, 6, "IP_RECVOPTS")
    /// Receives packets' IP options as they came. `IP_RETOPTS`.
    public let receiveRawOptions = option(Bool.self, 7, "IP_RETOPTS")
    /// Receives destination and interface, as ``ControlMessage/ipv4PacketInfo(_:)``. `IP_PKTINFO`.
    public let receivePacketInfo = option(Bool.self, 8, "IP_PKTINFO")
    /// The control messages of the last segment of a stream, in the layout of ``ControlMessage``. `IP_PKTOPTIONS`.
    public let packetOptions = option([UInt8].self, 9, "IP_PKTOPTIONS", .readOnly, kinds: .tcp)
    /// What to do about datagrams larger than the path's MTU. `IP_MTU_DISCOVER`.
    public let pathMTUDiscovery = option(PathMTUDiscovery.self, 10, "IP_MTU_DISCOVER")
    /// Queues errors for `MSG_ERRQUEUE`, as ``ControlMessage/ipv4Error(_:)``. `IP_RECVERR`.
    public let receiveErrors = option(Bool.self, 11, "IP_RECVERR")
    /// Receives packets' time to live, as ``ControlMessage/timeToLive(_:)``. `IP_RECVTTL`.
    public let receiveTimeToLive = option(Bool.self, 12, "IP_RECVTTL")
    /// Receives packets' type of service, as ``ControlMessage/typeOfService(_:)``. `IP_RECVTOS`.
    public let receiveTypeOfService = option(Bool.self, 13, "IP_RECVTOS")
    /// The known MTU of a connected socket's path, bytes. `IP_MTU`.
    public let pathMTU = option(Int.self, 14, "IP_MTU", .readOnly)
    /// Binds to addresses that are not the host's, or not yet. `IP_FREEBIND`.
    public let freeBind = option(Bool.self, 15, "IP_FREEBIND")
    /// An IPsec policy in PF_KEY's layout; needs `CAP_NET_ADMIN`. `IP_IPSEC_POLICY`.
    public let ipsecPolicy = option([UInt8].self, 16, "IP_IPSEC_POLICY", .writeOnly)
    /// An IPsec policy, `struct xfrm_userpolicy_info`; needs `CAP_NET_ADMIN`. `IP_XFRM_POLICY`.
    public let transformPolicy = option([UInt8].self, 17, "IP_XFRM_POLICY", .writeOnly)
    /// Receives the peer's security label. `IP_PASSSEC`.
    public let passSecurityLabel = option(Bool.self, 18, "IP_PASSSEC")
    /// Acts for addresses that are not the host's; needs `CAP_NET_ADMIN` or `CAP_NET_RAW`. `IP_TRANSPARENT`.
    public let transparent = option(Bool.self, 19, "IP_TRANSPARENT")
    /// Receives the destination before redirection, as ``ControlMessage/originalDestination(_:)``. `IP_RECVORIGDSTADDR`.
    public let receiveOriginalDestination = option(Bool.self, 20, "IP_RECVORIGDSTADDR")
    /// Drops packets with less time to live, 0...255 (TCP). `IP_MINTTL`.
    public let minimumTimeToLive = option(Int.self, 21, "IP_MINTTL")
    /// Sends packets with the header included past defragmentation. `IP_NODEFRAG`.
    public let noDefragmentation = option(Bool.self, 22, "IP_NODEFRAG", kinds: .raw4)
    /// Receives UDP packets' full checksums. `IP_CHECKSUM`.
    public let receiveChecksum = option(Bool.self, 23, "IP_CHECKSUM", kinds: [.udp4, .udpLite4])
    /// Leaves the choice of a port to `connect` when bound to port 0. `IP_BIND_ADDRESS_NO_PORT`.
    public let bindAddressNoPort = option(Bool.self, 24, "IP_BIND_ADDRESS_NO_PORT")
    /// Receives the size of the largest fragment. `IP_RECVFRAGSIZE`.
    public let receiveFragmentSize = option(Bool.self, 25, "IP_RECVFRAGSIZE")
    /// Receives RFC 4884 extensions with queued errors (Linux 5.9). `IP_RECVERR_RFC4884`.
    public let receiveErrorExtensions = option(Bool.self, 26, "IP_RECVERR_RFC4884")
    /// The interface multicasts leave by. `IP_MULTICAST_IF`.
    public let multicastInterface = option(IPv4MulticastInterface.self, 32, "IP_MULTICAST_IF")
    /// Time to live of multicasts sent, 0...255 hops, 1 at first; -1 is 1. `IP_MULTICAST_TTL`.
    public let multicastTimeToLive = option(Int.self, 33, "IP_MULTICAST_TTL")
    /// Whether this host's sockets hear multicasts sent, at first true. `IP_MULTICAST_LOOP`.
    public let multicastLoop = option(Bool.self, 34, "IP_MULTICAST_LOOP")
    /// Joins a group. `IP_ADD_MEMBERSHIP`.
    public let addMembership = option(IPv4Membership.self, 35, "IP_ADD_MEMBERSHIP", .writeOnly)
    /// Leaves a group. `IP_DROP_MEMBERSHIP`.
    public let dropMembership = option(IPv4Membership.self, 36, "IP_DROP_MEMBERSHIP", .writeOnly)
    /// Hears a blocked source again. `IP_UNBLOCK_SOURCE`.
    public let unblockSource = option(IPv4SourceMembership.self, 37, "IP_UNBLOCK_SOURCE", .writeOnly)
    /// No longer hears a source of a joined group. `IP_BLOCK_SOURCE`.
    public let blockSource = option(IPv4SourceMembership.self, 38, "IP_BLOCK_SOURCE", .writeOnly)
    /// Joins a group for one source. `IP_ADD_SOURCE_MEMBERSHIP`.
    public let addSourceMembership = option(IPv4SourceMembership.self, 39, "IP_ADD_SOURCE_MEMBERSHIP", .writeOnly)
    /// Leaves a group for one source. `IP_DROP_SOURCE_MEMBERSHIP`.
    public let dropSourceMembership = option(IPv4SourceMembership.self, 40, "IP_DROP_SOURCE_MEMBERSHIP", .writeOnly)
    /// Sets all of a group's sources. `IP_MSFILTER`.
    public let sourceFilter = option(IPv4SourceFilter.self, 41, "IP_MSFILTER", .writeOnly)
    /// Joins a group on an interface given by number. `MCAST_JOIN_GROUP`.
    public let joinGroup = option(GroupRequest<IPv4Address>.self, 42, "MCAST_JOIN_GROUP", .writeOnly)
    /// No longer hears a source of a joined group. `MCAST_BLOCK_SOURCE`.
    public let blockGroupSource = option(SourceGroupRequest<IPv4Address>.self, 43, "MCAST_BLOCK_SOURCE", .writeOnly)
    /// Hears a blocked source again. `MCAST_UNBLOCK_SOURCE`.
    public let unblockGroupSource = option(SourceGroupRequest<IPv4Address>.self, 44, "MCAST_UNBLOCK_SOURCE", .writeOnly)
    /// Leaves a group. `MCAST_LEAVE_GROUP`.
    public let leaveGroup = option(GroupRequest<IPv4Address>.self, 45, "MCAST_LEAVE_GROUP", .writeOnly)
    /// Joins a group for one source. `MCAST_JOIN_SOURCE_GROUP`.
    public let joinSourceGroup = option(SourceGroupRequest<IPv4Address>.self, 46, "MCAST_JOIN_SOURCE_GROUP", .writeOnly)
    /// Leaves a group for one source. `MCAST_LEAVE_SOURCE_GROUP`.
    public let leaveSourceGroup = option(
        SourceGroupRequest<IPv4Address>.self, 47, "MCAST_LEAVE_SOURCE_GROUP", .writeOnly)
    /// Sets all of a group's sources. `MCAST_MSFILTER`.
    public let groupFilter = option(GroupFilter<IPv4Address>.self, 48, "MCAST_MSFILTER", .writeOnly)
    /// Whether to hear groups other sockets joined too, at first true. `IP_MULTICAST_ALL`.
    public let multicastAll = option(Bool.self, 49, "IP_MULTICAST_ALL")
    /// The interface unicasts leave by. `IP_UNICAST_IF`.
    public let unicastInterface = option(UnicastInterface.self, 50, "IP_UNICAST_IF")
    /// Narrows the range of automatic local ports; for IPv6 too (Linux 6.3). `IP_LOCAL_PORT_RANGE`.
    public let localPortRange = option(LocalPortRange.self, 51, "IP_LOCAL_PORT_RANGE")
    /// The protocol a raw socket was made for (Linux 6.4). `IP_PROTOCOL`.
    public let `protocol` = option(IPProtocol.self, 52, "IP_PROTOCOL", .readOnly)
    /// Where a connection that netfilter redirected was headed, a `struct sockaddr_in`. `SO_ORIGINAL_DST`.
    public let originalDestination = option([UInt8].self, 80, "SO_ORIGINAL_DST", .readOnly, capacity: 16, kinds: .tcp4)

    static let shared = IPOptions()

    private static func option<Value>(
        _ type: Value.Type, _ name: Int32, _ cName: StaticString, _ access: OptionAccess = .readWrite,
        capacity: Int? = nil, kinds: SocketKinds = .ipv4Capable
    ) -> SocketOption<Value> {
        SocketOption(level: .ip, name: name, cName: cName, access, capacity: capacity, kinds: kinds)
    }
}

extension SocketOption {
    /// Options of IPv4: `IP_*`.
    public static var ip: IPOptions { .shared }
}
