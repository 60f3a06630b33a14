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
        if let service, !service.isEmpty, service.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            UInt16(service) == nil
        {
            throw SocketError(
                .invalidArgument, .resolve, .host(host ?? "", service: service),
                detail: "a service in decimal must be in 0...65535")
        }
        let query = AddressQuery(
            host: host.flatMap { $0.isEmpty ? nil : $0 }, service: service.flatMap { $0.isEmpty ? nil : $0 },
            family: family, type: type, protocol: number, flags: flags)
        guard case .addresses(let found) = try resolve(.addresses(query)) else { throw .unexpected(.resolve) }
        return found
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
        let service = try Self.portNumber(port, .resolve, .host(host ?? "", service: "\(port)"))
        return try addresses(
            of: host, service: "\(service)", family: family, type: type, protocol: number, flags: flags)
    }

    /// The host's and the service's name of an address, or their numbers where a flag asks for them or there are no names. The
    /// corresponding C function is `getnameinfo`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``, whose cause is a ``ResolutionError``.
    @available(*, noasync, message: "looking up a name may wait")
    public func name(
        of address: SocketAddress, flags: NameInfoFlags = []
    ) throws(SocketError) -> (host: String, service: String) {
        guard case .name(let host, let service) = try resolve(.name(address, flags)) else {
            throw .unexpected(.resolveName)
        }
        return (host, service)
    }

    /// The first IPv4 address of a host; an IPv4 address itself is returned unchanged. The corresponding C function is `gethostbyname`.
    ///
    /// Empty means any address, `<broadcast>` the broadcast address.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``.
    @available(*, noasync, message: "looking up a name may wait")
    public func ipv4Address(ofHost name: String) throws(SocketError) -> IPv4Address {
        let address = try address(name, 0, family: .ipv4, type: .stream, for: .hostByName)
        guard case .ipv4(let address, _) = address else { throw .unexpected(.hostByName) }
        return address
    }

    /// A host's primary name, other names and IPv4 addresses. The classic function is `gethostbyname_ex`, C's `gethostbyname_r`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``, whose cause is a ``HostError``.
    @available(*, noasync, message: "looking up a name may wait")
    public func host(named name: String) throws(SocketError) -> HostEntry {
        guard case .host(let entry) = try resolve(.hostByName(name)) else { throw .unexpected(.hostByName) }
        return entry
    }

    /// The names of an address, of either family. The corresponding C function is `gethostbyaddr_r`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``, whose cause is a ``HostError``.
    @available(*, noasync, message: "looking up a name may wait")
    public func host(at address: IPAddress) throws(SocketError) -> HostEntry {
        guard case .host(let entry) = try resolve(.hostByAddress(address)) else { throw .unexpected(.hostByAddress) }
        return entry
    }

    /// The names of an address given as text; a host's name stands for its first address, as in the classic `gethostbyaddr`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``.
    @available(*, noasync, message: "looking up a name may wait")
    public func host(at text: String) throws(SocketError) -> HostEntry {
        if let address = Self.numeric(text) { return try host(at: address) }
        guard let address = try addresses(of: text, type: .stream).first?.address.ip else {
            throw SocketError(Failure(cause: .host(HostError(.hostNotFound))), .hostByAddress, .name(text))
        }
        return try host(at: address)
    }

    /// The fully qualified name of a host. The classic function is `getfqdn`.
    ///
    /// - Parameter name: Empty, `0.0.0.0` and `::` mean this host.
    /// - Returns: Of the host's primary name and its aliases the first with a period in it, else the primary name; the name as given
    ///   when nothing is known of it.
    /// - Throws: ``SocketError`` when this host's own name is needed and cannot be had.
    @available(*, noasync, message: "looking up a name may wait")
    public func fullyQualifiedName(of name: String = "") throws(SocketError) -> String {
        var name = Self.trimmed(name)
        if name.isEmpty || name == "0.0.0.0" || name == "::" { name = try hostName() }
        guard let entry = try? host(at: name) else { return name }
        return entry.fullyQualifiedName
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
