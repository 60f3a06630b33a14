public import SocketModel

extension Network {
    /// Makes a socket connected to a host and port: tries every address the host resolves to, in order, until one answers. The classic
    /// function is `create_connection`.
    ///
    /// - Parameters:
    ///   - host: A name or a numeric address; empty means this host.
    ///   - port: 0...65535.
    ///   - deadline: For all attempts together.
    /// - Throws: ``SocketError`` of the last attempt, or of the look-up.
    @available(*, noasync, message: "this parks the thread")
    public func connect(
        to host: String, port: Int, family: AddressFamily = .unspecified, type: SocketType = .stream,
        deadline: Deadline? = nil
    ) throws(SocketError) -> Socket {
        let limit = deadline.map { Deadline.at($0.instant { now }) }
        let candidates = try know(.candidates(host, port, type, .connect, family: family))
        return try first(of: candidates) { info throws(SocketError) in
            try connect(info.family, info.type, info.protocol, to: info.address, limit)
        }
    }

    /// Makes a socket connected to an address.
    ///
    /// - Throws: ``SocketError`` as ``Socket/connect(to:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    public func connect(
        to address: SocketAddress, type: SocketType = .stream, deadline: Deadline? = nil
    ) throws(SocketError) -> Socket {
        try connect(address.family, type, .default, to: address, deadline)
    }

    /// Makes a socket connected to an endpoint as people write it: `host:port`, `host:service`, `[::1]:80`, `unix:/path`, `unix:@name`.
    ///
    /// - Parameter family: Only addresses of this family; ``AddressFamily/unspecified`` for all.
    /// - Throws: ``SocketError`` as ``connect(to:port:family:type:deadline:)``, and with ``SocketError/Code/invalidAddress`` for other text
    ///   and for an endpoint of another family.
    @available(*, noasync, message: "this parks the thread")
    public func connect(
        _ endpoint: String, family: AddressFamily = .unspecified, type: SocketType = .stream, deadline: Deadline? = nil
    ) throws(SocketError) -> Socket {
        let limit = deadline.map { Deadline.at($0.instant { now }) }
        let candidates = try know(.candidates(endpoint, type, .connect, family: family))
        return try first(of: candidates) { info throws(SocketError) in
            try connect(info.family, info.type, info.protocol, to: info.address, limit)
        }
    }

    private func connect(
        _ family: AddressFamily, _ type: SocketType, _ number: IPProtocol, to address: SocketAddress,
        _ deadline: Deadline?
    ) throws(SocketError) -> Socket {
        let socket = try socket(family, type, protocol: number)
        try socket.connect(to: address, deadline: deadline)
        return socket
    }
}
