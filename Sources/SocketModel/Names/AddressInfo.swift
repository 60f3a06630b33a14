/// The question of an address look-up: `getaddrinfo(3)`'s arguments.
public struct AddressQuery: Hashable, Sendable, Codable {
    /// A name, a numeric address, or nil for none: then the answer is the loopback address, or with
    /// ``AddressInfoFlags/passive`` the address to listen at.
    public var host: String?
    /// A service's name, a port in decimal, or nil for none.
    public var service: String?
    /// Only addresses of this family; ``AddressFamily/unspecified`` for all.
    public var family: AddressFamily
    /// Only for sockets of this type; nil for all.
    public var type: SocketType?
    /// Only for this protocol; ``IPProtocol/default`` for all.
    public var `protocol`: IPProtocol
    /// How to look.
    public var flags: AddressInfoFlags

    /// A question; what is left out is left open.
    public init(
        host: String?, service: String?, family: AddressFamily = .unspecified, type: SocketType? = nil,
        protocol: IPProtocol = .default, flags: AddressInfoFlags = []
    ) {
        self.host = host
        self.service = service
        self.family = family
        self.type = type
        self.protocol = `protocol`
        self.flags = flags
    }
}

extension AddressQuery {
    /// Whether a name has to be looked up, the host's or the service's.
    var mayWait: Bool {
        if let host, !flags.contains(.numericHost), IPAddress(numeric: host) == nil { return true }
        guard let service, !flags.contains(.numericService) else { return false }
        return !service.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

/// One answer of an address look-up: all that is needed to make a socket and connect it, or bind it. `struct addrinfo`.
public struct AddressInfo: Hashable, Sendable, Codable {
    /// The socket's family.
    public var family: AddressFamily
    /// The socket's type.
    public var type: SocketType
    /// The socket's protocol.
    public var `protocol`: IPProtocol
    /// The host's canonical name, in the first answer when ``AddressInfoFlags/canonicalName`` asked for it; a numeric host's is its
    /// own text.
    public var canonicalName: String?
    /// The address to connect to, or to bind.
    public var address: SocketAddress

    /// One answer.
    public init(
        family: AddressFamily, type: SocketType, protocol: IPProtocol, canonicalName: String? = nil,
        address: SocketAddress
    ) {
        self.family = family
        self.type = type
        self.protocol = `protocol`
        self.canonicalName = canonicalName
        self.address = address
    }
}
