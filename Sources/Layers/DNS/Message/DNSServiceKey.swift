/// The meaning of a parameter of a service binding (RFC 9460, section 14.3.2).
public struct DNSServiceKey: DNSNumber, BitwiseCopyable {
    /// The number on the wire.
    public let rawValue: UInt16

    /// Names any number, also one without a mnemonic here.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// What precedes a number without a mnemonic.
    public static var prefix: String { "key" }

    /// Every mnemonic with its number.
    public static let allNamed: [(mnemonic: String, value: Self)] = [
        ("mandatory", .mandatory),
        ("alpn", .alpn),
        ("no-default-alpn", .noDefaultALPN),
        ("port", .port),
        ("ipv4hint", .ipv4Hint),
        ("ech", .ech),
        ("ipv6hint", .ipv6Hint),
        ("dohpath", .dohPath),
    ]
}

extension DNSServiceKey {
    /// Which parameters a client must understand: `mandatory`.
    @inlinable public static var mandatory: Self { Self(rawValue: 0) }

    /// The protocols above TLS: `alpn`.
    @inlinable public static var alpn: Self { Self(rawValue: 1) }

    /// Only the protocols listed: `no-default-alpn`.
    @inlinable public static var noDefaultALPN: Self { Self(rawValue: 2) }

    /// Another port: `port`.
    @inlinable public static var port: Self { Self(rawValue: 3) }

    /// IPv4 addresses to begin with: `ipv4hint`.
    @inlinable public static var ipv4Hint: Self { Self(rawValue: 4) }

    /// How to encrypt a client's hello: `ech`.
    @inlinable public static var ech: Self { Self(rawValue: 5) }

    /// IPv6 addresses to begin with: `ipv6hint`.
    @inlinable public static var ipv6Hint: Self { Self(rawValue: 6) }

    /// The path of DNS over HTTPS (RFC 9461): `dohpath`.
    @inlinable public static var dohPath: Self { Self(rawValue: 7) }
}
