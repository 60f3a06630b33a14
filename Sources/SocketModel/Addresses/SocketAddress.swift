/// Where a socket is, or whom it talks to: `struct sockaddr` as a value.
public enum SocketAddress: Hashable, Sendable {
    /// An IPv4 address and a port: `struct sockaddr_in`.
    case ipv4(IPv4Address, port: UInt16)

    /// An IPv6 address and a port, its flow information in the host's byte order (`ntohl(sin6_flowinfo)`), and the zone
    /// of a link-local address (`sin6_scope_id`): `struct sockaddr_in6`.
    case ipv6(IPv6Address, port: UInt16, flowInfo: UInt32 = 0, zone: Zone? = nil)

    /// The address of a UNIX socket: `struct sockaddr_un`.
    case unix(UNIXAddress)

    /// An address of any other family.
    case other(OpaqueAddress)
}

extension SocketAddress {
    /// The address and the port; the zone is the address's, the flow information 0.
    public init(_ address: IPAddress, port: UInt16) {
        switch address {
        case .v4(let address): self = .ipv4(address, port: port)
        case .v6(let address, let zone): self = .ipv6(address, port: port, zone: zone)
        }
    }

    /// No address, `AF_UNSPEC`: what a kernel means by a length of 0, and what dissolves a datagram socket's association
    /// when it is connected to.
    public static let unspecified = SocketAddress.other(OpaqueAddress(AddressFamily.unspecified, []))

    /// Whether the family is `AF_UNSPEC`.
    public var isUnspecified: Bool { family == AddressFamily.unspecified }

    /// The address family: `sa_family`.
    public var family: AddressFamily {
        switch self {
        case .ipv4: AddressFamily.ipv4
        case .ipv6: AddressFamily.ipv6
        case .unix: AddressFamily.unix
        case .other(let address): address.family
        }
    }

    /// The port in the host's byte order, nil where the family has none.
    public var port: UInt16? {
        switch self {
        case .ipv4(_, let port), .ipv6(_, let port, _, _): port
        case .unix, .other: nil
        }
    }

    /// The IP address with its zone, nil for other families.
    public var ip: IPAddress? {
        switch self {
        case .ipv4(let address, _): .v4(address)
        case .ipv6(let address, _, _, let zone): .v6(address, zone: zone)
        case .unix, .other: nil
        }
    }

    /// The zone of an IPv6 address, nil otherwise.
    public var zone: Zone? {
        if case .ipv6(_, _, _, let zone) = self { zone } else { nil }
    }

    /// The same address with another port; addresses of families without ports stay as they are.
    public func with(port: UInt16) -> Self {
        switch self {
        case .ipv4(let address, _): .ipv4(address, port: port)
        case .ipv6(let address, _, let flowInfo, let zone):
            .ipv6(address, port: port, flowInfo: flowInfo, zone: zone)
        case .unix, .other: self
        }
    }

    /// The same address in another zone; only IPv6 addresses have one, others stay as they are.
    public func with(zone: Zone?) -> Self {
        guard case .ipv6(let address, let port, let flowInfo, _) = self else { return self }
        return .ipv6(address, port: port, flowInfo: flowInfo, zone: zone)
    }

    /// Whether this is an IPv4 peer as a dual-stack IPv6 socket names it: `IN6_IS_ADDR_V4MAPPED`.
    public var isV4Mapped: Bool { ip?.isV4Mapped ?? false }

    /// The IPv4 form of a mapped address, any other as it is; zone and flow information mean nothing for the former.
    public var unmapped: Self {
        guard case .ipv6(let address, let port, _, _) = self, let mapped = address.mappedIPv4 else { return self }
        return .ipv4(mapped, port: port)
    }

    /// The form of an IPv4 address that a dual-stack IPv6 socket takes, any other as it is.
    public var mapped: Self {
        guard case .ipv4(let address, let port) = self else { return self }
        return .ipv6(IPv6Address(mapping: address), port: port)
    }
}
