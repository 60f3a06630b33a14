public import SocketModel

extension Socket {
    /// Closes the socket; a second call does nothing. The corresponding C function is `close`.
    ///
    /// Whoever waits in this socket is woken and fails with ``SocketError/Code/closed``; a duplicate lives on. Data already sent is
    /// still delivered. Returns when every call has left and the number is the system's again; with `SO_LINGER` set, that is when the
    /// data is delivered or the time is up.
    ///
    /// - Throws: ``SocketError`` with what `close` reports; the socket is closed nevertheless.
    @available(*, noasync, message: "closing waits for other threads' calls to return")
    public func close() throws(SocketError) {
        guard let inside = beginClosing() else { return }
        drain(inside)
        try finishClosing()
    }

    /// Whether the socket has been closed or detached.
    public var isClosed: Bool { usage.isClosed }

    /// Gives the descriptor to the caller, who has to close it, and ends this object as ``close()`` does.
    ///
    /// A descriptor made here is left in blocking mode unless ``mode`` is ``Mode/nonBlocking``; an adopted one gets the mode back
    /// that it came with. It stays close-on-exec. The system keeps that mode for the whole conversation, so while a duplicate lives on here the
    /// descriptor is left non-blocking underneath.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/closed`` when the socket is closed.
    @available(*, noasync, message: "detaching waits for other threads' calls to return")
    public func detach() throws(SocketError) -> Int32 {
        guard let inside = beginClosing() else { throw SocketError(.closed, .detach) }
        drain(inside)
        guard case .count(let number) = try finish(.detach(blocking: mode != .nonBlocking)) else {
            throw .unexpected(.detach)
        }
        return Int32(truncatingIfNeeded: number)
    }

    /// A second socket of the same conversation: both share the connection, and each is closed by itself. The corresponding C
    /// function is `dup`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/tooManyDescriptors``, ``SocketError/Code/closed``.
    public func duplicate() throws(SocketError) -> Socket {
        guard case .opened(let copy) = unsafe try execute(.duplicate).outcome else { throw .unexpected(.duplicate) }
        let socket = try network.take(copy, family, type, `protocol`, .duplicate)
        socket.mode = mode
        socket.patience.inheritKernel(from: patience)
        return socket
    }

    /// The socket's file descriptor. The classic method is `fileno`.
    ///
    /// The number is lent: it is valid only until this object closes it. ``detach()`` gives it away for good.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/closed``, or ``SocketError/Code/unsupported`` where sockets have no number.
    public func descriptor() throws(SocketError) -> Int32 {
        guard case .count(let number) = unsafe try execute(.descriptor).outcome else { throw .unexpected(.descriptor) }
        return Int32(truncatingIfNeeded: number)
    }

    /// Lets nobody in any more and wakes those inside; how many they are, nil when the socket was closed before.
    func beginClosing() -> Int? {
        guard let inside = usage.close() else { return nil }
        if inside > 0 {
            backend.cancel(handle)
            awaiting?.registration.cancelAll()
        }
        network.registry.remove(ObjectIdentifier(self))
        return inside
    }

    /// Closes the handle, once nobody is inside.
    func finishClosing() throws(SocketError) { _ = try finish(.close(lingering: true)) }

    /// Closes the handle, once nobody is inside, without waiting for what lingers.
    func finishServing() { _ = try? finish(.close(lingering: false)) }

    /// Waits until those who were inside have left.
    func drain(_ inside: Int) {
        if inside > 0 { usage.waitUntilDrained { backend.makeLatch() } }
    }

    /// The last operation of the handle, which nobody else can be using any more.
    private func finish(_ action: Operation.Action) throws(SocketError) -> Outcome {
        awaiting?.registration.end()
        let completion = unsafe backend.execute(Operation(action, on: handle), memory: .none)
        if case .failure(let failure) = completion.outcome { throw SocketError(failure, action.name) }
        return completion.outcome
    }
}
