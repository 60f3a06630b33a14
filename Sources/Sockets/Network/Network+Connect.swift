public import Layers
public import SocketModel

extension Network {
    /// Makes a socket connected to a host and port. The classic function is `create_connection`, which tries one address after the other.
    ///
    /// A stream goes to the address that answers first: they are tried in the order in which the look-up gives them, the two families in turn,
    /// each beside those before it once these have had a head start (RFC 8305, "Happy Eyeballs"). The look-up is one for both families, and is
    /// over before the first attempt. Other types try one address after the other.
    ///
    /// - Parameters:
    ///   - host: A name or a numeric address; empty means this host.
    ///   - port: 0...65535.
    ///   - racing: How long an address may take before the next is tried beside it.
    ///   - prepare: Is given each socket before it connects: for a local address, `create_connection`'s `source_address`, or for options.
    ///   - deadline: For all attempts together; without one each takes as long as the sockets' mode says. A look-up by the C library cannot be
    ///     ended, and may take longer; the stub resolver and the form with `await` keep it.
    /// - Throws: ``SocketError`` of the last attempt, which tells of those before (``SocketError/earlierAttempts``), or of the look-up.
    @available(*, noasync, message: "this parks the thread")
    public func connect(
        to host: String, port: Int, family: AddressFamily = .unspecified, type: SocketType = .stream,
        racing: ConnectionRaceOptions = ConnectionRaceOptions(), preparing prepare: Preparation? = nil,
        deadline: Deadline? = nil
    ) throws(SocketError) -> Socket {
        let limit = deadline.map { Deadline.at($0.instant { now }) }
        let candidates = try know(.candidates(host, port, type, .connect, family: family))
        return try connect(toOneOf: candidates, type, racing, prepare, limit)
    }

    /// Makes a socket connected to an address.
    ///
    /// - Throws: ``SocketError`` as ``Socket/connect(to:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    public func connect(
        to address: SocketAddress, type: SocketType = .stream, preparing prepare: Preparation? = nil,
        deadline: Deadline? = nil
    ) throws(SocketError) -> Socket {
        let socket = try socket(address.family, type, .default, prepare)
        try socket.connect(to: address, deadline: deadline)
        return socket
    }

    /// Makes a socket connected to an endpoint as people write it: `host:port`, `host:service`, `[::1]:80`, `unix:/path`, `unix:@name`.
    ///
    /// - Parameter family: Only addresses of this family; ``AddressFamily/unspecified`` for all.
    /// - Throws: ``SocketError`` as ``connect(to:port:family:type:racing:preparing:deadline:)``, and with ``SocketError/Code/invalidAddress`` for other text
    ///   and for an endpoint of another family.
    @available(*, noasync, message: "this parks the thread")
    public func connect(
        _ endpoint: String, family: AddressFamily = .unspecified, type: SocketType = .stream,
        racing: ConnectionRaceOptions = ConnectionRaceOptions(), preparing prepare: Preparation? = nil,
        deadline: Deadline? = nil
    ) throws(SocketError) -> Socket {
        let limit = deadline.map { Deadline.at($0.instant { now }) }
        let candidates = try know(.candidates(endpoint, type, .connect, family: family))
        return try connect(toOneOf: candidates, type, racing, prepare, limit)
    }
}
