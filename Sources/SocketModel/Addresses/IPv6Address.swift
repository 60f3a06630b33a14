/// An IPv6 address without a zone: `struct in6_addr`, 128 bits.
///
/// A link-local address says nothing without the zone (the interface) it belongs to: ``IPAddress`` and
/// ``SocketAddress`` carry both.
@frozen public struct IPv6Address: Hashable, Sendable, BitwiseCopyable {
    /// The first 64 bits, the network's, as a number in the host's byte order.
    public let high: UInt64

    /// The last 64 bits, the interface identifier, as a number in the host's byte order.
    public let low: UInt64

    /// The address with these halves, in the host's byte order.
    @inlinable public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The address with these eight groups, as they are written: `IPv6Address(0xfe80, 0, 0, 0, 0, 0, 0, 1)`.
    @inlinable public init(
        _ first: UInt16, _ second: UInt16, _ third: UInt16, _ fourth: UInt16,
        _ fifth: UInt16, _ sixth: UInt16, _ seventh: UInt16, _ eighth: UInt16
    ) {
        high = UInt64(first) << 48 | UInt64(second) << 32 | UInt64(third) << 16 | UInt64(fourth)
        low = UInt64(fifth) << 48 | UInt64(sixth) << 32 | UInt64(seventh) << 16 | UInt64(eighth)
    }

    /// The address with these octets, in network order: `in6_addr.s6_addr`.
    @inlinable public init(octets: [16 of UInt8]) {
        var halves: [2 of UInt64] = [0, 0]
        for index in octets.indices {
            halves[index >> 3] = halves[index >> 3] << 8 | UInt64(octets[index])
        }
        self.init(high: halves[0], low: halves[1])
    }

    /// The sixteen octets in network order: `in6_addr.s6_addr`.
    @inlinable public var octets: [16 of UInt8] {
        [16 of UInt8] { index in
            UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64(56 - (index & 7) * 8))
        }
    }
}

extension IPv6Address {
    /// The address as a number in the host's byte order, `::1` is 1.
    @inlinable public var rawValue: UInt128 { UInt128(high) << 64 | UInt128(low) }

    /// The address with that number, in the host's byte order.
    @inlinable public init(rawValue: UInt128) {
        self.init(high: UInt64(truncatingIfNeeded: rawValue >> 64), low: UInt64(truncatingIfNeeded: rawValue))
    }
}

extension IPv6Address: Comparable {
    /// Orders addresses by their number.
    @inlinable public static func < (left: Self, right: Self) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}

extension IPv6Address {
    /// `::`: bound to, it means every address of the host. `IN6ADDR_ANY_INIT`, `in6addr_any`.
    @inlinable public static var any: Self { Self(high: 0, low: 0) }

    /// `::1`: the host itself. `IN6ADDR_LOOPBACK_INIT`, `in6addr_loopback`.
    @inlinable public static var loopback: Self { Self(high: 0, low: 1) }

    /// `ff02::1`: every node of the link; sent to, it needs a zone (RFC 4291, 2.7.1).
    @inlinable public static var allNodesGroup: Self { Self(high: 0xff02 << 48, low: 1) }

    /// `ff02::2`: every router of the link; sent to, it needs a zone (RFC 4291, 2.7.1).
    @inlinable public static var allRoutersGroup: Self { Self(high: 0xff02 << 48, low: 2) }
}
