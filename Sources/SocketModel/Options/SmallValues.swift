/// An interface number in network byte order, or none: the value of `IP_UNICAST_IF` and `IPV6_UNICAST_IF`.
public struct UnicastInterface: SocketOptionValue, Codable {
    /// The interface's number; 0 is none.
    public let index: UInt32
    /// Names an interface by number.
    public init(index: UInt32) { self.index = index }

    /// Four.
    public static var optionLength: Int { 4 }
    /// Reads a number in network byte order.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        self.init(index: UInt32(bigEndian: try bytes.require(UInt32.self, at: 0)))
    }
    /// The number in network byte order.
    public func optionBytes() throws(OptionValueError) -> OptionBytes { OptionBytes(integer: index.bigEndian) }
}

/// The range automatic local ports come from: the value of `IP_LOCAL_PORT_RANGE`.
public struct LocalPortRange: SocketOptionValue, Codable {
    /// The lowest port, inclusive; 0 takes the system's.
    public let lowest: UInt16
    /// The highest port, inclusive; 0 takes the system's.
    public let highest: UInt16

    /// Narrows the system's range; the kernel refuses a lowest above the highest with `EINVAL`.
    public init(lowest: UInt16, highest: UInt16) {
        self.lowest = lowest
        self.highest = highest
    }

    /// Four.
    public static var optionLength: Int { 4 }
    /// Reads 32 bits: the highest port in the upper half.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        let pair = try bytes.require(UInt32.self, at: 0)
        self.init(lowest: UInt16(truncatingIfNeeded: pair), highest: UInt16(truncatingIfNeeded: pair >> 16))
    }
    /// 32 bits: the highest port in the upper half.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        OptionBytes(integer: UInt32(highest) << 16 | UInt32(lowest))
    }
}

/// How much memory a socket uses, in bytes: the value of `SO_MEMINFO`; counters older kernels lack are nil.
public struct SocketMemory: SocketOptionValue, Codable {
    /// The counters in the kernel's order, at most nine: `SK_MEMINFO_*`.
    public let counters: [UInt32]
    /// Keeps counters in the kernel's order.
    public init(counters: [UInt32]) { self.counters = counters }

    /// Allocated for receiving: `SK_MEMINFO_RMEM_ALLOC`.
    public var receiveAllocated: UInt32? { counter(0) }
    /// Receive buffer limit: `SK_MEMINFO_RCVBUF`.
    public var receiveLimit: UInt32? { counter(1) }
    /// Allocated for sending: `SK_MEMINFO_WMEM_ALLOC`.
    public var sendAllocated: UInt32? { counter(2) }
    /// Send buffer limit: `SK_MEMINFO_SNDBUF`.
    public var sendLimit: UInt32? { counter(3) }
    /// Reserved ahead: `SK_MEMINFO_FWD_ALLOC`.
    public var forwardAllocated: UInt32? { counter(4) }
    /// Queued for sending: `SK_MEMINFO_WMEM_QUEUED`.
    public var sendQueued: UInt32? { counter(5) }
    /// Used by options: `SK_MEMINFO_OPTMEM`.
    public var optionMemory: UInt32? { counter(6) }
    /// In the backlog: `SK_MEMINFO_BACKLOG`.
    public var backlog: UInt32? { counter(7) }
    /// Packets dropped, a count and not bytes: `SK_MEMINFO_DROPS`.
    public var drops: UInt32? { counter(8) }

    private func counter(_ index: Int) -> UInt32? { index < counters.count ? counters[index] : nil }

    /// 36: nine counters.
    public static var optionLength: Int { 36 }
    /// Reads as many counters as there are.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        self.init(counters: try [UInt32](optionBytes: bytes))
    }
    /// The counters one after the other.
    public func optionBytes() throws(OptionValueError) -> OptionBytes { try counters.optionBytes() }
}

/// The known MTU of the path to a peer: `struct ip6_mtuinfo`, the value of `IPV6_PATHMTU`.
public struct PathMTU: SocketOptionValue, Codable {
    /// The peer.
    public let destination: IPv6Address
    /// The peer's scope: `sin6_scope_id`.
    public let scope: UInt32
    /// The MTU in bytes.
    public let mtu: UInt32

    /// Tells the MTU of a path.
    public init(destination: IPv6Address, scope: UInt32 = 0, mtu: UInt32) {
        self.destination = destination
        self.scope = scope
        self.mtu = mtu
    }

    /// 32.
    public static var optionLength: Int { 32 }
    /// Reads a `struct ip6_mtuinfo`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        let mtu = try bytes.require(UInt32.self, at: 28)
        guard let destination = bytes.ipv6Address(at: 8) else {
            throw OptionValueError(.tooShort(count: bytes.count, minimum: 32))
        }
        self.init(destination: destination, scope: try bytes.require(UInt32.self, at: 24), mtu: mtu)
    }
    /// A `struct ip6_mtuinfo`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        var bytes = OptionBytes(zeros: 32)
        bytes.store(UInt16(10), at: 0)
        bytes.store(destination, at: 8)
        bytes.store(scope, at: 24)
        bytes.store(mtu, at: 28)
        return bytes
    }
}

/// Which ICMPv6 types a raw socket does not want: `struct icmp6_filter`, the value of `ICMP6_FILTER` (RFC 3542).
public struct ICMPv6Filter: SocketOptionValue, Codable {
    var words: [UInt32]

    /// Lets every type pass, the default: `ICMP6_FILTER_SETPASSALL`.
    public static let passAll = ICMPv6Filter(words: [UInt32](repeating: 0, count: 8))
    /// Blocks every type: `ICMP6_FILTER_SETBLOCKALL`.
    public static let blockAll = ICMPv6Filter(words: [UInt32](repeating: .max, count: 8))

    /// Whether a type is blocked: `ICMP6_FILTER_WILLBLOCK`; assigning blocks or passes it.
    public subscript(blocks type: UInt8) -> Bool {
        get { words[Int(type >> 5)] >> (type & 31) & 1 == 1 }
        set {
            let bit: UInt32 = 1 << (type & 31)
            if newValue { words[Int(type >> 5)] |= bit } else { words[Int(type >> 5)] &= ~bit }
        }
    }

    private init(words: [UInt32]) { self.words = words }

    /// 32.
    public static var optionLength: Int { 32 }
    /// Reads a `struct icmp6_filter`; words the kernel did not give pass everything.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        try bytes.require(count: 4)
        words = (0..<8).map { bytes.load(UInt32.self, at: $0 * 4) ?? 0 }
    }
    /// A `struct icmp6_filter`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes { try words.optionBytes() }
}
