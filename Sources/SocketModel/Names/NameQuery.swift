/// A question to a backend's name service. Beside each: the answer, and the corresponding C function.
public enum NameQuery: Hashable, Sendable {
    /// The addresses of a host and a service: ``NameAnswer/addresses(_:)``. `getaddrinfo(3)`. At least one of the two is not nil.
    case addresses(AddressQuery)
    /// The host's and the service's name of an address: ``NameAnswer/name(host:service:)``. `getnameinfo(3)`.
    case name(SocketAddress, NameInfoFlags)
    /// The IPv4 addresses and other names of a host: ``NameAnswer/host(_:)``. `gethostbyname_r(3)`.
    case hostByName(String)
    /// The names of an address: ``NameAnswer/host(_:)``. `gethostbyaddr_r(3)`.
    case hostByAddress(IPAddress)
    /// The number of a protocol: ``NameAnswer/number(_:)``. `getprotobyname_r(3)`.
    case protocolByName(String)
    /// The port of a service, of any protocol when nil: ``NameAnswer/number(_:)``. `getservbyname_r(3)`.
    case serviceByName(String, protocol: String?)
    /// The name of a port's service, of any protocol when nil: ``NameAnswer/text(_:)``. `getservbyport_r(3)`.
    case serviceByPort(UInt16, protocol: String?)
    /// The name of this host: ``NameAnswer/text(_:)``. `gethostname(2)`.
    case hostName
    /// The network interfaces of this host: ``NameAnswer/interfaces(_:)``. `if_nameindex(3)`.
    case interfaces
    /// The number of an interface: ``NameAnswer/number(_:)``. `if_nametoindex(3)`.
    case interfaceIndex(String)
    /// The name of an interface: ``NameAnswer/text(_:)``. `if_indextoname(3)`.
    case interfaceName(UInt32)
}

/// The answer to a ``NameQuery``.
public enum NameAnswer: Hashable, Sendable {
    /// Addresses, in the order to try them.
    case addresses([AddressInfo])
    /// The name, or number, of a host and of a service.
    case name(host: String, service: String)
    /// A host's names and addresses.
    case host(HostEntry)
    /// A protocol's number, a port, an interface's index.
    case number(Int)
    /// A name.
    case text(String)
    /// Network interfaces, in the system's order.
    case interfaces([NetworkInterface])
}

extension NameQuery {
    /// The look-up's name.
    public var operation: OperationName {
        switch self {
        case .addresses: .resolve
        case .name: .resolveName
        case .hostByName: .hostByName
        case .hostByAddress: .hostByAddress
        case .protocolByName: .protocolByName
        case .serviceByName: .serviceByName
        case .serviceByPort: .serviceByPort
        case .hostName: .hostName
        case .interfaces, .interfaceIndex, .interfaceName: .interfaces
        }
    }

    /// Whether the answer may have to come from elsewhere: a file, or a server far away. What only this host's kernel has to be asked,
    /// and what numeric text says by itself, never waits.
    public var mayWait: Bool {
        switch self {
        case .addresses(let query): query.mayWait
        case .name(_, let flags): !flags.contains([.numericHost, .numericService])
        case .hostByName(let name): IPAddress(numeric: name)?.family != .ipv4
        case .hostByAddress, .protocolByName, .serviceByName, .serviceByPort: true
        case .hostName, .interfaces, .interfaceIndex, .interfaceName: false
        }
    }

    /// What is asked for, for the error.
    public var subject: SocketError.Subject? {
        switch self {
        case .addresses(let query): .host(query.host ?? "", service: query.service ?? "")
        case .name(let address, _): .address(address)
        case .hostByName(let name), .protocolByName(let name), .interfaceIndex(let name): .name(name)
        case .hostByAddress(let address): .name(address.description)
        case .serviceByName(let name, let transport): .name(transport.map { "\(name)/\($0)" } ?? name)
        case .serviceByPort(let port, let transport): .name(transport.map { "\(port)/\($0)" } ?? "\(port)")
        case .interfaceName(let index): .name("\(index)")
        case .hostName, .interfaces: nil
        }
    }
}
