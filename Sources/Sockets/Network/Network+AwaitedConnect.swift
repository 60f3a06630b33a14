public import Layers
public import SocketModel

extension Network {
    /// Makes a socket connected to a host and port, while the task is suspended.
    ///
    /// A stream goes to the address that answers first: those of both families are looked up at the same time and tried as RFC 8305 ("Happy
    /// Eyeballs") has it, sorted by ``AddressSelection``; attempts that have lost are given up. A name that this machine knows by itself, such as
    /// `localhost`, is looked up once, and no server is asked. Other types try one address after the other.
    ///
    /// - Parameters:
    ///   - host: A name or a numeric address; empty means this host.
    ///   - port: 0...65535.
    ///   - racing: How long an address may take before the next is tried beside it.
    ///   - prepare: Is given each socket before it connects: for a local address, or options.
    ///   - deadline: For the look-up and all attempts together.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``. No socket is left behind then.
    public func connect(
        to host: String, port: Int, family: AddressFamily = .unspecified, type: SocketType = .stream,
        racing: ConnectionRaceOptions = ConnectionRaceOptions(), preparing prepare: Preparation? = nil,
        deadline: Deadline? = nil
    ) async throws(SocketError) -> Socket {
        try await connect(type, family, racing, prepare, deadline?.instant { now }) { family throws(SocketError) in
            try .candidates(host, port, type, .connect, family: family)
        }
    }

    /// Makes a socket connected to an address, while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``. No socket is left behind then.
    public func connect(
        to address: SocketAddress, type: SocketType = .stream, preparing prepare: Preparation? = nil,
        deadline: Deadline? = nil
    ) async throws(SocketError) -> Socket {
        try await connect(address.family, type, .default, to: address, prepare, deadline?.instant { now })
    }

    /// Makes a socket connected to an endpoint as people write it, while the task is suspended: as
    /// ``connect(to:port:family:type:racing:preparing:deadline:)``, for a stream by a race too.
    ///
    /// - Parameter deadline: For the look-up and all attempts together.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``. No socket is left behind then.
    public func connect(
        _ endpoint: String, family: AddressFamily = .unspecified, type: SocketType = .stream,
        racing: ConnectionRaceOptions = ConnectionRaceOptions(), preparing prepare: Preparation? = nil,
        deadline: Deadline? = nil
    ) async throws(SocketError) -> Socket {
        try await connect(type, family, racing, prepare, deadline?.instant { now }) { family throws(SocketError) in
            try .candidates(endpoint, type, .connect, family: family)
        }
    }

    private func connect(
        _ type: SocketType, _ family: AddressFamily, _ racing: ConnectionRaceOptions, _ prepare: Preparation?,
        _ limit: NetworkInstant?,
        _ lookup: @escaping @Sendable (AddressFamily) throws(SocketError) -> Lookup<[AddressInfo]>
    ) async throws(SocketError) -> Socket {
        let end = limit ?? .distantFuture
        let all = try lookup(family)
        if type == .stream, family == .unspecified, mayHaveSeveral(all) {
            return try await race(racing.families, type, racing, prepare, until: end, lookup)
        }
        let candidates = try await know(all, until: end)
        if type == .stream, candidates.count > 1 {
            return try await race([family], type, racing, prepare, until: end) { _ in .known(candidates) }
        }
        return try await first(of: candidates) { info async throws(SocketError) in
            try await connect(info.family, info.type, info.protocol, to: info.address, prepare, limit)
        }
    }

    /// Whether there may be several addresses, which are found family by family.
    private func mayHaveSeveral(_ lookup: Lookup<[AddressInfo]>) -> Bool {
        switch lookup {
        case .known(let candidates): candidates.count > 1
        case .ask(.addresses(let query), _): !LocalNames.contains(query.host ?? "", of: backend)
        case .ask: true
        }
    }

    /// The socket of a failed attempt goes with its last reference, here.
    private func connect(
        _ family: AddressFamily, _ type: SocketType, _ number: IPProtocol, to address: SocketAddress,
        _ prepare: Preparation?, _ limit: NetworkInstant?
    ) async throws(SocketError) -> Socket {
        let socket = try socket(family, type, number, prepare)
        _ = try unsafe await socket.executeAwaited(.connect(address), until: limit ?? .distantFuture)
        return socket
    }
}

extension ConnectionRaceOptions {
    /// Those to look up, the preferred one first.
    fileprivate var families: [AddressFamily] { preferredFamily == .ipv4 ? [.ipv4, .ipv6] : [.ipv6, .ipv4] }
}
