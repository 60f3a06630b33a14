/// The class of a record or a question (RFC 1035, section 3.2.4).
public struct DNSClass: DNSNumber, BitwiseCopyable {
    /// The number on the wire.
    public let rawValue: UInt16

    /// Names any number, also one without a mnemonic here.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// What precedes a number without a mnemonic.
    public static var prefix: String { "CLASS" }

    /// Every mnemonic with its number.
    public static let allNamed: [(mnemonic: String, value: Self)] = [
        ("IN", .internet),
        ("CH", .chaos),
        ("HS", .hesiod),
        ("NONE", .none),
        ("ANY", .any),
    ]
}

extension DNSClass {
    /// The Internet: `IN`.
    @inlinable public static var internet: Self { Self(rawValue: 1) }

    /// Chaosnet, which servers use to tell about themselves: `CH`.
    @inlinable public static var chaos: Self { Self(rawValue: 3) }

    /// Hesiod: `HS`.
    @inlinable public static var hesiod: Self { Self(rawValue: 4) }

    /// No class: in updates (RFC 2136): `NONE`.
    @inlinable public static var none: Self { Self(rawValue: 254) }

    /// A question for all classes: `*` in RFC 1035: `ANY`.
    @inlinable public static var any: Self { Self(rawValue: 255) }
}
