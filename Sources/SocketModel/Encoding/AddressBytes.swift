// The one place where options and control messages meet the representation of addresses: everything else
// in them goes through these four functions.

extension OptionBytes {
    /// Reads four bytes in network order: `struct in_addr`.
    package func ipv4Address(at offset: Int) -> IPv4Address? {
        load(UInt32.self, at: offset).map { IPv4Address(rawValue: UInt32(bigEndian: $0)) }
    }

    /// Writes four bytes in network order: `struct in_addr`.
    package mutating func store(_ address: IPv4Address, at offset: Int) {
        store(address.rawValue.bigEndian, at: offset)
    }

    /// Reads sixteen bytes: `struct in6_addr`.
    func ipv6Address(at offset: Int) -> IPv6Address? {
        guard let high = load(UInt64.self, at: offset), let low = load(UInt64.self, at: offset + 8) else { return nil }
        return IPv6Address(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
    }

    /// Writes sixteen bytes: `struct in6_addr`.
    package mutating func store(_ address: IPv6Address, at offset: Int) {
        store(address.high.bigEndian, at: offset)
        store(address.low.bigEndian, at: offset + 8)
    }
}
