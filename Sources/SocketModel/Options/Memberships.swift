/// An IPv4 multicast group and the interface to join it on: `struct ip_mreqn`.
public struct IPv4Membership: SocketOptionValue, Codable {
    /// The group, 224.0.0.0...239.255.255.255: `imr_multiaddr`.
    public let group: IPv4Address
    /// An address of the interface; 0.0.0.0 lets the kernel choose by route: `imr_address`.
    public let interfaceAddress: IPv4Address
    /// The interface's number, which wins over its address; 0 is none: `imr_ifindex`.
    public let interfaceIndex: Int32

    /// Names a group and, by address or number, an interface.
    public init(
        group: IPv4Address, interfaceAddress: IPv4Address = IPv4Address(rawValue: 0), interfaceIndex: Int32 = 0
    ) {
        self.group = group
        self.interfaceAddress = interfaceAddress
        self.interfaceIndex = interfaceIndex
    }

    /// Twelve.
    public static var optionLength: Int { 12 }

    /// Reads a `struct ip_mreqn`, or the shorter `struct ip_mreq`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        guard let group = bytes.ipv4Address(at: 0), let address = bytes.ipv4Address(at: 4) else {
            throw OptionValueError(.tooShort(count: bytes.count, minimum: 8))
        }
        self.init(group: group, interfaceAddress: address, interfaceIndex: bytes.load(Int32.self, at: 8) ?? 0)
    }

    /// A `struct ip_mreqn`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        var bytes = OptionBytes(zeros: 12)
        bytes.store(group, at: 0)
        bytes.store(interfaceAddress, at: 4)
        bytes.store(interfaceIndex, at: 8)
        return bytes
    }
}

/// The interface IPv4 multicasts leave by: the value of `IP_MULTICAST_IF`.
public struct IPv4MulticastInterface: SocketOptionValue, Codable {
    /// An address of the interface; 0.0.0.0 goes back to the route's.
    public let address: IPv4Address
    /// The interface's number, which wins over the address; 0 is none. The kernel does not tell it, so it reads as 0.
    public let index: Int32

    /// Names an interface by address or number.
    public init(address: IPv4Address = IPv4Address(rawValue: 0), index: Int32 = 0) {
        self.address = address
        self.index = index
    }

    /// Twelve, of which the kernel answers four.
    public static var optionLength: Int { 12 }

    /// Reads the `struct in_addr` the kernel answers with, or a whole `struct ip_mreqn`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        guard let address = bytes.ipv4Address(at: bytes.count >= 8 ? 4 : 0) else {
            throw OptionValueError(.tooShort(count: bytes.count, minimum: 4))
        }
        self.init(address: address, index: bytes.load(Int32.self, at: 8) ?? 0)
    }

    /// A `struct ip_mreqn` without a group.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        var bytes = OptionBytes(zeros: 12)
        bytes.store(address, at: 4)
        bytes.store(index, at: 8)
        return bytes
    }
}

/// An IPv4 multicast group, a source to hear or block, and an interface: `struct ip_mreq_source`.
public struct IPv4SourceMembership: SocketOptionValue, Codable {
    /// The group: `imr_multiaddr`.
    public let group: IPv4Address
    /// The sender: `imr_sourceaddr`.
    public let source: IPv4Address
    /// An address of the interface; 0.0.0.0 lets the kernel choose: `imr_interface`.
    public let interfaceAddress: IPv4Address

    /// Names a group, a sender and an interface.
    public init(
        group: IPv4Address, source: IPv4Address, interfaceAddress: IPv4Address = IPv4Address(rawValue: 0)
    ) {
        self.group = group
        self.source = source
        self.interfaceAddress = interfaceAddress
    }

    /// Twelve.
    public static var optionLength: Int { 12 }

    /// Reads a `struct ip_mreq_source`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        guard let group = bytes.ipv4Address(at: 0), let interface = bytes.ipv4Address(at: 4),
            let source = bytes.ipv4Address(at: 8)
        else { throw OptionValueError(.tooShort(count: bytes.count, minimum: 12)) }
        self.init(group: group, source: source, interfaceAddress: interface)
    }

    /// A `struct ip_mreq_source`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        var bytes = OptionBytes(zeros: 12)
        bytes.store(group, at: 0)
        bytes.store(interfaceAddress, at: 4)
        bytes.store(source, at: 8)
        return bytes
    }
}

/// An IPv6 multicast or anycast group and the interface to join it on: `struct ipv6_mreq`.
public struct IPv6Membership: SocketOptionValue, Codable {
    /// The group: `ipv6mr_multiaddr`.
    public let group: IPv6Address
    /// The interface's number; 0 lets the kernel choose by route: `ipv6mr_interface`.
    public let interfaceIndex: UInt32

    /// Names a group and an interface.
    public init(group: IPv6Address, interfaceIndex: UInt32 = 0) {
        self.group = group
        self.interfaceIndex = interfaceIndex
    }

    /// Twenty.
    public static var optionLength: Int { 20 }

    /// Reads a `struct ipv6_mreq`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        guard let group = bytes.ipv6Address(at: 0), let index = bytes.load(UInt32.self, at: 16) else {
            throw OptionValueError(.tooShort(count: bytes.count, minimum: 20))
        }
        self.init(group: group, interfaceIndex: index)
    }

    /// A `struct ipv6_mreq`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        var bytes = OptionBytes(zeros: 20)
        bytes.store(group, at: 0)
        bytes.store(interfaceIndex, at: 16)
        return bytes
    }
}
