public import SocketModel

/// Which address families a listener without a host serves.
public enum ListenFamilies: Hashable, Sendable, CaseIterable {
    /// Both, from one dual-stack socket, whose IPv4 peers appear as v4-mapped addresses; only IPv4 where the host has no IPv6.
    case both
    /// IPv4 only.
    case ipv4
    /// IPv6 only.
    case ipv6
}

extension Network {
    /// Makes a socket that listens at a port, on every address of this host or on one of them.
    ///
    /// - Parameters:
    ///   - host: Empty for every address; otherwise each address it resolves to is tried until one can be bound.
    ///   - port: 0...65535; 0 lets the system choose, and ``Socket/localAddress()`` tells.
    ///   - families: With an empty host, whom to serve.
    ///   - reuseAddress: Whether an earlier server's connections in TIME_WAIT may be ignored (`SO_REUSEADDR`).
    ///   - reusePort: Whether several sockets may share the port, and the system spreads connections (`SO_REUSEPORT`).
    /// - Throws: ``SocketError`` of the last attempt: ``SocketError/Code/addressInUse``, ``SocketError/Code/permissionDenied``, …
    @available(*, noasync, message: "looking up a name may wait")
    public func listen(
        host: String = "", port: Int, families: ListenFamilies = .both, backlog: Int = Int(Backlog.maximum),
        reuseAddress: Bool = true, reusePort: Bool = false
    ) throws(SocketError) -> Socket {
        let binding = Binding(.stream, reuseAddress: reuseAddress, reusePort: reusePort, families)
        let candidates = try know(.candidates(host, port, .stream, .bind, family: families.family))
        return try listener(at: candidates, binding, backlog)
    }

    /// Makes a socket that listens at an address.
    ///
    /// - Throws: ``SocketError`` as ``Socket/bind(to:)`` and ``Socket/listen(backlog:)``.
    public func listen(
        at address: SocketAddress, backlog: Int = Int(Backlog.maximum), reuseAddress: Bool = true,
        reusePort: Bool = false
    ) throws(SocketError) -> Socket {
        let binding = Binding(.stream, reuseAddress: reuseAddress, reusePort: reusePort)
        let listener = try bound(to: address, binding)
        try listener.listen(backlog: backlog)
        return listener
    }

    /// Makes a socket that listens at an endpoint as people write it: `:port` for every address, `host:port`, `[::]:80`, `unix:/path`,
    /// `unix:@name`. `[::]:port` serves IPv4 too, `0.0.0.0:port` IPv4 alone.
    ///
    /// The file of a path outlives the socket, as after `bind(2)`, and is in the way of the next listener: who has made it removes it.
    ///
    /// - Throws: ``SocketError`` as ``listen(host:port:families:backlog:reuseAddress:reusePort:)``, and with
    ///   ``SocketError/Code/invalidAddress`` for other text.
    @available(*, noasync, message: "looking up a name may wait")
    public func listen(
        _ endpoint: String, backlog: Int = Int(Backlog.maximum), reuseAddress: Bool = true, reusePort: Bool = false
    ) throws(SocketError) -> Socket {
        let binding = Binding(.stream, reuseAddress: reuseAddress, reusePort: reusePort)
        return try listener(at: know(.candidates(endpoint, .stream, .bind)), binding, backlog)
    }

    /// Makes a datagram socket bound to an endpoint as people write it; the rules are those of
    /// ``listen(_:backlog:reuseAddress:reusePort:)``.
    ///
    /// - Throws: ``SocketError`` as ``listen(_:backlog:reuseAddress:reusePort:)``.
    @available(*, noasync, message: "looking up a name may wait")
    public func datagrams(
        at endpoint: String, reuseAddress: Bool = false, reusePort: Bool = false
    ) throws(SocketError) -> Socket {
        let binding = Binding(.datagram, reuseAddress: reuseAddress, reusePort: reusePort)
        return try bound(at: know(.candidates(endpoint, .datagram, .bind)), binding)
    }
}

// MARK: What both forms do once the addresses are known

extension ListenFamilies {
    /// The family to look for.
    var family: AddressFamily {
        switch self {
        case .both: .unspecified
        case .ipv4: .ipv4
        case .ipv6: .ipv6
        }
    }
}

/// How a socket is bound.
struct Binding {
    let type: SocketType
    let reuseAddress: Bool
    let reusePort: Bool
    let families: ListenFamilies

    init(_ type: SocketType, reuseAddress: Bool, reusePort: Bool, _ families: ListenFamilies = .both) {
        self.type = type
        self.reuseAddress = reuseAddress
        self.reusePort = reusePort
        self.families = families
    }
}

extension Network {
    /// A socket that listens at the first of the candidates that will do.
    func listener(at candidates: [AddressInfo], _ binding: Binding, _ backlog: Int) throws(SocketError) -> Socket {
        let listener = try bound(at: candidates, binding)
        try listener.listen(backlog: backlog)
        return listener
    }

    /// A socket bound to the first of the candidates that will do.
    func bound(at candidates: [AddressInfo], _ binding: Binding) throws(SocketError) -> Socket {
        try first(of: candidates) { info throws(SocketError) in try bound(to: info.address, binding) }
    }

    private func bound(to address: SocketAddress, _ binding: Binding) throws(SocketError) -> Socket {
        if address.family == .unix, binding.reusePort {
            throw SocketError(
                .invalidArgument, .bind, .address(address), detail: "only a port is shared by reusePort, not a path")
        }
        let socket = try socket(address.family, binding.type)
        if address.family != .unix {
            if binding.reuseAddress { try socket.set(.socket.reuseAddress, true) }
            if binding.reusePort { try socket.set(.socket.reusePort, true) }
        }
        if address.family == .ipv6 { try socket.set(.ipv6.v6Only, binding.families == .ipv6) }
        try socket.bind(to: address)
        return socket
    }
}
