/// A multicast group of either family and an interface (RFC 3678): `struct group_req`.
public struct GroupRequest<Address: GroupAddress>: SocketOptionValue, Codable {
    /// The group: `gr_group`.
    public let group: Address
    /// The interface's number; 0 lets the kernel choose: `gr_interface`.
    public let interfaceIndex: UInt32

    /// Names a group and an interface.
    public init(group: Address, interfaceIndex: UInt32 = 0) {
        self.group = group
        self.interfaceIndex = interfaceIndex
    }

    /// 136.
    public static var optionLength: Int { 8 + storageLength }

    /// Reads a `struct group_req`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        let index = try bytes.require(UInt32.self, at: 0)
        self.init(group: try bytes.groupAddress(Address.self, at: 8), interfaceIndex: index)
    }

    /// A `struct group_req`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        var bytes = OptionBytes(zeros: Self.optionLength)
        bytes.store(interfaceIndex, at: 0)
        bytes.store(contentsOf: group.socketAddressBytes, at: 8)
        return bytes
    }
}

/// A multicast group of either family, a source and an interface (RFC 3678): `struct group_source_req`.
public struct SourceGroupRequest<Address: GroupAddress>: SocketOptionValue, Codable {
    /// The group: `gsr_group`.
    public let group: Address
    /// The sender to hear or block: `gsr_source`.
    public let source: Address
    /// The interface's number; 0 lets the kernel choose: `gsr_interface`.
    public let interfaceIndex: UInt32

    /// Names a group, a sender and an interface.
    public init(group: Address, source: Address, interfaceIndex: UInt32 = 0) {
        self.group = group
        self.source = source
        self.interfaceIndex = interfaceIndex
    }

    /// 264.
    public static var optionLength: Int { 8 + 2 * storageLength }

    /// Reads a `struct group_source_req`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        let index = try bytes.require(UInt32.self, at: 0)
        self.init(
            group: try bytes.groupAddress(Address.self, at: 8),
            source: try bytes.groupAddress(Address.self, at: 8 + storageLength), interfaceIndex: index)
    }

    /// A `struct group_source_req`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        var bytes = OptionBytes(zeros: Self.optionLength)
        bytes.store(interfaceIndex, at: 0)
        bytes.store(contentsOf: group.socketAddressBytes, at: 8)
        bytes.store(contentsOf: source.socketAddressBytes, at: 8 + storageLength)
        return bytes
    }
}

/// Whether a filter's sources are the only ones heard, or the ones not heard: `MCAST_INCLUDE`, `MCAST_EXCLUDE`.
public enum SourceFilterMode: UInt32, Hashable, Sendable, Codable, CaseIterable {
    /// Hear every source but these: `MCAST_EXCLUDE`.
    case exclude = 0
    /// Hear these sources only: `MCAST_INCLUDE`.
    case include = 1
}

/// The full source filter of a multicast group (RFC 3678): `struct group_filter`.
///
/// The kernel bounds the sources by the sysctl `igmp_max_msf` (10) or `mld_max_msf` (64) and answers `ENOBUFS`. Reading
/// one needs the group as input, which a plain read of an option cannot give, so it can only be set.
public struct GroupFilter<Address: GroupAddress>: SocketOptionValue, Codable {
    /// The group: `gf_group`.
    public let group: Address
    /// The interface's number; 0 lets the kernel choose: `gf_interface`.
    public let interfaceIndex: UInt32
    /// What the sources are for: `gf_fmode`.
    public let mode: SourceFilterMode
    /// The senders, at most 255: `gf_slist`.
    public let sources: [Address]

    /// Names a group, an interface and the senders to hear or not to hear.
    public init(group: Address, interfaceIndex: UInt32 = 0, mode: SourceFilterMode, sources: [Address]) {
        self.group = group
        self.interfaceIndex = interfaceIndex
        self.mode = mode
        self.sources = sources
    }

    private static var headLength: Int { 16 + storageLength }

