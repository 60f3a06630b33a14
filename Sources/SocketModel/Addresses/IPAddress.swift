/// An address of either version of IP, with the zone of an IPv6 one.
public enum IPAddress: Hashable, Sendable, BitwiseCopyable {
    /// An IPv4 address.
    case v4(IPv4Address)

    /// An IPv6 address and the zone that it belongs to, if one was given.
    case v6(IPv6Address, zone: Zone? = nil)
}

extension IPAddress {
    /// Whether this is `0.0.0.0` or `::`: `INADDR_ANY`, `in6addr_any`.
    public var isAny: Bool { query(\.isAny, \.isAny) }

    /// Whether this lies in `127.0.0.0/8` or is `::1`. A mapped address is asked as IPv6: see ``unmapped``.
    public var isLoopback: Bool { query(\.isLoopback, \.isLoopback) }

    /// Whether this is `255.255.255.255`; IPv6 has no broadcast.
    public var isBroadcast: Bool {
        if case .v4(let address) = self { address.isBroadcast } else { false }
    }

    /// Whether this lies in `224.0.0.0/4` or `ff00::/8`.
    public var isMulticast: Bool { query(\.isMulticast, \.isMulticast) }

    /// Whether this lies in `169.254.0.0/16` or `fe80::/10`.
    public var isLinkLocal: Bool { query(\.isLinkLocal, \.isLinkLocal) }

    /// Whether this is a private address: RFC 1918 for IPv4, RFC 4193 (`fc00::/7`) for IPv6.
    public var isPrivate: Bool { query(\.isPrivate, \.isUniqueLocal) }

    /// Whether this is IPv4 mapped into IPv6, `::ffff:192.0.2.1`.
    public var isV4Mapped: Bool {
        if case .v6(let address, _) = self { address.isV4Mapped } else { false }
    }

    /// The IPv4 address where this is one mapped into IPv6, otherwise itself: what dual-stack servers compare.
    public var unmapped: Self {
        if case .v6(let address, _) = self, let mapped = address.mappedIPv4 { .v4(mapped) } else { self }
    }

    /// The IPv6 form that a dual-stack socket takes: an IPv4 address mapped, an IPv6 address itself.
    public var mapped: Self {
        if case .v4(let address) = self { .v6(IPv6Address(mapping: address)) } else { self }
    }

    /// The zone, nil for IPv4.
    public var zone: Zone? {
        if case .v6(_, let zone) = self { zone } else { nil }
    }

    /// `AF_INET` or `AF_INET6`.
    public var family: AddressFamily {
        switch self {
        case .v4: AddressFamily.ipv4
        case .v6: AddressFamily.ipv6
        }
    }

    @inline(__always)
    private func query(_ four: (IPv4Address) -> Bool, _ six: (IPv6Address) -> Bool) -> Bool {
        switch self {
        case .v4(let address): four(address)
        case .v6(let address, _): six(address)
        }
    }
}

extension IPAddress: Comparable {
    /// Orders IPv4 before IPv6, each by its number, equal IPv6 addresses by their zone, none first.
    public static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.v4(let left), .v4(let right)): return left < right
        case (.v4, .v6): return true
        case (.v6, .v4): return false
        case (.v6(let left, let leftZone), .v6(let right, let rightZone)):
            if left != right { return left < right }
            guard let rightZone else { return false }
            guard let leftZone else { return true }
            return leftZone < rightZone
        }
    }
}

extension IPAddress: AddressText, CustomStringConvertible {
    /// The address as ``IPv4Address`` or ``IPv6Address`` prints it, `%` and the zone behind it if there is one.
    public var description: String {
        switch self {
        case .v4(let address): address.description
        case .v6(let address, nil): address.description
        case .v6(let address, let zone?): "\(address)%\(zone)"
        }
    }

    /// Reads a strict dotted quad, or an IPv6 address with or without `%zone`; never a host name.
    ///
    /// Throws an ``AddressError`` that says which byte is wrong.
    public init(parsing text: String) throws(AddressError) {
        self = try parse(text) { bytes, range throws(TextFault) in try Self(bytes, in: range) }
    }

    /// An address with a colon in it is taken for IPv6, every other for IPv4.
    init(_ bytes: Span<UInt8>, in range: Range<Int>) throws(TextFault) {
        guard bytes.firstOffset(of: ASCII.colon, in: range) != nil else {
            if let percent = bytes.firstOffset(of: ASCII.percent, in: range) {
                throw TextFault(.unexpectedZone, at: percent)
            }
            self = .v4(IPv4Address(rawValue: try parseIPv4(bytes, in: range)))
            return
        }
        guard let percent = bytes.firstOffset(of: ASCII.percent, in: range) else {
            self = .v6(try parseIPv6(bytes, in: range))
            return
        }
        let address = try parseIPv6(bytes, in: range.lowerBound..<percent)
        self = .v6(address, zone: try Zone(bytes, in: percent + 1..<range.upperBound))
    }
}
