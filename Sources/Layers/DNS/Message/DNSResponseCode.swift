/// What came of a question, 0...4095; from 16 on only with EDNS (RFC 1035, section 4.1.1, and RFC 6891).
public struct DNSResponseCode: DNSNumber, BitwiseCopyable {
    /// The number on the wire.
    public let rawValue: UInt16

    /// Names any number, also one without a mnemonic here.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// What precedes a number without a mnemonic.
    public static var prefix: String { "RCODE" }

    /// Every mnemonic with its number.
    public static let allNamed: [(mnemonic: String, value: Self)] = [
        ("NOERROR", .noError),
        ("FORMERR", .formatError),
        ("SERVFAIL", .serverFailure),
        ("NXDOMAIN", .nameError),
        ("NOTIMP", .notImplemented),
        ("REFUSED", .refused),
        ("YXDOMAIN", .nameExists),
        ("YXRRSET", .setExists),
        ("NXRRSET", .setMissing),
        ("NOTAUTH", .notAuthoritative),
        ("NOTZONE", .notInZone),
        ("BADVERS", .badVersion),
        ("BADCOOKIE", .badCookie),
    ]
}

extension DNSResponseCode {
    /// No error; the answer may still be empty: `NOERROR`.
    @inlinable public static var noError: Self { Self(rawValue: 0) }

    /// The server could not read the message: `FORMERR`.
    @inlinable public static var formatError: Self { Self(rawValue: 1) }

    /// The server has failed: `SERVFAIL`.
    @inlinable public static var serverFailure: Self { Self(rawValue: 2) }

    /// The name does not exist: `NXDOMAIN`.
    @inlinable public static var nameError: Self { Self(rawValue: 3) }

    /// The server does not know this kind of question: `NOTIMP`.
    @inlinable public static var notImplemented: Self { Self(rawValue: 4) }

    /// The server refuses to answer: `REFUSED`.
    @inlinable public static var refused: Self { Self(rawValue: 5) }

    /// A name exists that should not (RFC 2136): `YXDOMAIN`.
    @inlinable public static var nameExists: Self { Self(rawValue: 6) }

    /// Records exist that should not (RFC 2136): `YXRRSET`.
    @inlinable public static var setExists: Self { Self(rawValue: 7) }

    /// Records do not exist that should (RFC 2136): `NXRRSET`.
    @inlinable public static var setMissing: Self { Self(rawValue: 8) }

    /// The server is not the zone's (RFC 2136): `NOTAUTH`.
    @inlinable public static var notAuthoritative: Self { Self(rawValue: 9) }

    /// The name is not in the zone (RFC 2136): `NOTZONE`.
    @inlinable public static var notInZone: Self { Self(rawValue: 10) }

    /// The server does not know this version of EDNS (RFC 6891): `BADVERS`.
    @inlinable public static var badVersion: Self { Self(rawValue: 16) }

    /// The cookie is wrong or missing (RFC 7873): `BADCOOKIE`.
    @inlinable public static var badCookie: Self { Self(rawValue: 23) }
}
