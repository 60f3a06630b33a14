internal import SocketModel

extension DNSRecordData: CustomStringConvertible {
    /// The data as a zone file has them; of other types as RFC 3597 writes them: `\# 4 C0000201`.
    public var description: String {
        switch self {
        case .a(let address): address.description
        case .aaaa(let address): address.description
        case .cname(let name), .dname(let name), .ns(let name), .ptr(let name): name.description
        case .soa(let authority): authority.description
        case .mx(let preference, let exchange): "\(preference) \(exchange)"
        case .txt(let texts): texts.map { DNSText.quoted($0) }.joined(separator: " ")
        case .srv(let location): location.description
        case .naptr(let rule): rule.description
        case .caa(let policy): policy.description
        case .ds(let signer): signer.description
        case .dnskey(let key): key.description
        case .rrsig(let signature): signature.description
        case .nsec(let next, let types): ([next.description] + types.map(\.description)).joined(separator: " ")
        case .tlsa(let association): association.description
        case .svcb(let binding), .https(let binding): binding.description
        case .other(_, let bytes): bytes.isEmpty ? "\\# 0" : "\\# \(bytes.count) \(DNSText.hexadecimal(bytes))"
        }
    }
}
