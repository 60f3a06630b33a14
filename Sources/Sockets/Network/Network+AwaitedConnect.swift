public import SocketModel

extension Network {
    /// Makes a socket connected to a host and port, while the task is suspended: tries every address the host resolves to, in order,
    /// until one answers.
    ///
    /// - Parameter deadline: For the look-up and all attempts together.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``. No socket is left behind then.
    public func connect(
        to host: String, port: Int, family: AddressFamily = .unspecified, type: SocketType = .stream,
        deadline: Deadline? = nil
    ) async throws(SocketError) -> Socket {
        let limit = deadline?.instant { now }
        let candidates = try await know(
            .candidates(host, port, type, .connect, family: family), until: limit ?? .distantFuture)
        return try await connect(toOneOf: candidates, limit)
    }

    /// Makes a socket connected to an address, while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``. No socket is left behind then.
    public func connect(
        to address: SocketAddress, type: SocketType = .stream, deadline: Deadline? = nil
    ) async throws(SocketError) -> Socket {
        try await connect(address.family, type, .default, to: address, deadline?.instant { now })
    }

    /// Makes a socket connected to an endpoint as people write it, while the task is suspended.
    ///
    /// - Parameter deadline: For the look-up and all attempts together.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``. No socket is left behind then.
    public func connect(
        _ endpoint: String, family: AddressFamily = .unspecified, type: SocketType = .stream, deadline: Deadline? = nil
    ) async throws(SocketError) -> Socket {
        let limit = deadline?.instant { now }
        let candidates = try await know(
            .candidates(endpoint, type, .connect, family: family), until: limit ?? .distantFuture)
        return try await connect(toOneOf: candidates, limit)
    }

    private func connect(
        toOneOf candidates: [AddressInfo], _ limit: NetworkInstant?
    ) async throws(SocketError) -> Socket {
        try await first(of: candidates) { info async throws(SocketError) in
            try await connect(info.family, info.type, info.protocol, to: info.address, limit)
        }
    }

    /// The socket of a failed attempt goes with its last reference, here.
    private func connect(
        _ family: AddressFamily, _ type: SocketType, _ number: IPProtocol, to address: SocketAddress,
        _ limit: NetworkInstant?
    ) async throws(SocketError) -> Socket {
        let socket = try socket(family, type, protocol: number)
        _ = try unsafe await socket.executeAwaited(.connect(address), until: limit ?? .distantFuture)
        return socket
    }
}
