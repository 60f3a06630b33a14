public import SocketModel

extension Socket {
    /// Closes the socket; a second call does nothing. The corresponding C function is `close`.
    ///
    /// Whoever waits in this socket is woken and fails with ``SocketError/Code/closed``; a duplicate lives on. Data already sent is
    /// still delivered. Returns when every call has left and the number is the system's again; with `SO_LINGER` set, that is when the
    /// data is delivered or the time is up.
    ///
    /// On an executor's thread, where nothing may wait, it throws ``SocketError/Code/blockingOnExecutor`` when it would have to. The
    /// socket is closed nevertheless: the last call that leaves, or a thread that lingers, gives the number back.
    ///
    /// - Throws: ``SocketError`` with what `close` reports; the socket is closed nevertheless.
    @available(*, noasync, message: "closing waits for other threads' calls to return")
    public func close() throws(SocketError) {
        guard let inside = beginClosing() else { return }
        if backend.isOnExecutor { return try closeWithoutWaiting(inside) }
        try drain(inside, .close)
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
    /// Bytes that an earlier call received and could not deliver, or that were received ahead, would be lost: then it refuses. When it is this very call that ends a
    /// ``receiveExactly(_:deadline:)`` in the middle, it is too late for that, and the socket is closed.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/closed`` when the socket is closed, ``SocketError/Code/unreadBytes`` as said;
    ///   with ``SocketError/Code/blockingOnExecutor``, and nothing has happened, when it would have to wait on an executor's thread.
    @available(*, noasync, message: "detaching waits for other threads' calls to return")
    public func detach() throws(SocketError) -> Int32 {
        try settle(.detach)
        try drain(try beginDetaching(onlyIfIdle: backend.isOnExecutor), .detach)
        return try finishDetaching()
    }

    /// A second socket of the same conversation: both share the connection, and each is closed by itself. The corresponding C
    /// function is `dup`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/tooManyDescriptors``, ``SocketError/Code/closed``, and with
    ///   ``SocketError/Code/unreadBytes`` while bytes wait here that an earlier call received and could not deliver, or that were received
    ///   ahead, over io_uring after an awaited receive: no duplicate would see them. With ``SocketError/Code/blockingOnExecutor`` on the thread of one executor for a socket that another receives ahead for, over
    ///   io_uring.
    public func duplicate() throws(SocketError) -> Socket {
        try settle(.duplicate)
        guard case .opened(let copy) = unsafe try execute(.duplicate).outcome else { throw .unexpected(.duplicate) }
        return try taking(copy)
    }

    /// As ``duplicate()``, but bytes that wait here stay.
    func copied() throws(SocketError) -> Socket {
        guard usage.enter() else { throw SocketError(.closed, .duplicate) }
        defer { usage.leave() }
        switch unsafe backend.execute(Operation(.duplicate, on: handle), memory: .none).outcome {
        case .opened(let copy): return try taking(copy)
        case .failure(let failure): throw explain(failure, .duplicate, nil)
        default: throw .unexpected(.duplicate)
        }
    }

    private func taking(_ copy: SocketHandle) throws(SocketError) -> Socket {
        let socket = try network.take(copy, family, type, `protocol`, .duplicate)
        socket.mode = mode
        socket.patience.inheritKernel(from: patience)
        return socket
    }

    /// The socket's file descriptor. The classic method is `fileno`.
    ///
    /// The number is lent: it is valid only until this object closes it. ``detach()`` gives it away for good. Over io_uring what comes after an awaited
    /// receive may be received ahead, for this object: whoever is to receive by the number, such as a child that inherits it, gets it from
    /// ``detach()``, or from that of a ``duplicate()``.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/closed``, or ``SocketError/Code/unsupported`` where sockets have no number.
    public func descriptor() throws(SocketError) -> Int32 {
        patience.noteLingering()
        guard case .count(let number) = unsafe try execute(.descriptor).outcome else { throw .unexpected(.descriptor) }
        return Int32(truncatingIfNeeded: number)
    }
}

// MARK: The steps of closing

extension Socket {
    /// Keeps the backend from receiving what nobody here has asked for, and takes over what it has received already.
    func settle(_ operation: OperationName) throws(SocketError) {
        guard let awaiting else { return }
        do throws(Failure) {
            try awaiting.registration.settle { [self] in usage.keep($0.array[...]) }
        } catch {
            throw SocketError(error, operation)
        }
    }

    /// Lets nobody in any more and wakes those inside; how many they are, nil when the socket was closed before.
    func beginClosing() -> Int? {
        guard let inside = usage.close() else { return nil }
        hasClosed(inside)
        return inside
    }

