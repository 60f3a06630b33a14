/// What a resource record holds, and what a question asks for (RFC 1035, section 3.2.2, and IANA's list).
public struct DNSRecordType: DNSNumber, BitwiseCopyable {
    /// The number on the wire.
    public let rawValue: UInt16

    /// Names any number, also one without a mnemonic here.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// What precedes a number without a mnemonic.
    public static var prefix: String { "TYPE" }

    /// Every mnemonic with its number.
    public static let allNamed: [(mnemonic: String, value: Self)] = [
        ("A", .a),
        ("NS", .ns),
        ("CNAME", .cname),
        ("SOA", .soa),
        ("PTR", .ptr),
        ("HINFO", .hinfo),
        ("MX", .mx),
        ("TXT", .txt),
        ("AAAA", .aaaa),
        ("SRV", .srv),
        ("NAPTR", .naptr),
        ("DNAME", .dname),
        ("OPT", .opt),
        ("DS", .ds),
        ("RRSIG", .rrsig),
        ("NSEC", .nsec),
        ("DNSKEY", .dnskey),
        ("NSEC3", .nsec3),
        ("TLSA", .tlsa),
        ("SVCB", .svcb),
        ("HTTPS", .https),
        ("TSIG", .tsig),
        ("IXFR", .ixfr),
        ("AXFR", .axfr),
        ("ANY", .any),
        ("CAA", .caa),
    ]
}

extension DNSRecordType {
    /// An IPv4 address: `A`.
    @inlinable public static var a: Self { Self(rawValue: 1) }

    /// A name server of a zone: `NS`.
    @inlinable public static var ns: Self { Self(rawValue: 2) }

    /// The name that an alias stands for: `CNAME`.
    @inlinable public static var cname: Self { Self(rawValue: 5) }

    /// The start of a zone of authority: `SOA`.
    @inlinable public static var soa: Self { Self(rawValue: 6) }

    /// The name that an address leads back to: `PTR`.
    @inlinable public static var ptr: Self { Self(rawValue: 12) }

    /// A host's machine and system, and the short answer to `ANY` (RFC 8482): `HINFO`.
    @inlinable public static var hinfo: Self { Self(rawValue: 13) }

    /// Where a domain's mail goes: `MX`.
    @inlinable public static var mx: Self { Self(rawValue: 15) }

    /// Text: `TXT`.
    @inlinable public static var txt: Self { Self(rawValue: 16) }

    /// An IPv6 address (RFC 3596): `AAAA`.
    @inlinable public static var aaaa: Self { Self(rawValue: 28) }

    /// Where a service is (RFC 2782): `SRV`.
    @inlinable public static var srv: Self { Self(rawValue: 33) }

    /// A rule that rewrites names (RFC 3403): `NAPTR`.
    @inlinable public static var naptr: Self { Self(rawValue: 35) }

    /// The name that all below a name stand for (RFC 6672): `DNAME`.
    @inlinable public static var dname: Self { Self(rawValue: 39) }

    /// No record but the extension of the header (RFC 6891): `OPT`.
    @inlinable public static var opt: Self { Self(rawValue: 41) }

    /// The digest of a child zone's key (RFC 4034): `DS`.
    @inlinable public static var ds: Self { Self(rawValue: 43) }

    /// A signature (RFC 4034): `RRSIG`.
    @inlinable public static var rrsig: Self { Self(rawValue: 46) }

    /// The next name, and the types of this one (RFC 4034): `NSEC`.
    @inlinable public static var nsec: Self { Self(rawValue: 47) }

    /// A zone's key (RFC 4034): `DNSKEY`.
    @inlinable public static var dnskey: Self { Self(rawValue: 48) }

    /// As `NSEC` with hashed names (RFC 5155): `NSEC3`.
    @inlinable public static var nsec3: Self { Self(rawValue: 50) }

    /// A server's certificate (RFC 6698): `TLSA`.
    @inlinable public static var tlsa: Self { Self(rawValue: 52) }

    /// How to reach a service (RFC 9460): `SVCB`.
    @inlinable public static var svcb: Self { Self(rawValue: 64) }

    /// How to reach a web server (RFC 9460): `HTTPS`.
    @inlinable public static var https: Self { Self(rawValue: 65) }

    /// A message's signature (RFC 8945): `TSIG`.
    @inlinable public static var tsig: Self { Self(rawValue: 250) }

    /// A question for what has changed in a zone (RFC 1995): `IXFR`.
    @inlinable public static var ixfr: Self { Self(rawValue: 251) }

    /// A question for a whole zone (RFC 5936): `AXFR`.
    @inlinable public static var axfr: Self { Self(rawValue: 252) }

    /// A question for all types: `*` in RFC 1035: `ANY`.
    @inlinable public static var any: Self { Self(rawValue: 255) }

    /// Who may issue certificates (RFC 8659): `CAA`.
    @inlinable public static var caa: Self { Self(rawValue: 257) }
}
