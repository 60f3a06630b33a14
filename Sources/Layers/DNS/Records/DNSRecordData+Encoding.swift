internal import SocketModel

extension DNSRecordData {
    /// Only the types of RFC 1035 have names that may be compressed.
    func write(to writer: inout DNSWriter) throws(DNSEncodingError) {
        switch self {
        case .a(let address): writer.write(address.rawValue)
        case .aaaa(let address):
            writer.write(address.high)
            writer.write(address.low)
        case .cname(let name), .ns(let name), .ptr(let name): writer.write(compressed: name)
        case .dname(let name): writer.write(name)
        case .soa(let authority): authority.write(to: &writer)
        case .mx(let preference, let exchange):
            writer.write(preference)
            writer.write(compressed: exchange)
        case .txt(let texts): try Self.write(texts, to: &writer)
        case .srv(let location): location.write(to: &writer)
        case .naptr(let rule): try rule.write(to: &writer)
        case .caa(let policy): try policy.write(to: &writer)
        case .ds(let signer): signer.write(to: &writer)
        case .dnskey(let key): key.write(to: &writer)
        case .rrsig(let signature): signature.write(to: &writer)
        case .nsec(let next, let types):
            writer.write(next)
            DNSTypeBitmap.write(types, to: &writer)
        case .tlsa(let association): association.write(to: &writer)
        case .svcb(let binding), .https(let binding): try binding.write(to: &writer, type)
        case .other(_, let bytes): writer.write(bytes)
        }
    }

    private static func write(_ texts: [[UInt8]], to writer: inout DNSWriter) throws(DNSEncodingError) {
        // A record of texts has at least one.
        for text in texts.isEmpty ? [[]] : texts {
            guard text.count <= 255 else { throw .dataTooLong(.txt) }
            writer.write(text: text)
        }
    }
}
