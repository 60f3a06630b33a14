public import SocketModel

extension Network {
    /// The addresses of a host and a service, in the order to try them. The corresponding C function is `getaddrinfo`.
    ///
    /// - Parameters:
    ///   - host: A name or a numeric address; nil or empty for none, which means this host: its loopback addresses, or with
    ///     ``AddressInfoFlags/passive`` the addresses to listen at.
    ///   - service: A service's name or a port in decimal; nil or empty for none.
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``, whose cause is a ``ResolutionError``, and with
    ///   ``SocketError/Code/invalidArgument`` for a port beyond 65535.
    @available(*, noasync, message: "looking up a name may wait")
    public func addresses(
        of host: String?, service: String? = nil, family: AddressFamily = .unspecified, type: SocketType? = nil,
        protocol number: IPProtocol = .default, flags: AddressInfoFlags = []
    ) throws(SocketError) -> [AddressInfo] {
        try know(
            .addresses(of: host, service: service, family: family, type: type, protocol: number, flags: flags))
    }

    /// The addresses of a host and a port. The corresponding C function is `getaddrinfo`.
    ///
    /// - Throws: ``SocketError`` as ``addresses(of:service:family:type:protocol:flags:)``, and with ``SocketError/Code/invalidArgument``
    ///   for a port outside 0...65535.
    @available(*, noasync, message: "looking up a name may wait")
    public func addresses(
        of host: String?, port: Int, family: AddressFamily = .unspecified, type: SocketType? = nil,
        protocol number: IPProtocol = .default, flags: AddressInfoFlags = []
    ) throws(SocketError) -> [AddressInfo] {
        try know(.addresses(of: host, port: port, family: family, type: type, protocol: number, flags: flags))
    }

    /// The host's and the service's name of an address, or their numbers where a flag asks for them or there are no names. The
    /// corresponding C function is `getnameinfo`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``, whose cause is a ``ResolutionError``.
    @available(*, noasync, message: "looking up a name may wait")
    public func name(
        of address: SocketAddress, flags: NameInfoFlags = []
    ) throws(SocketError) -> (host: String, service: String) {
        try know(.name(of: address, flags))
    }

    /// The first IPv4 address of a host; an IPv4 address itself is returned unchanged. The corresponding C function is `gethostbyname`.
    ///
    /// Empty means any address, `<broadcast>` the broadcast address.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``.
    @available(*, noasync, message: "looking up a name may wait")
    public func ipv4Address(ofHost name: String) throws(SocketError) -> IPv4Address {
        try know(.ipv4Address(ofHost: name))
    }

    /// A host's primary name, other names and IPv4 addresses. The classic function is `gethostbyname_ex`, C's `gethostbyname_r`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``, whose cause is a ``HostError``.
    @available(*, noasync, message: "looking up a name may wait")
    public func host(named name: String) throws(SocketError) -> HostEntry {
        try know(.host(named: name))
    }

    /// The names of an address, of either family. The corresponding C function is `gethostbyaddr_r`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``, whose cause is a ``HostError``.
    @available(*, noasync, message: "looking up a name may wait")
    public func host(at address: IPAddress) throws(SocketError) -> HostEntry {
        try know(.host(at: address))
    }

    /// The names of an address given as text; a host's name stands for its first address, as in the classic `gethostbyaddr`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``.
    @available(*, noasync, message: "looking up a name may wait")
    public func host(at text: String) throws(SocketError) -> HostEntry {
        try know(.host(at: text))
    }

    /// The fully qualified name of a host. The classic function is `getfqdn`.
    ///
    /// - Parameter name: Empty, `0.0.0.0` and `::` mean this host.
    /// - Returns: Of the host's primary name and its aliases the first with a period in it, else the primary name; the name as given
    ///   when nothing is known of it.
    /// - Throws: ``SocketError`` when this host's own name is needed and cannot be had.
    @available(*, noasync, message: "looking up a name may wait")
    public func fullyQualifiedName(of name: String = "") throws(SocketError) -> String {
        try know(.fullyQualifiedName(of: name))
    }
}
