public import SocketModel

/// What a record holds.
public enum DNSRecordData: Hashable, Sendable {
    /// An IPv4 address.
    case a(IPv4Address)
    /// An IPv6 address.
    case aaaa(IPv6Address)
    /// The name that an alias stands for.
    case cname(DNSName)
    /// The name that all names below the record's stand for.
    case dname(DNSName)
    /// A name server of a zone.
    case ns(DNSName)
    /// The name that an address leads back to.
    case ptr(DNSName)
    /// The start of a zone of authority.
    case soa(DNSStartOfAuthority)
    /// Where a domain's mail goes: the lowest preference first.
    case mx(preference: UInt16, exchange: DNSName)
    /// Texts, of at most 255 bytes each.
    case txt([[UInt8]])
    /// Where a service is.
    case srv(DNSServiceLocation)
    /// A rule that rewrites names.
    case naptr(DNSNamingAuthority)
    /// Who may issue certificates.
    case caa(DNSIssuerPolicy)
    /// The digest of a child zone's key.
    case ds(DNSDelegationSigner)
    /// A zone's key.
    case dnskey(DNSZoneKey)
    /// The signature of the records of a type.
    case rrsig(DNSSignature)
    /// The next name of a zone, and the types that this one has.
    case nsec(next: DNSName, types: [DNSRecordType])
    /// The certificate of a server.
    case tlsa(DNSCertificateAssociation)
    /// How to reach a service.
    case svcb(DNSServiceBinding)
    /// How to reach a web server.
    case https(DNSServiceBinding)
    /// Bytes of another type (RFC 3597).
    case other(DNSRecordType, [UInt8])

    /// The record's type.
    public var type: DNSRecordType {
        switch self {
        case .a: .a
        case .aaaa: .aaaa
        case .cname: .cname
        case .dname: .dname
        case .ns: .ns
        case .ptr: .ptr
        case .soa: .soa
        case .mx: .mx
        case .txt: .txt
        case .srv: .srv
        case .naptr: .naptr
        case .caa: .caa
        case .ds: .ds
        case .dnskey: .dnskey
        case .rrsig: .rrsig
        case .nsec: .nsec
        case .tlsa: .tlsa
        case .svcb: .svcb
        case .https: .https
        case .other(let type, _): type
        }
    }

    /// The address of an A or AAAA record.
    public var address: IPAddress? {
        switch self {
        case .a(let address): .v4(address)
        case .aaaa(let address): .v6(address)
        default: nil
        }
    }
}
