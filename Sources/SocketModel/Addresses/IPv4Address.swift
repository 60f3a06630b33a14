/// An IPv4 address: `struct in_addr`, 32 bits.
///
/// The text form is the strict dotted quad of `inet_pton(3)`. The looser forms of `inet_aton(3)` (`127.1`, `0x7f000001`)
/// are read by ``init(classic:)`` only, because other programs read the same text differently.
@frozen public struct IPv4Address: Hashable, Sendable, BitwiseCopyable {
    /// The address as a number in the host's byte order, `127.0.0.1` is `0x7f00_0001`; `ntohl(in_addr.s_addr)` in C.
    public let rawValue: UInt32

    /// The address with that number, in the host's byte order.
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The address with these four octets, in the order they are written: `IPv4Address(127, 0, 0, 1)`.
    @inlinable public init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
        rawValue = UInt32(first) << 24 | UInt32(second) << 16 | UInt32(third) << 8 | UInt32(fourth)
    }

    /// The address with these octets, in network order.
    @inlinable public init(octets: [4 of UInt8]) {
        self.init(octets[0], octets[1], octets[2], octets[3])
    }

    /// The four octets in network order, which is the order they are written in.
    @inlinable public var octets: [4 of UInt8] {
        [
            UInt8(truncatingIfNeeded: rawValue >> 24), UInt8(truncatingIfNeeded: rawValue >> 16),
            UInt8(truncatingIfNeeded: rawValue >> 8), UInt8(truncatingIfNeeded: rawValue),
        ]
    }
}

extension IPv4Address: Comparable {
    /// Orders addresses by their number.
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension IPv4Address {
    /// Whether this is `0.0.0.0`, the address that stands for every address of the host: `INADDR_ANY`.
    @inlinable public var isAny: Bool { rawValue == 0 }

    /// Whether this lies in `127.0.0.0/8`, the loopback network: `IN_LOOPBACK`.
    @inlinable public var isLoopback: Bool { rawValue >> 24 == 127 }

    /// Whether this is `255.255.255.255`, the limited broadcast address: `INADDR_BROADCAST`.
    ///
    /// Whether an address is the broadcast address of a network depends on that network: see ``IPPrefix/last``.
    @inlinable public var isBroadcast: Bool { rawValue == 0xffff_ffff }

    /// Whether this lies in `224.0.0.0/4`, the multicast groups: `IN_MULTICAST`.
    @inlinable public var isMulticast: Bool { rawValue >> 28 == 0xe }

    /// Whether this lies in `169.254.0.0/16`, valid on one link only (RFC 3927).
    @inlinable public var isLinkLocal: Bool { rawValue >> 16 == 0xa9fe }

    /// Whether this lies in `10.0.0.0/8`, `172.16.0.0/12` or `192.168.0.0/16`, the private networks of RFC 1918.
    @inlinable public var isPrivate: Bool {
        rawValue >> 24 == 10 || rawValue >> 20 == 0xac1 || rawValue >> 16 == 0xc0a8
    }
}
