/// The bits of a message's header that are neither its kind nor its outcome (RFC 1035, section 4.1.1, RFC 4035, section 3).
public struct DNSFlags: OptionSet, Hashable, Sendable, BitwiseCopyable {
    /// The bits, where the header's third and fourth byte have them.
    public let rawValue: UInt16

    /// Any set of bits; those that have another meaning in the header are left out when a message is encoded.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The answer is from a server of the zone: `AA`.
    @inlinable public static var authoritative: Self { Self(rawValue: 0x0400) }
    /// The message was too long and was cut: `TC`.
    @inlinable public static var truncated: Self { Self(rawValue: 0x0200) }
    /// The server shall find out what it does not know: `RD`.
    @inlinable public static var recursionDesired: Self { Self(rawValue: 0x0100) }
    /// The server would find out what it does not know: `RA`.
    @inlinable public static var recursionAvailable: Self { Self(rawValue: 0x0080) }
    /// Reserved, zero: `Z`.
    @inlinable public static var reserved: Self { Self(rawValue: 0x0040) }
    /// The server has checked the signatures: `AD`.
    @inlinable public static var authenticData: Self { Self(rawValue: 0x0020) }
    /// The server shall not check signatures: `CD`.
    @inlinable public static var checkingDisabled: Self { Self(rawValue: 0x0010) }

    /// All bits that are flags.
    static var all: Self { Self(rawValue: 0x07F0) }
}

extension DNSFlags: CustomStringConvertible {
    private static let names: [(String, Self)] = [
        ("aa", .authoritative), ("tc", .truncated), ("rd", .recursionDesired), ("ra", .recursionAvailable),
        ("z", .reserved), ("ad", .authenticData), ("cd", .checkingDisabled),
    ]

    /// The names of the flags as `dig` writes them, with spaces between.
    public var description: String {
        Self.names.filter { contains($0.1) }.map { $0.0 }.joined(separator: " ")
    }
}
