internal import SocketModel

extension Network {
    /// Prepares a socket before it connects: gives it a local address, or options. Each socket of a race is prepared, of whichever family it is; one
    /// that cannot be is an attempt that fails.
    ///
    /// ```swift
    /// let socket = try await network.connect(
    ///     to: "localhost", port: 50007,
    ///     preparing: { socket in
    ///         try socket.set(.tcp.noDelay, true)
    ///         try socket.bind(to: socket.family == .ipv6 ? "::1" : "127.0.0.1", port: 0)
    ///     })
    /// ```
    ///
    /// It must not wait: an awaited connect calls it on its executor's thread. An error that tells of no socket is reported as the attempt's, in words.
    public typealias Preparation = @Sendable (Socket) throws -> Void

    /// A socket on which nothing has happened but that.
    func socket(
        _ family: AddressFamily, _ type: SocketType, _ number: IPProtocol, _ prepare: Preparation?
    ) throws(SocketError) -> Socket {
        let socket = try socket(family, type, protocol: number)
        do {
            try prepare?(socket)
        } catch {
            if error is CancellationError { throw SocketError(.cancelled, .connect) }
            throw (error as? any TransportError)?.socketError ?? SocketError(.other, .connect, detail: "\(error)")
        }
        return socket
    }
}
