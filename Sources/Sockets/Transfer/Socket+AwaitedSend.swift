public import SocketModel

extension Socket {
    /// Sends bytes, while the task is suspended: the awaited form of `send`.
    ///
    /// They are copied only if the system does not take all of them at once.
    ///
    /// - Returns: As the blocking form; how many the system had taken when the task was cancelled, if any.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled`` when nothing was taken.
    @inlinable public func send(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> Int {
        let limit = sendLimit(flags, deadline)
        let first = try unsafe bytes.withBytes { run throws(SocketError) in
            try unsafe sendFirst(run, .send(flags), limit)
        }
        if case .enough(let count) = first { return count }
        return try await sendOn(bytes.owned(), after: first, .send(flags), limit)
    }

    /// Sends all bytes of a stream, while the task is suspended; the classic method is `sendall`.
    ///
    /// Returns when the system has taken all of them. They are copied only if it does not take them at once.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    @inlinable public func sendAll(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) {
        let limit = sendLimit(flags, deadline)
        let sent = try unsafe bytes.withBytes { run throws(SocketError) in try unsafe sendNow(run, flags, limit) }
        if let sent { try await sendRest(bytes.owned(), from: sent, flags, limit) }
    }

    /// Sends a datagram to a host and port, while the task is suspended; the rules for hosts are those of ``bind(to:port:)``.
    ///
    /// A deadline covers the look-up of a name too, the socket's mode does not.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled`` when nothing was taken.
    @discardableResult
    public func send(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, to host: String, port: Int,
        flags: MessageFlags = [],
        deadline: Deadline? = nil
    ) async throws(SocketError) -> Int {
        let deadline = fixed(deadline)
        let address = try await address(host, port, .sendMessage, deadline)
        return try await send(bytes, to: address, flags: flags, deadline: deadline)
    }

    /// Sends a part of an open file, while the task is suspended: the awaited form of `sendfile`.
    ///
    /// The system fetches what is not in memory from the disk meanwhile, and nobody else runs on the socket's executor until it has.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; the text says how many bytes were taken.
    @discardableResult
    public func sendFile(
        _ descriptor: Int32, offset: Int = 0, count: Int? = nil, deadline: Deadline? = nil
    ) async throws(SocketError) -> Int {
        let limit = limit(deadline, .sending)
        var sent = 0
        while let action = Self.fileAction(descriptor, offset, count, after: sent) {
            let moved: Int
            do throws(SocketError) {
                moved = try self.count(unsafe await executeAwaited(action, until: limit), .sendFile)
            } catch {
                throw error.after("\(sent)", sent)
            }
            if moved == 0 { break }
            sent += moved
        }
        return sent
    }
}

// MARK: What they share

/// What a first try to send has come to.
@usableFromInline enum FirstSend {
    /// The call is over: so many bytes.
    case enough(Int)
    /// So many bytes, none if it would have had to wait; the call goes on.
    case part(Int)

    /// How many bytes were taken.
    var count: Int {
        switch self {
        case .enough(let count), .part(let count): count
        }
    }
}

extension Socket {
    @usableFromInline
    func sendLimit(_ flags: MessageFlags, _ deadline: Deadline?) -> NetworkInstant { limit(deadline, .sending, flags) }

    /// Nil when the system has taken all bytes at once, else how many.
    @usableFromInline
    func sendNow(
        _ run: UnsafeRawBufferPointer, _ flags: MessageFlags, _ limit: NetworkInstant
    ) throws(SocketError) -> Int? {
        if flags.isEmpty, limit == .distantFuture, let awaiting = unsafe unownedAwaiting {
            return try unsafe sendPlainly(run, awaiting)
        }
        let memory = unsafe OperationMemory.one(UnsafeMutableRawBufferPointer(mutating: run))
        guard let sent = try unsafe attemptCount(.send(flags), memory, until: limit) else { return 0 }
        return sent == run.count ? nil : sent
    }

    @inline(__always)
    private func sendPlainly(
        _ run: UnsafeRawBufferPointer, _ awaiting: Unmanaged<SocketAwaiting>
    ) throws(SocketError) -> Int? {
        if CurrentTask().isCancelled { throw explain(backend.cancellation, .send([]), nil) }
        guard usage.enter() else { throw SocketError(.closed, .send) }
        let attempt = unsafe awaiting._withUnsafeGuaranteedRef {
            unsafe $0.registration.attemptSend(run, on: handle)
        }
        usage.leave()
        switch attempt {
        case .done(let count): return count == run.count ? nil : count
        case .waiting: return 0
        case .failed(let failure): throw explain(failure, .send([]), nil)
        }
    }

    /// What is left of all bytes of a stream.
    @usableFromInline
    func sendRest(
        _ bytes: Chunk, from start: Int, _ flags: MessageFlags, _ limit: NetworkInstant
    ) async throws(SocketError) {
        let table = RunTable([bytes])
        table.advance(past: start)
        var sent = start
        repeat {
            do throws(SocketError) {
                let completion = try unsafe await executeAwaited(.send(flags), memory: table.memory, until: limit)
                let count = try count(completion, .send)
                table.advance(past: count)
                sent += count
            } catch {
                throw error.after("\(sent) of \(bytes.count)", sent)
            }
        } while sent < bytes.count
    }

    /// Sends where the bytes are. With no deadline all bytes of a stream are wanted, else what is taken at the first chance.
    @usableFromInline
    func sendFirst(
        _ run: UnsafeRawBufferPointer, _ action: Operation.Action, _ limit: NetworkInstant
    ) throws(SocketError) -> FirstSend {
        try unsafe sendFirst(.one(UnsafeMutableRawBufferPointer(mutating: run)), action, limit)
    }

    /// As ``sendFirst(_:_:_:)`` of one run.
    func sendFirst(
        _ memory: OperationMemory, _ action: Operation.Action, _ limit: NetworkInstant
    ) throws(SocketError) -> FirstSend {
        guard let sent = try unsafe attemptCount(action, memory, until: limit) else { return .part(0) }
        return limit != .distantFuture || sent >= (unsafe memory.byteCount) ? .enough(sent) : .part(sent)
    }

    /// Goes on after ``sendFirst(_:_:_:)``.
    @usableFromInline
    func sendOn(
        _ bytes: Chunk, after first: FirstSend, _ action: Operation.Action, _ limit: NetworkInstant
    ) async throws(SocketError) -> Int {
        try await sendOn(RunTable([bytes]), after: first, action, limit)
    }

    /// Goes on with what a first try has left; what was taken before an error counts. Control messages go with the first bytes.
    func sendOn(
        _ table: RunTable, after first: FirstSend, _ action: Operation.Action, _ limit: NetworkInstant
    ) async throws(SocketError) -> Int {
        var sent = first.count
        table.advance(past: sent)
        repeat {
            do throws(SocketError) {
                let next = sent > 0 ? action.withoutControl : action
                let completion = try unsafe await executeAwaited(next, memory: table.memory, until: limit)
                let count = try count(completion, action.name)
                table.advance(past: count)
                sent += count
            } catch {
                if sent > 0 { return sent }
                throw error
            }
        } while limit == .distantFuture && table.byteCount > 0
        return sent
    }
}

extension Operation.Action {
    fileprivate var withoutControl: Operation.Action {
        guard case .sendMessage(let address, let control, let flags) = self, !control.isEmpty else { return self }
        return .sendMessage(to: address, control: [], flags)
    }
}
