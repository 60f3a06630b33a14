extension IPv6Address {
    /// Whether this is `::`: `IN6_IS_ADDR_UNSPECIFIED`.
    @inlinable public var isAny: Bool { high | low == 0 }

    /// Whether this is `::1`: `IN6_IS_ADDR_LOOPBACK`. A mapped `::ffff:127.0.0.1` is not: see ``mappedIPv4``.
    @inlinable public var isLoopback: Bool { high == 0 && low == 1 }

    /// Whether this lies in `ff00::/8`: `IN6_IS_ADDR_MULTICAST`.
    @inlinable public var isMulticast: Bool { high >> 56 == 0xff }

    /// Whether this lies in `fe80::/10`, valid on one link only: `IN6_IS_ADDR_LINKLOCAL`.
    @inlinable public var isLinkLocal: Bool { high >> 54 == 0x3fa }

    /// Whether this lies in `fec0::/10`, deprecated by RFC 3879: `IN6_IS_ADDR_SITELOCAL`.
    @inlinable public var isSiteLocal: Bool { high >> 54 == 0x3fb }

    /// Whether this lies in `fc00::/7`, the private networks of RFC 4193.
    @inlinable public var isUniqueLocal: Bool { high >> 57 == 0x7e }

    /// Whether this lies in `::ffff:0:0/96`, an IPv4 address as an IPv6 socket sees it: `IN6_IS_ADDR_V4MAPPED`.
    @inlinable public var isV4Mapped: Bool { high == 0 && low >> 32 == 0xffff }

    /// Whether this lies in `::/96` and is neither `::` nor `::1`, deprecated by RFC 4291: `IN6_IS_ADDR_V4COMPAT`.
    @inlinable public var isV4Compatible: Bool { high == 0 && low >> 32 == 0 && low > 1 }

    /// The IPv4 address as an IPv6 socket writes it, `::ffff:192.0.2.1` (RFC 4291, 2.5.5.2).
    @inlinable public init(mapping address: IPv4Address) {
        self.init(high: 0, low: 0xffff_0000_0000 | UInt64(address.rawValue))
    }

    /// The IPv4 address that is mapped here, nil unless ``isV4Mapped``.
    @inlinable public var mappedIPv4: IPv4Address? {
        isV4Mapped ? IPv4Address(rawValue: UInt32(truncatingIfNeeded: low)) : nil
    }
}

extension IPv6Address {
    /// How far a multicast group reaches: the scope field of RFC 4291, 2.7, `__IPV6_ADDR_MC_SCOPE`.
    @frozen public struct MulticastScope: RawRepresentable, Hashable, Comparable, Sendable, Codable, BitwiseCopyable {
        /// The four bits of the scope field, 0...15.
        public let rawValue: UInt8

        /// Names any scope; bits above the lowest four are dropped.
        @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue & 0xf }

        /// Orders scopes by their reach.
        @inlinable public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

        /// 1, within the interface: `IN6_IS_ADDR_MC_NODELOCAL`.
        @inlinable public static var interfaceLocal: Self { Self(rawValue: 1) }
        /// 2, within the link: `IN6_IS_ADDR_MC_LINKLOCAL`.
        @inlinable public static var linkLocal: Self { Self(rawValue: 2) }
        /// 3, within the realm (RFC 7346).
        @inlinable public static var realmLocal: Self { Self(rawValue: 3) }
        /// 4, the smallest that an administrator sets up.
        @inlinable public static var adminLocal: Self { Self(rawValue: 4) }
        /// 5, within the site: `IN6_IS_ADDR_MC_SITELOCAL`.
        @inlinable public static var siteLocal: Self { Self(rawValue: 5) }
        /// 8, within the organization: `IN6_IS_ADDR_MC_ORGLOCAL`.
        @inlinable public static var organizationLocal: Self { Self(rawValue: 8) }
        /// 14, everywhere: `IN6_IS_ADDR_MC_GLOBAL`.
        @inlinable public static var global: Self { Self(rawValue: 14) }
    }

    /// The scope of a multicast group, nil unless ``isMulticast``.
    @inlinable public var multicastScope: MulticastScope? {
        isMulticast ? MulticastScope(rawValue: UInt8(truncatingIfNeeded: high >> 48)) : nil
    }
}