    /// Room for 255 sources.
    public static var optionLength: Int { headLength + 255 * storageLength }

    /// Reads a `struct group_filter`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        let index = try bytes.require(UInt32.self, at: 0)
        let group = try bytes.groupAddress(Address.self, at: 8)
        let number = try bytes.require(UInt32.self, at: 8 + storageLength)
        guard let mode = SourceFilterMode(rawValue: number) else {
            throw OptionValueError(.malformed("filter mode 0 or 1, not \(number)"))
        }
        let count = Int(try bytes.require(UInt32.self, at: 12 + storageLength))
        try bytes.require(count: Self.headLength + count * storageLength)
        var sources: [Address] = []
        for position in 0..<count {
            sources.append(try bytes.groupAddress(Address.self, at: Self.headLength + position * storageLength))
        }
        self.init(group: group, interfaceIndex: index, mode: mode, sources: sources)
    }

    /// A `struct group_filter`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        guard sources.count <= 255 else {
            throw OptionValueError(.outOfRange(value: "\(sources.count) sources", lowest: 0, highest: 255))
        }
        var bytes = OptionBytes(zeros: Self.headLength + sources.count * storageLength)
        bytes.store(interfaceIndex, at: 0)
        bytes.store(contentsOf: group.socketAddressBytes, at: 8)
        bytes.store(mode.rawValue, at: 8 + storageLength)
        bytes.store(UInt32(sources.count), at: 12 + storageLength)
        for (position, source) in sources.enumerated() {
            bytes.store(contentsOf: source.socketAddressBytes, at: Self.headLength + position * storageLength)
        }
        return bytes
    }
}

/// The full source filter of an IPv4 multicast group: `struct ip_msfilter`; see ``GroupFilter`` for its limits.
public struct IPv4SourceFilter: SocketOptionValue, Codable {
    /// The group: `imsf_multiaddr`.
    public let group: IPv4Address
    /// An address of the interface: `imsf_interface`.
    public let interfaceAddress: IPv4Address
    /// What the sources are for: `imsf_fmode`.
    public let mode: SourceFilterMode
    /// The senders, at most 255: `imsf_slist`.
    public let sources: [IPv4Address]

    /// Names a group, an interface and the senders to hear or not to hear.
    public init(
        group: IPv4Address, interfaceAddress: IPv4Address = IPv4Address(rawValue: 0), mode: SourceFilterMode,
        sources: [IPv4Address]
    ) {
        self.group = group
        self.interfaceAddress = interfaceAddress
        self.mode = mode
        self.sources = sources
    }

    /// Room for 255 sources.
    public static var optionLength: Int { 16 + 255 * 4 }

    /// Reads a `struct ip_msfilter`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        try bytes.require(count: 16)
        let number = try bytes.require(UInt32.self, at: 8)
        let count = Int(try bytes.require(UInt32.self, at: 12))
        try bytes.require(count: 16 + count * 4)
        guard let mode = SourceFilterMode(rawValue: number), let group = bytes.ipv4Address(at: 0),
            let interface = bytes.ipv4Address(at: 4)
        else { throw OptionValueError(.malformed("filter mode 0 or 1, not \(number)")) }
        let sources = (0..<count).compactMap { bytes.ipv4Address(at: 16 + $0 * 4) }
        self.init(group: group, interfaceAddress: interface, mode: mode, sources: sources)
    }

    /// A `struct ip_msfilter`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        guard sources.count <= 255 else {
            throw OptionValueError(.outOfRange(value: "\(sources.count) sources", lowest: 0, highest: 255))
        }
        var bytes = OptionBytes(zeros: 16 + sources.count * 4)
        bytes.store(group, at: 0)
        bytes.store(interfaceAddress, at: 4)
        bytes.store(mode.rawValue, at: 8)
        bytes.store(UInt32(sources.count), at: 12)
        for (position, source) in sources.enumerated() { bytes.store(source, at: 16 + position * 4) }
        return bytes
    }
}
