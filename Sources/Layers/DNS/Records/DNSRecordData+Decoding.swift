internal import SocketModel

extension DNSRecordData {
    /// Reads all that is left: a record's data of that type and class.
    ///
    /// Without bytes it is opaque where it is a question about records or their removal, in updates (RFC 2136, section 2.4).
    init(_ type: DNSRecordType, _ class: DNSClass, from reader: inout DNSReader) throws(DNSDecodingError) {
        if reader.remaining == 0, `class` == .any || `class` == .none {
            self = .other(type, [])
            return
        }
        switch type {
        case .a where `class` == .internet: self = .a(IPv4Address(rawValue: try reader.readUInt32()))
        case .aaaa where `class` == .internet:
            self = .aaaa(IPv6Address(high: try reader.readUInt64(), low: try reader.readUInt64()))
        case .cname: self = .cname(try reader.readName())
        case .dname: self = .dname(try reader.readName())
        case .ns: self = .ns(try reader.readName())
        case .ptr: self = .ptr(try reader.readName())
        case .soa: self = .soa(try DNSStartOfAuthority(from: &reader))
        case .mx: self = .mx(preference: try reader.readUInt16(), exchange: try reader.readName())
        case .txt: self = .txt(try Self.texts(from: &reader))
        case .srv: self = .srv(try DNSServiceLocation(from: &reader))
        case .naptr: self = .naptr(try DNSNamingAuthority(from: &reader))
        case .caa: self = .caa(try DNSIssuerPolicy(from: &reader))
        default: self = try Self.newer(type, from: &reader)
        }
    }

    private static func newer(
        _ type: DNSRecordType, from reader: inout DNSReader
    ) throws(DNSDecodingError) -> DNSRecordData {
        switch type {
        case .ds: .ds(try DNSDelegationSigner(from: &reader))
        case .dnskey: .dnskey(try DNSZoneKey(from: &reader))
        case .rrsig: .rrsig(try DNSSignature(from: &reader))
        case .nsec: .nsec(next: try reader.readName(), types: try DNSTypeBitmap.read(from: &reader))
        case .tlsa: .tlsa(try DNSCertificateAssociation(from: &reader))
        case .svcb: .svcb(try DNSServiceBinding(from: &reader))
        case .https: .https(try DNSServiceBinding(from: &reader))
        default: .other(type, try reader.readRest())
        }
    }

    private static func texts(from reader: inout DNSReader) throws(DNSDecodingError) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        repeat { texts.append(try reader.readText()) } while reader.remaining > 0
        return texts
    }
}
