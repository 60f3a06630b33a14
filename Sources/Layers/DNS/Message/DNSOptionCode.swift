/// The meaning of an option of EDNS (RFC 6891, and IANA's list).
public struct DNSOptionCode: DNSNumber, BitwiseCopyable {
    /// The number on the wire.
    public let rawValue: UInt16

    /// Names any number, also one without a mnemonic here.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// What precedes a number without a mnemonic.
    public static var prefix: String { "OPT" }

    /// Every mnemonic with its number.
    public static let allNamed: [(mnemonic: String, value: Self)] = [
        ("NSID", .serverIdentifier),
        ("ECS", .clientSubnet),
        ("EXPIRE", .expire),
        ("COOKIE", .cookie),
        ("KEEPALIVE", .keepalive),
        ("PADDING", .padding),
        ("EDE", .extendedError),
    ]
}

extension DNSOptionCode {
    /// The server's name (RFC 5001): `NSID`.
    @inlinable public static var serverIdentifier: Self { Self(rawValue: 3) }

    /// For whom is asked (RFC 7871): `ECS`.
    @inlinable public static var clientSubnet: Self { Self(rawValue: 8) }

    /// When a zone expires (RFC 7314): `EXPIRE`.
    @inlinable public static var expire: Self { Self(rawValue: 9) }

    /// What proves that one has been answered before (RFC 7873): `COOKIE`.
    @inlinable public static var cookie: Self { Self(rawValue: 10) }

    /// How long a connection may be idle (RFC 7828): `KEEPALIVE`.
    @inlinable public static var keepalive: Self { Self(rawValue: 11) }

    /// Bytes that hide the length (RFC 7830): `PADDING`.
    @inlinable public static var padding: Self { Self(rawValue: 12) }

    /// What exactly went wrong (RFC 8914): `EDE`.
    @inlinable public static var extendedError: Self { Self(rawValue: 15) }
}
