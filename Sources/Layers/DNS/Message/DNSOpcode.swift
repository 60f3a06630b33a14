/// The kind of a message, 0...15 (RFC 1035, section 4.1.1).
public struct DNSOpcode: DNSNumber, BitwiseCopyable {
    /// The number on the wire.
    public let rawValue: UInt8

    /// Names any number, also one without a mnemonic here.
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// What precedes a number without a mnemonic.
    public static var prefix: String { "OPCODE" }

    /// Every mnemonic with its number.
    public static let allNamed: [(mnemonic: String, value: Self)] = [
        ("QUERY", .query),
        ("IQUERY", .inverseQuery),
        ("STATUS", .status),
        ("NOTIFY", .notify),
        ("UPDATE", .update),
        ("DSO", .statefulOperations),
    ]
}

extension DNSOpcode {
    /// A question: `QUERY`.
    @inlinable public static var query: Self { Self(rawValue: 0) }

    /// An inverse question, obsolete (RFC 3425): `IQUERY`.
    @inlinable public static var inverseQuery: Self { Self(rawValue: 1) }

    /// A question for the server's state: `STATUS`.
    @inlinable public static var status: Self { Self(rawValue: 2) }

    /// A zone has changed (RFC 1996): `NOTIFY`.
    @inlinable public static var notify: Self { Self(rawValue: 4) }

    /// A change of a zone (RFC 2136): `UPDATE`.
    @inlinable public static var update: Self { Self(rawValue: 5) }

    /// Stateful operations (RFC 8490): `DSO`.
    @inlinable public static var statefulOperations: Self { Self(rawValue: 6) }
}
