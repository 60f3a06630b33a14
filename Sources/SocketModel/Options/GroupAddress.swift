/// An address inside an option's structure: ``IPv4Address`` or ``IPv6Address``.
public protocol GroupAddress: Hashable, Sendable, Codable {
    /// Reads the address from a `struct sockaddr`; nil when it is too short or of another family.
    init?(socketAddressBytes bytes: OptionBytes)
    /// The address as a `struct sockaddr_in` or `sockaddr_in6`, with port zero.
    var socketAddressBytes: OptionBytes { get }
}

extension IPv4Address: GroupAddress {
    /// Reads a `struct sockaddr_in`, of which the port is ignored.
    public init?(socketAddressBytes bytes: OptionBytes) {
        guard bytes.load(UInt16.self, at: 0) == 2, let address = bytes.ipv4Address(at: 4) else { return nil }
        self = address
    }
    /// A `struct sockaddr_in`, with port zero.
    public var socketAddressBytes: OptionBytes {
        var bytes = OptionBytes(zeros: 16)
        bytes.store(UInt16(2), at: 0)
        bytes.store(self, at: 4)
        return bytes
    }
}

extension IPv6Address: GroupAddress {
    /// Reads a `struct sockaddr_in6`, of which port, flow and scope are ignored.
    public init?(socketAddressBytes bytes: OptionBytes) {
        guard bytes.load(UInt16.self, at: 0) == 10, let address = bytes.ipv6Address(at: 8) else { return nil }
        self = address
    }
    /// A `struct sockaddr_in6`, with port, flow and scope zero.
    public var socketAddressBytes: OptionBytes {
        var bytes = OptionBytes(zeros: 28)
        bytes.store(UInt16(10), at: 0)
        bytes.store(self, at: 8)
        return bytes
    }
}

/// The size of `struct sockaddr_storage`.
let storageLength = 128

extension OptionBytes {
    /// Reads an address from the `struct sockaddr_storage` at `offset`.
    func groupAddress<Address: GroupAddress>(
        _ type: Address.Type, at offset: Int
    ) throws(OptionValueError) -> Address {
        guard let address = Address(socketAddressBytes: slice(at: offset, length: storageLength)) else {
            throw OptionValueError(.malformed("a socket address holding an \(type)"))
        }
        return address
    }
}
