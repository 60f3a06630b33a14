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
    /// A deadline covers the look-up of a name too, the socket's mode does not.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    public func connect(to host: String, port: Int, deadline: Deadline? = nil) async throws(SocketError) {
        let deadline = fixed(deadline)
        try await connect(to: address(host, port, .connect, deadline), deadline: deadline)
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
    /// A deadline covers the look-up of a name too, the socket's mode does not.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    public func connectResult(
        to host: String, port: Int, deadline: Deadline? = nil
    ) async throws(SocketError) -> Errno? {
        let deadline = fixed(deadline)
        return try await connectResult(to: address(host, port, .connect, deadline), deadline: deadline)
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
    /// - Parameter deadline: For the look-up.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled`` and ``SocketError/Code/timedOut``.
    public func bind(to host: String, port: Int, deadline: Deadline = .never) async throws(SocketError) {
        try bind(to: try await address(host, port, .bind, deadline))
    }

    /// The deadline as a moment, so that two calls may share it.
    @usableFromInline func fixed(_ deadline: Deadline?) -> Deadline? {
        deadline.map { .at($0.instant { backend.now }) }
    }

    /// What this socket understands by a host and a port.
    func address(
        _ host: String, _ port: Int, _ operation: OperationName, _ deadline: Deadline?
    ) async throws(SocketError) -> SocketAddress {
        let limit = (deadline ?? .never).instant { backend.now }
        return try await network.address(host, port, family: family, type: type, for: operation, until: limit)
    }
}
