public import SocketModel

extension Socket {
    /// Connects to a peer; for datagrams, fixes where they go and whence they are taken. The corresponding C function is `connect`.
    ///
    /// After a deadline has passed the connect goes on by itself; close the socket to end it.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/connectionRefused``, ``SocketError/Code/timedOut``, ``SocketError/Code/inProgress``
    ///   when it must not wait, ``SocketError/Code/networkUnreachable``, ``SocketError/Code/hostUnreachable``,
    ///   ``SocketError/Code/alreadyConnected``, ``SocketError/Code/notFound`` for a UNIX path.
    @available(*, noasync, message: "this parks the thread")
    public func connect(to address: SocketAddress, deadline: Deadline? = nil) throws(SocketError) {
        try perform(.connect(address), until: limit(deadline, .sending))
    }

    /// Connects to a peer by host and port; the rules for hosts are those of ``bind(to:port:)``.
    ///
    /// Only the first address of a name is tried: ``Network/connect(to:port:family:type:racing:preparing:deadline:)`` tries them all.
    ///
    /// - Throws: ``SocketError`` as ``connect(to:deadline:)``, with ``SocketError/Code/invalidArgument`` for a port out of range, and with
    ///   ``SocketError/Code/resolutionFailed``.
    @available(*, noasync, message: "this parks the thread")
    public func connect(to host: String, port: Int, deadline: Deadline? = nil) throws(SocketError) {
        let address = try network.address(host, port, family: family, type: type, for: .connect)
        try connect(to: address, deadline: deadline)
    }

    /// Connects, and returns the system's error number instead of throwing it: nil for success. The classic method is `connect_ex`.
    ///
    /// - Returns: `EINPROGRESS` when it must not wait; `EAGAIN` when its time is up.
    /// - Throws: ``SocketError`` for what is no answer of `connect`: ``SocketError/Code/closed`` and unusable addresses.
    @available(*, noasync, message: "this parks the thread")
    public func connectResult(to address: SocketAddress, deadline: Deadline? = nil) throws(SocketError) -> Errno? {
        do {
            try connect(to: address, deadline: deadline)
            return nil
        } catch {
            return try Self.answer(error)
        }
    }

    /// The number for an error that is an answer of `connect`.
    static func answer(_ error: SocketError) throws(SocketError) -> Errno {
        if let number = error.errno { return number }
        if error.code == .timedOut { return .resourceTemporarilyUnavailable }
        throw error
    }

    /// Connects by host and port, and returns the system's error number instead of throwing it: nil for success.
    ///
    /// - Throws: ``SocketError`` as ``connectResult(to:deadline:)``, and when the host cannot be resolved or the port is out of range.
    @available(*, noasync, message: "this parks the thread")
    public func connectResult(to host: String, port: Int, deadline: Deadline? = nil) throws(SocketError) -> Errno? {
        let address = try network.address(host, port, family: family, type: type, for: .connect)
        return try connectResult(to: address, deadline: deadline)
    }

    /// Lets peers connect. The corresponding C function is `listen`.
    ///
    /// - Parameter backlog: How many connections may wait to be accepted; less than 1 counts as 1, and the system caps it
    ///   (`net.core.somaxconn`).
    /// - Throws: ``SocketError`` with ``SocketError/Code/addressInUse``, ``SocketError/Code/unsupported`` for sockets without connections.
    public func listen(backlog: Int = Int(Backlog.maximum)) throws(SocketError) {
        try perform(.listen(backlog: Int32(clamping: max(backlog, 1))))
    }

    /// Takes the next connection. The corresponding C function is `accept`.
    ///
    /// - Returns: The new socket, in ``Mode/blocking``, and the address of its peer.
    /// - Throws: ``SocketError`` with ``SocketError/Code/invalidArgument`` before ``listen(backlog:)``, ``SocketError/Code/connectionAborted``,
    ///   ``SocketError/Code/tooManyDescriptors``, ``SocketError/Code/timedOut``, ``SocketError/Code/wouldBlock``, ``SocketError/Code/closed``.
    @available(*, noasync, message: "this parks the thread")
    public func accept(deadline: Deadline? = nil) throws(SocketError) -> (connection: Socket, peer: SocketAddress) {
        try accepted(unsafe execute(.accept, until: limit(deadline, .receiving)))
    }

    /// The connection that was accepted.
    func accepted(_ completion: Completion) throws(SocketError) -> (connection: Socket, peer: SocketAddress) {
        guard case .accepted(let handle, let peer) = completion.outcome else { throw .unexpected(.accept) }
        let connection = try network.take(handle, family, type, `protocol`, .accept)
        connection.patience.inheritKernel(from: patience)
        return (connection, peer)
    }
}
