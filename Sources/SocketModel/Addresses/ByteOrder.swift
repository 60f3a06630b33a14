extension FixedWidthInteger {
    /// The number with its bytes in network order, most significant first: `htons(3)` for `UInt16`, `htonl(3)` for
    /// `UInt32`. On a big-endian host the number itself.
    ///
    /// Addresses and ports of this package are always in the host's order; nothing need be converted to use them.
    @inlinable public var networkByteOrder: Self { bigEndian }

    /// The number whose bytes in network order are those of `value`: `ntohs(3)` for `UInt16`, `ntohl(3)` for `UInt32`.
    @inlinable public init(networkByteOrder value: Self) { self.init(bigEndian: value) }
}
