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
        let listener = try bound(host, port, .stream, families, reuseAddress: reuseAddress, reusePort: reusePort)
        try listener.listen(backlog: backlog)
        return listener
    }

    /// Makes a socket that listens at an address.
    ///
    /// - Throws: ``SocketError`` as ``Socket/bind(to:)`` and ``Socket/listen(backlog:)``.
    public func listen(
        at address: SocketAddress, backlog: Int = Int(Backlog.maximum), reuseAddress: Bool = true,
        reusePort: Bool = false
    ) throws(SocketError) -> Socket {
        let listener = try bound(address, .stream, reuseAddress: reuseAddress, reusePort: reusePort)
        try listener.listen(backlog: backlog)
        return listener
    }

    /// Makes a socket that listens at an endpoint as people write it: `:port` for every address, `host:port`, `[::]:80`, `unix:/path`,
    /// `unix:@name`. `[::]:port` serves IPv4 too, `0.0.0.0:port` IPv4 alone.
    ///
    /// - Throws: ``SocketError`` as ``listen(host:port:families:backlog:reuseAddress:reusePort:)``, and with
    ///   ``SocketError/Code/invalidAddress`` for other text.
    @available(*, noasync, message: "looking up a name may wait")
    public func listen(
        _ endpoint: String, backlog: Int = Int(Backlog.maximum), reuseAddress: Bool = true, reusePort: Bool = false
    ) throws(SocketError) -> Socket {
        let listener = try bound(endpoint, .stream, reuseAddress: reuseAddress, reusePort: reusePort)
        try listener.listen(backlog: backlog)
        return listener
    }

    /// Makes a datagram socket bound to an endpoint as people write it; the rules are those of
    /// ``listen(_:backlog:reuseAddress:reusePort:)``.
    ///
    /// - Throws: ``SocketError`` as ``listen(_:backlog:reuseAddress:reusePort:)``.
    @available(*, noasync, message: "looking up a name may wait")
    public func datagrams(
        at endpoint: String, reuseAddress: Bool = false, reusePort: Bool = false
    ) throws(SocketError) -> Socket {
        try bound(endpoint, .datagram, reuseAddress: reuseAddress, reusePort: reusePort)
    }

    private func bound(
        _ endpoint: String, _ type: SocketType, reuseAddress: Bool, reusePort: Bool
    ) throws(SocketError) -> Socket {
        try first(of: candidates(endpoint, type, .bind)) { info throws(SocketError) in
            try bound(info.address, info.type, reuseAddress: reuseAddress, reusePort: reusePort)
        }
    }

    private func bound(
        _ host: String, _ port: Int, _ type: SocketType, _ families: ListenFamilies, reuseAddress: Bool, reusePort: Bool
    ) throws(SocketError) -> Socket {
        let family: AddressFamily = families == .both ? .unspecified : families == .ipv4 ? .ipv4 : .ipv6
        return try first(of: candidates(host, port, type, .bind, family: family)) { info throws(SocketError) in
            try bound(
                info.address, type, reuseAddress: reuseAddress, reusePort: reusePort, ipv6Only: families == .ipv6)
        }
    }

    private func bound(
        _ address: SocketAddress, _ type: SocketType, reuseAddress: Bool, reusePort: Bool, ipv6Only: Bool = false
    ) throws(SocketError) -> Socket {
        let socket = try socket(address.family, type)
        if address.family != .unix {
            if reuseAddress { try socket.set(.socket.reuseAddress, true) }
            if reusePort { try socket.set(.socket.reusePort, true) }
        }
        if address.family == .ipv6 { try socket.set(.ipv6.v6Only, ipv6Only) }
        try socket.bind(to: address)
        return socket
    }
}
