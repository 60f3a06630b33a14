extension IPv4Address {
    /// The address in four packed bytes, network order, which ``description`` then prints: `inet_ntoa(3)`.
    ///
    /// Throws ``AddressError/Kind/packedLength`` for any other number of bytes.
    public init(packed bytes: some Collection<UInt8>) throws(AddressError) {
        guard bytes.count == 4 else { throw packedLengthError(bytes) }
        self.init(rawValue: bytes.reduce(0) { $0 << 8 | UInt32($1) })
    }

    /// The four bytes in network order: `in_addr`, as `inet_aton(3)` and `inet_pton(3)` fill it.
    public var packed: [UInt8] {
        let octets = octets
        return octets.indices.map { octets[$0] }
    }
}

extension IPv6Address {
    /// The address in sixteen packed bytes, network order, which ``description`` then prints.
    ///
    /// Throws ``AddressError/Kind/packedLength`` for any other number of bytes.
    public init(packed bytes: some Collection<UInt8>) throws(AddressError) {
        guard bytes.count == 16 else { throw packedLengthError(bytes) }
        self.init(rawValue: bytes.reduce(0) { $0 << 8 | UInt128($1) })
    }

    /// The sixteen bytes in network order: `in6_addr`, as `inet_pton(3)` fills it.
    public var packed: [UInt8] {
        let octets = octets
        return octets.indices.map { octets[$0] }
    }
}

extension IPAddress {
    /// The address in packed bytes of that family, network order, which ``description`` then prints: `inet_ntop(3)`.
    ///
    /// Throws ``AddressError/Kind/unsupportedFamily`` unless the family is `AF_INET` or `AF_INET6`, and
    /// ``AddressError/Kind/packedLength`` unless there are 4 or 16 bytes.
    public init(packed bytes: some Collection<UInt8>, family: AddressFamily) throws(AddressError) {
        switch family {
        case AddressFamily.ipv4: self = .v4(try IPv4Address(packed: bytes))
        case AddressFamily.ipv6: self = .v6(try IPv6Address(packed: bytes))
        default: throw AddressError(.unsupportedFamily, input: "family(\(family.rawValue))", offset: 0)
        }
    }

    /// Reads the text form of one family, without a zone, whose ``packed`` are then its bytes: `inet_pton(3)`.
    ///
    /// Throws ``AddressError/Kind/unsupportedFamily`` unless the family is `AF_INET` or `AF_INET6`, otherwise an
    /// ``AddressError`` that says which byte is wrong.
    public init(parsing text: String, family: AddressFamily) throws(AddressError) {
        switch family {
        case AddressFamily.ipv4: self = .v4(try IPv4Address(parsing: text))
        case AddressFamily.ipv6: self = .v6(try IPv6Address(parsing: text))
        default: throw AddressError(.unsupportedFamily, input: "family(\(family.rawValue))", offset: 0)
        }
    }

    /// The 4 or 16 bytes in network order, without the zone: what `inet_pton(3)` fills.
    public var packed: [UInt8] {
        switch self {
        case .v4(let address): address.packed
        case .v6(let address, _): address.packed
        }
    }
}

/// The input is shown in hexadecimal, of a long one the first 32 bytes.
private func packedLengthError(_ bytes: some Collection<UInt8>) -> AddressError {
    AddressError(.packedLength, input: hexadecimal(Array(bytes.prefix(32))), offset: 0)
}
