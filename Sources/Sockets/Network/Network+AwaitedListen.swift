public import SocketModel

extension Network {
    /// Makes a socket that listens at a port; a name is looked up while the task is suspended.
    ///
    /// - Parameter deadline: For the look-up.
    /// - Throws: ``SocketError`` as the blocking form, with ``SocketError/Code/cancelled``, and with ``SocketError/Code/timedOut`` when the
    ///   deadline passes; then no socket has been made.
    public func listen(
        host: String = "", port: Int, families: ListenFamilies = .both, backlog: Int = Int(Backlog.maximum),
        reuseAddress: Bool = true, reusePort: Bool = false, deadline: Deadline = .never
    ) async throws(SocketError) -> Socket {
        let binding = Binding(.stream, reuseAddress: reuseAddress, reusePort: reusePort, families)
        let candidates = try await know(
            .candidates(host, port, .stream, .bind, family: families.family), until: deadline.instant { now })
        return try listener(at: candidates, binding, backlog)
    }

    /// Makes a socket that listens at an endpoint as people write it; a name is looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and as ``listen(host:port:families:backlog:reuseAddress:reusePort:deadline:)``.
    public func listen(
        _ endpoint: String, backlog: Int = Int(Backlog.maximum), reuseAddress: Bool = true, reusePort: Bool = false,
        deadline: Deadline = .never
    ) async throws(SocketError) -> Socket {
        let binding = Binding(.stream, reuseAddress: reuseAddress, reusePort: reusePort)
        let candidates = try await know(
            .candidates(endpoint, .stream, .bind), until: deadline.instant { now })
        return try listener(at: candidates, binding, backlog)
    }

    /// Makes a datagram socket bound to an endpoint as people write it; a name is looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and as ``listen(host:port:families:backlog:reuseAddress:reusePort:deadline:)``.
    public func datagrams(
        at endpoint: String, reuseAddress: Bool = false, reusePort: Bool = false, deadline: Deadline = .never
    ) async throws(SocketError) -> Socket {
        let binding = Binding(.datagram, reuseAddress: reuseAddress, reusePort: reusePort)
        let candidates = try await know(
            .candidates(endpoint, .datagram, .bind), until: deadline.instant { now })
        return try bound(at: candidates, binding)
    }
}
