public import SocketModel

extension Socket {
    /// Connects to a peer, while the task is suspended: the awaited form of `connect`.
    ///
    /// After the deadline has passed, or the task was cancelled, the connect goes on by itself; close the socket to end it.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    public func connect(to address: SocketAddress, deadline: Deadline? = nil) async throws(SocketError) {
        _ = try unsafe await executeAwaited(.connect(address), until: limit(deadline, .sending))
    }

    /// Connects to a peer by host and port, while the task is suspended; the rules for hosts are those of ``bind(to:port:)``.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    public func connect(to host: String, port: Int, deadline: Deadline? = nil) async throws(SocketError) {
        let address = try await network.address(host, port, family: family, type: type, for: .connect)
        try await connect(to: address, deadline: deadline)
    }

    /// Connects, while the task is suspended, and returns the system's error number instead of throwing it: nil for success. The classic
    /// method is `connect_ex`.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    public func connectResult(to address: SocketAddress, deadline: Deadline? = nil) async throws(SocketError) -> Errno?
    {
        do throws(SocketError) {
            try await connect(to: address, deadline: deadline)
            return nil
        } catch {
            return try Self.answer(error)
        }
    }

    /// Connects by host and port, while the task is suspended, and returns the system's error number instead of throwing it.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    public func connectResult(
        to host: String, port: Int, deadline: Deadline? = nil
    ) async throws(SocketError) -> Errno? {
        let address = try await network.address(host, port, family: family, type: type, for: .connect)
        return try await connectResult(to: address, deadline: deadline)
    }

    /// Takes the next connection, while the task is suspended: the awaited form of `accept`.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then no connection is lost.
    public func accept(deadline: Deadline? = nil) async throws(SocketError) -> (connection: Socket, peer: SocketAddress)
    {
        try accepted(unsafe await executeAwaited(.accept, until: limit(deadline, .receiving)))
    }

    /// Gives the socket its own address, by host and port; the task is suspended while a name is looked up.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    public func bind(to host: String, port: Int) async throws(SocketError) {
        try bind(to: try await network.address(host, port, family: family, type: type, for: .bind))
    }
}
