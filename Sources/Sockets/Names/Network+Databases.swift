public import SocketModel

extension Network {
    /// The name of this host. The corresponding C function is `gethostname`.
    ///
    /// - Throws: ``SocketError`` with what the system reports.
    public func hostName() throws(SocketError) -> String { try know(.text(.hostName)) }

    /// The number of an Internet protocol, such as `icmp`. The corresponding C function is `getprotobyname_r`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/notFound``.
    @available(*, noasync, message: "looking up a name may wait")
    public func protocolNumber(named name: String) throws(SocketError) -> IPProtocol {
        try know(.protocolNumber(named: name))
    }

    /// The port of a service, such as `http`. The corresponding C function is `getservbyname_r`.
    ///
    /// - Parameter protocol: `tcp` or `udp`; nil for whichever is found first.
    /// - Throws: ``SocketError`` with ``SocketError/Code/notFound``.
    @available(*, noasync, message: "looking up a name may wait")
    public func port(ofService name: String, protocol transport: String? = nil) throws(SocketError) -> UInt16 {
        try know(.port(ofService: name, transport))
    }

    /// The name of the service at a port. The corresponding C function is `getservbyport_r`.
    ///
    /// - Parameters:
    ///   - port: 0...65535.
    ///   - transport: `tcp` or `udp`; nil for whichever is found first.
    /// - Throws: ``SocketError`` with ``SocketError/Code/notFound``, and ``SocketError/Code/invalidArgument`` for a port out of range.
    @available(*, noasync, message: "looking up a name may wait")
    public func serviceName(atPort port: Int, protocol transport: String? = nil) throws(SocketError) -> String {
        try know(.serviceName(atPort: port, transport))
    }

    /// The network interfaces of this host. The corresponding C function is `if_nameindex`.
    ///
    /// - Throws: ``SocketError`` with what the system reports.
    public func interfaces() throws(SocketError) -> [NetworkInterface] {
        try know(.interfaces)
    }

    /// The number of an interface. The corresponding C function is `if_nametoindex`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/notFound``.
    public func interfaceIndex(of name: String) throws(SocketError) -> UInt32 {
        UInt32(truncatingIfNeeded: try know(.number(.interfaceIndex(name))))
    }

    /// The name of an interface. The corresponding C function is `if_indextoname`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/notFound``.
    public func interfaceName(at index: UInt32) throws(SocketError) -> String {
        try know(.text(.interfaceName(index)))
    }
}
