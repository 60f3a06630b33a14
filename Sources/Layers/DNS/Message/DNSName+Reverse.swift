public import SocketModel

// From addresses back to names (RFC 1035, section 3.5, RFC 3596, section 2.5).
extension DNSName {
    /// The name below `in-addr.arpa` or `ip6.arpa` that leads from an address back to names.
    ///
    /// A zone is left out, and an IPv4 address mapped into IPv6 asked for as itself.
    public init(reverse address: IPAddress) {
        var wire: [UInt8] = []
        switch address.unmapped {
        case .v4(let address):
            for shift in stride(from: UInt32(0), through: 24, by: 8) {
                let digits = Array(String(UInt8(truncatingIfNeeded: address.rawValue >> shift)).utf8)
                wire.append(UInt8(digits.count))
                wire += digits
            }
            wire += Self.reverseIPv4.wire
        case .v6(let address, _):
            for shift in stride(from: UInt128(0), through: 124, by: 4) {
                wire += [1, DNSText.hexadecimalDigit(UInt8(truncatingIfNeeded: address.rawValue >> shift) & 15)]
            }
            wire += Self.reverseIPv6.wire
        }
        self.init(wire: wire)
    }

    /// The address that a name below `in-addr.arpa` or `ip6.arpa` stands for; nil for any other name.
    public var reverseAddress: IPAddress? {
        let labels = labels.map { String(decoding: $0, as: UTF8.self) }
        if isSubdomain(of: Self.reverseIPv4), labels.count == 6 {
            let octets = labels.prefix(4).compactMap { label in UInt8(label).flatMap { "\($0)" == label ? $0 : nil } }
            guard octets.count == 4 else { return nil }
            return .v4(IPv4Address(octets[3], octets[2], octets[1], octets[0]))
        }
        guard isSubdomain(of: Self.reverseIPv6), labels.count == 34 else { return nil }
        let digits = labels.prefix(32).reversed().joined()
        guard labels.prefix(32).allSatisfy({ $0.utf8.count == 1 }), let number = UInt128(digits, radix: 16) else {
            return nil
        }
        return .v6(IPv6Address(rawValue: number))
    }

    private static let reverseIPv4 = DNSName(wire: [7] + Array("in-addr".utf8) + [4] + Array("arpa".utf8) + [0])
    private static let reverseIPv6 = DNSName(wire: [3] + Array("ip6".utf8) + [4] + Array("arpa".utf8) + [0])
}
