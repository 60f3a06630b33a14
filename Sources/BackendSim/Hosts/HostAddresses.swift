internal import SocketModel

/// The addresses of a host: loopback, and those of its one network interface.
struct HostAddresses {
    let ipv4: IPv4Address
    let ipv6: IPv6Address
    /// More addresses of the interface.
    var others: [IPAddress] = []

    /// The interfaces, as every host numbers them.
    static let loopbackIndex: UInt32 = 1
    static let interfaceIndex: UInt32 = 2
    static let interfaces = [
        NetworkInterface(index: loopbackIndex, name: "lo"), NetworkInterface(index: interfaceIndex, name: "eth0"),
    ]

    /// The addresses of host number `number`, from 1: 10.0.0.0/8 and fd00::/64.
    init(number: Int) {
        ipv4 = IPv4Address(rawValue: 10 << 24 | UInt32(number & 0xFF_FFFF))
        ipv6 = IPv6Address(high: 0xfd00 << 48, low: UInt64(number))
    }

    /// The network's broadcast address.
    static let broadcast = IPv4Address(10, 255, 255, 255)

    /// The link-local address of the interface.
    var linkLocal: IPv6Address { IPv6Address(high: 0xfe80 << 48, low: ipv6.low) }

    /// Whether an address is one of this host's own, so that a socket may have it.
    func contains(_ address: IPAddress) -> Bool {
        switch address {
        case .v4(let address): address == ipv4 || address.isLoopback || others.contains(.v4(address))
        case .v6(let address, _):
            address == ipv6 || address.isLoopback || address == linkLocal || others.contains(.v6(address))
        }
    }

    /// The address a socket sends from when it has chosen none.
    func source(to destination: IPAddress) -> IPAddress {
        switch destination {
        case .v4(let address):
            .v4(address.isLoopback || address.isAny ? .loopback : contains(destination) ? address : ipv4)
        case .v6(let address, _):
            .v6(
                address.isLoopback || address.isAny
                    ? .loopback : contains(destination) ? address : address.isLinkLocal ? linkLocal : ipv6)
        }
    }

    /// The address that a multicast by an interface, or anything else, is sent from when the socket has chosen none.
    func source(to destination: IPAddress, by interface: UInt32) -> IPAddress {
        guard case .v6(let group, _) = destination, group.isMulticast else { return source(to: destination) }
        if interface == Self.loopbackIndex { return .v6(.loopback) }
        // A group of the link is sent to from an address of the link.
        return .v6((group.high >> 48) & 0xF <= 2 ? linkLocal : ipv6)
    }
}
