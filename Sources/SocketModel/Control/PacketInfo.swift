/// Where an IPv4 packet arrived, or shall leave: `struct in_pktinfo`.
public struct IPv4PacketInfo: Hashable, Sendable, Codable {
    /// The interface; when sending, 0 lets the route decide: `ipi_ifindex`.
    public let interfaceIndex: Int32
    /// Received: the local address the packet came to. Sending: the source address, 0.0.0.0 for any: `ipi_spec_dst`.
    public let localAddress: IPv4Address
    /// Received: the destination in the header, which may be a broadcast or group. Ignored when sending: `ipi_addr`.
    public let destination: IPv4Address

    /// Names an interface and addresses.
    public init(
        interfaceIndex: Int32 = 0, localAddress: IPv4Address = IPv4Address(rawValue: 0),
        destination: IPv4Address = IPv4Address(rawValue: 0)
    ) {
        self.interfaceIndex = interfaceIndex
        self.localAddress = localAddress
        self.destination = destination
    }

    init?(_ bytes: OptionBytes) {
        guard bytes.count == 12, let index = bytes.load(Int32.self, at: 0), let local = bytes.ipv4Address(at: 4),
            let destination = bytes.ipv4Address(at: 8)
        else { return nil }
        self.init(interfaceIndex: index, localAddress: local, destination: destination)
    }

    var encoded: OptionBytes {
        var bytes = OptionBytes(zeros: 12)
        bytes.store(interfaceIndex, at: 0)
        bytes.store(localAddress, at: 4)
        bytes.store(destination, at: 8)
        return bytes
    }
}

/// Where an IPv6 packet arrived, or shall leave: `struct in6_pktinfo` (RFC 3542).
public struct IPv6PacketInfo: SocketOptionValue, Codable {
    /// Received: the destination. Sending: the source address, `::` for any: `ipi6_addr`.
    public let address: IPv6Address
    /// The interface; when sending, 0 lets the route decide: `ipi6_ifindex`.
    public let interfaceIndex: UInt32

    /// Names an address and an interface.
    public init(address: IPv6Address, interfaceIndex: UInt32 = 0) {
        self.address = address
        self.interfaceIndex = interfaceIndex
    }

    /// Twenty.
    public static var optionLength: Int { 20 }

    /// Reads a `struct in6_pktinfo`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        guard let address = bytes.ipv6Address(at: 0), let index = bytes.load(UInt32.self, at: 16) else {
            throw OptionValueError(.tooShort(count: bytes.count, minimum: 20))
        }
        self.init(address: address, interfaceIndex: index)
    }

    /// A `struct in6_pktinfo`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes { encoded }

    init?(_ bytes: OptionBytes) {
        guard bytes.count == 20, let address = bytes.ipv6Address(at: 0), let index = bytes.load(UInt32.self, at: 16)
        else { return nil }
        self.init(address: address, interfaceIndex: index)
    }

    var encoded: OptionBytes {
        var bytes = OptionBytes(zeros: 20)
        bytes.store(address, at: 0)
        bytes.store(interfaceIndex, at: 16)
        return bytes
    }
}
