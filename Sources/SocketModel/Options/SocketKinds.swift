/// The kinds of socket an option applies to, as far as this package's tables know them.
public struct SocketKinds: OptionSet, Hashable, Sendable, Codable, BitwiseCopyable {
    /// One bit a kind.
    public let rawValue: UInt16
    /// Any set of bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// TCP over IPv4: `AF_INET`, `SOCK_STREAM`.
    public static let tcp4 = SocketKinds(rawValue: 1 << 0)
    /// TCP over IPv6: `AF_INET6`, `SOCK_STREAM`.
    public static let tcp6 = SocketKinds(rawValue: 1 << 1)
    /// UDP over IPv4: `AF_INET`, `SOCK_DGRAM`.
    public static let udp4 = SocketKinds(rawValue: 1 << 2)
    /// UDP over IPv6: `AF_INET6`, `SOCK_DGRAM`.
    public static let udp6 = SocketKinds(rawValue: 1 << 3)
    /// UDP-Lite over IPv4: `IPPROTO_UDPLITE`.
    public static let udpLite4 = SocketKinds(rawValue: 1 << 4)
    /// UDP-Lite over IPv6: `IPPROTO_UDPLITE`.
    public static let udpLite6 = SocketKinds(rawValue: 1 << 5)
    /// Raw IPv4: `AF_INET`, `SOCK_RAW`.
    public static let raw4 = SocketKinds(rawValue: 1 << 6)
    /// Raw IPv6: `AF_INET6`, `SOCK_RAW`.
    public static let raw6 = SocketKinds(rawValue: 1 << 7)
    /// UNIX streams.
    public static let unixStream = SocketKinds(rawValue: 1 << 8)
    /// UNIX datagrams.
    public static let unixDatagram = SocketKinds(rawValue: 1 << 9)
    /// UNIX sequenced packets.
    public static let unixSequencedPacket = SocketKinds(rawValue: 1 << 10)

    /// TCP over either family.
    public static let tcp: SocketKinds = [.tcp4, .tcp6]
    /// UDP over either family.
    public static let udp: SocketKinds = [.udp4, .udp6]
    /// UDP-Lite over either family.
    public static let udpLite: SocketKinds = [.udpLite4, .udpLite6]
    /// Raw sockets over either family.
    public static let raw: SocketKinds = [.raw4, .raw6]
    /// Everything on `AF_INET`.
    public static let ipv4: SocketKinds = [.tcp4, .udp4, .udpLite4, .raw4]
    /// Everything on `AF_INET6`.
    public static let ipv6: SocketKinds = [.tcp6, .udp6, .udpLite6, .raw6]
    /// Everything on `AF_INET` and `AF_INET6`.
    public static let ip: SocketKinds = [.ipv4, .ipv6]
    /// Where `IPPROTO_IP` options work: on IPv4 and, because they may speak IPv4 too, on IPv6 sockets that are not raw.
    public static let ipv4Capable: SocketKinds = [.ipv4, .tcp6, .udp6, .udpLite6]
    /// Everything on `AF_UNIX`.
    public static let unix: SocketKinds = [.unixStream, .unixDatagram, .unixSequencedPacket]
    /// Everything.
    public static let all: SocketKinds = [.ip, .unix]

    /// The kind `socket(family, type, protocol)` makes, or none that these tables know.
    public init(family: AddressFamily, type: SocketType, protocol: IPProtocol = IPProtocol(rawValue: 0)) {
        let isUDPLite = `protocol` == .udpLite
        switch (family.rawValue, type.rawValue) {
        case (1, 1): self = .unixStream
        case (1, 2), (1, 3): self = .unixDatagram
        case (1, 5): self = .unixSequencedPacket
        case (2, 1): self = .tcp4
        case (2, 2): self = isUDPLite ? .udpLite4 : .udp4
        case (2, 3): self = .raw4
        case (10, 1): self = .tcp6
        case (10, 2): self = isUDPLite ? .udpLite6 : .udp6
        case (10, 3): self = .raw6
        default: self = []
        }
    }
}
