/// A block of addresses that share their leading bits, `10.0.0.0/8`: a CIDR prefix (RFC 4632, RFC 4291).
///
/// A prefix has no zone and belongs to one version of IP: `0.0.0.0/0` contains no IPv6 address, a mapped one neither.
/// Ask with ``IPAddress/unmapped`` where a dual-stack socket names its peers.
public struct IPPrefix: Hashable, Sendable, BitwiseCopyable {
    /// The first address; its bits beyond ``length`` are zero.
    public let network: IPAddress

    /// The number of leading bits that the addresses share: 0...32 for IPv4, 0...128 for IPv6.
    public let length: Int

    /// The prefix of that length in which the address lies; its other bits are cleared, its zone is dropped.
    ///
    /// Throws ``AddressError/Kind/prefixLengthOutOfRange`` when the length is negative, above 32 (IPv4) or 128 (IPv6).
    public init(_ address: IPAddress, length: Int) throws(AddressError) {
        guard (0...Self.bits(of: address)).contains(length) else {
            let text = "\(address)/"
            throw AddressError(.prefixLengthOutOfRange, input: "\(text)\(length)", offset: text.utf8.count)
        }
        self.init(clearing: address, length: length)
    }

    /// The prefix that has this address alone: `/32` or `/128`.
    public init(_ address: IPAddress) {
        self.init(clearing: address, length: Self.bits(of: address))
    }

    /// As the form that throws, for lengths that are in bounds.
    init(clearing address: IPAddress, length: Int) {
        self.length = length
        network = Self.combine(address, Self.maskBits(address, length)) { $0 & $1 }
    }
}

extension IPPrefix {
    /// Whether the address shares the leading bits. Its zone does not matter; the other version of IP is never inside.
    public func contains(_ address: IPAddress) -> Bool {
        switch (network, address) {
        case (.v4(let network), .v4(let address)):
            (network.rawValue ^ address.rawValue) >> UInt32(32 - length) == 0
        case (.v6(let network, _), .v6(let address, _)):
            (network.rawValue ^ address.rawValue) >> UInt128(128 - length) == 0
        default: false
        }
    }

    /// Whether every address of the other prefix lies in this one.
    public func contains(_ other: IPPrefix) -> Bool { other.length >= length && contains(other.network) }

    /// The first address: the network's own.
    public var first: IPAddress { network }

    /// The last address: in IPv4 networks of up to 30 bits the broadcast address.
    public var last: IPAddress { Self.combine(network, Self.maskBits(network, length)) { $0 | ~$1 } }

    /// The netmask: ones for the leading bits, `255.0.0.0` for `/8`.
    public var mask: IPAddress { Self.combine(network, Self.maskBits(network, length)) { $1 } }

    /// The complement of ``mask``: ones for the bits in which the addresses differ, `0.255.255.255` for `/8`.
    public var hostMask: IPAddress { Self.combine(network, Self.maskBits(network, length)) { ~$1 } }

    private static func bits(of address: IPAddress) -> Int {
        if case .v4 = address { 32 } else { 128 }
    }

    /// The mask in the lowest 32 or 128 bits.
    private static func maskBits(_ address: IPAddress, _ length: Int) -> UInt128 {
        UInt128.max << UInt128(max(0, bits(of: address) - length))
    }

    private static func combine(
        _ address: IPAddress, _ mask: UInt128, _ operation: (UInt128, UInt128) -> UInt128
    ) -> IPAddress {
        switch address {
        case .v4(let address):
            .v4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: operation(UInt128(address.rawValue), mask))))
        case .v6(let address, _): .v6(IPv6Address(rawValue: operation(address.rawValue, mask)))
        }
    }
}

extension IPPrefix: Comparable {
    /// Orders prefixes by their first address, wider ones before those they contain.
    public static func < (left: Self, right: Self) -> Bool {
        left.network == right.network ? left.length < right.length : left.network < right.network
    }
}

extension IPPrefix: AddressText, CustomStringConvertible {
    /// The first address, `/`, the length.
    public var description: String { "\(network)/\(length)" }

    /// Reads an address, `/` and a decimal length, `2001:db8::/32`.
    ///
    /// Bits set beyond the length, as in `10.0.0.1/8`, are refused since they are most often a slip; make a prefix from
    /// an address and a length to have them cleared. Zones and netmasks behind the `/` are refused too.
    /// Throws an ``AddressError`` that says which byte is wrong.
    public init(parsing text: String) throws(AddressError) {
        do throws(TextFault) {
            try self.init(text.utf8.span)
        } catch {
            throw error.error(in: text)
        }
    }

    private init(_ bytes: Span<UInt8>) throws(TextFault) {
        guard !bytes.isEmpty else { throw TextFault(.empty, at: 0) }
        let slash = bytes.lastOffset(of: ASCII.slash, in: 0..<bytes.count)
        let end = slash ?? bytes.count
        if let percent = bytes.firstOffset(of: ASCII.percent, in: 0..<end) {
            throw TextFault(.unexpectedZone, at: percent)
        }
        let address = try IPAddress(bytes, in: 0..<end)
        guard let slash else { throw TextFault(.missingPrefixLength, at: end) }
        let length = try parseDecimal(
            bytes, in: slash + 1..<bytes.count, maximum: UInt32(Self.bits(of: address)),
            missing: .missingPrefixLength, tooLarge: .prefixLengthOutOfRange)
        self.init(clearing: address, length: Int(length))
        guard network == address else { throw TextFault(.hostBitsSet, at: 0) }
    }
}