    /// Closes the socket, unless somebody is inside: how many, who are woken.
    func closeIfDrained() -> Int? {
        guard let inside = beginClosing() else { return nil }
        if inside > 0 { return inside }
        try? finishClosing(lingering: false)
        return nil
    }

    /// Closes the socket as soon as nobody is inside, which nobody waits for.
    func closeUnattended() {
        guard closeIfDrained() != nil else { return }
        usage.whenDrained { [self] in try? finishClosing(lingering: false) }
    }

    /// Its end will be a reset, and what was not sent dropped.
    func lingerForNothing() { try? set(.socket.linger, .on(seconds: 0)) }

    /// As ``beginClosing()``, but refuses while bytes wait here, or, if `onlyIfIdle`, while somebody is inside.
    func beginDetaching(onlyIfIdle: Bool) throws(SocketError) -> Int {
        switch usage.closeCarefully(onlyIfIdle: onlyIfIdle) {
        case .closed(let inside):
            hasClosed(inside)
            return inside
        case .tooLate: throw SocketError(.closed, .detach)
        case .unread: throw SocketError(unread, .detach)
        case .busy: throw SocketError(.blockingOnExecutor, .detach)
        }
    }

    private func hasClosed(_ inside: Int) {
        if inside > 0 {
            backend.cancel(handle)
            awaiting?.registration.cancelAll()
        }
        network.registry.remove(self)
    }

    /// Parks the thread until those who were inside have left.
    func drain(_ inside: Int, _ operation: OperationName) throws(SocketError) {
        guard inside > 0 else { return }
        let latch = backend.makeLatch()
        usage.whenDrained { latch.open() }
        do throws(Failure) {
            try latch.wait()
        } catch {
            throw SocketError(error, operation)
        }
    }

    /// Closes the handle, once nobody is inside.
    func finishClosing(lingering: Bool = true) throws(SocketError) {
        // Who never lingers need not be asked to keep from it, which costs the backend a look.
        _ = try finish(.close(lingering: lingering || !patience.mayLinger))
    }

    /// Gives the handle's descriptor away, once nobody is inside.
    func finishDetaching() throws(SocketError) -> Int32 {
        if usage.hasRemainder {
            _ = try? finish(.close(lingering: false))
            var failure = unread
            failure.detail =
                "\(usage.remainderCount) bytes had been received by a call that detaching has ended; "
                + "the socket is closed"
            throw SocketError(failure, .detach)
        }
        guard case .count(let number) = try finish(.detach(blocking: mode != .nonBlocking)) else {
            throw .unexpected(.detach)
        }
        return Int32(truncatingIfNeeded: number)
    }

    /// The last operation of the handle, which nobody else can be using any more.
    func finish(_ action: Operation.Action) throws(SocketError) -> Outcome {
        awaiting?.registration.end()
        let completion = unsafe backend.execute(Operation(action, on: handle), memory: .none)
        if case .failure(let failure) = completion.outcome { throw SocketError(failure, action.name) }
        return completion.outcome
    }

    /// Whether closing the handle may have to wait for the peer: `SO_LINGER` with a time, on what is not this host's own. To be asked
    /// when nobody is inside any more.
    var lingers: Bool {
        guard patience.mayLinger, endsWithZero, family != .unix else { return false }
        let option: SocketOption<Linger> = .socket.linger
        let action = Operation.Action.getOption(option.level, name: option.name, length: option.capacity)
        guard case .option(let bytes) = unsafe backend.execute(Operation(action, on: handle), memory: .none).outcome,
            case .on(let seconds) = try? option.decode(bytes)
        else { return false }
        return seconds > 0
    }
}

// MARK: Closing where nothing may wait

extension Socket {
    private func closeWithoutWaiting(_ inside: Int) throws(SocketError) {
        if inside > 0 {
            usage.whenDrained { [self] in finishUnattended() }
            throw SocketError(
                .blockingOnExecutor, .close, detail: "the socket is closed, and ends when the last call has left it")
        }
        guard lingers else { return try finishClosing() }
        finishUnattended()
        throw SocketError(
            .blockingOnExecutor, .close, detail: "the socket is closed, and lingers on a thread of its own")
    }

    /// Closes the handle, on a thread of its own if that may take long. Without a thread to be had the kernel lingers by itself.
    private func finishUnattended() {
        if lingers, (try? backend.spawn(named: "sockets-close") { [self] in try? finishClosing() }) != nil { return }
        _ = try? finish(.close(lingering: false))
    }
}
