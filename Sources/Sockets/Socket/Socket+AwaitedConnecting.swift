public import SocketModel

extension Socket {
    /// Takes the next connection, while the task is suspended: the awaited form of `accept`.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then no connection is lost.
    public func accept(deadline: Deadline? = nil) async throws(SocketError) -> (connection: Socket, peer: SocketAddress)
    {
        try accepted(unsafe await executeAwaited(.accept, until: limit(deadline, .receiving)))
    }
}
