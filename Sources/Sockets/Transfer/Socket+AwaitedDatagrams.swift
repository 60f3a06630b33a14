public import SocketModel

extension Socket {
    /// Sends a datagram to an address, while the task is suspended: the awaited form of `sendto`.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled`` when nothing was taken.
    @discardableResult
    public func send(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, to address: SocketAddress,
        flags: MessageFlags = [],
        deadline: Deadline? = nil
    ) async throws(SocketError) -> Int {
        let limit = sendLimit(flags, deadline)
        let first = try unsafe bytes.withBytes { run throws(SocketError) in
            try unsafe sendFirst(run, to: address, flags, limit)
        }
        if case .enough(let count) = first { return count }
        return try await sendOn(
            bytes.owned(), after: first, .sendMessage(to: address, control: [], flags), limit)
    }

    /// Receives bytes together with the address of their sender, while the task is suspended: the awaited form of `recvfrom`.
    ///
    /// Memory is taken as in ``receive(_:flags:deadline:)``.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then nothing is lost.
    public func receiveFrom(
        _ maximum: Int, flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> (bytes: Chunk, sender: SocketAddress?)? {
        switch try attemptReceiveFrom(maximum, flags, deadline) {
        case .done(let datagram): return (datagram.bytes, datagram.sender)
        case .waiting(let call):
            await call.wait()
            return try received(call)
        case .general: return try await awaitMessage(maximum, 0, flags, deadline).map { ($0, $1.sender) }
        }
    }
}

// MARK: The short way

extension Socket {
    private enum DatagramAttempt {
        case done(ReceivedDatagram)
        case waiting(PendingCall)
        /// The general way is to be gone: it is no plain receive of a datagram socket, or the first awaited call.
        case general
    }

    @inline(never)
    private func attemptReceiveFrom(
        _ maximum: Int, _ flags: MessageFlags, _ deadline: Deadline?
    ) throws(SocketError) -> DatagramAttempt {
        guard type == .datagram, flags.isEmpty, Self.canBorrow(maximum, flags), let awaiting = unsafe unownedAwaiting,
            limit(deadline, .receiving, flags) == .distantFuture
        else { return .general }
        let task = CurrentTask()
        if task.isCancelled { throw explain(backend.cancellation, Self.receiveAction, nil) }
        guard usage.enterPlainly() else { return .general }
        let attempt = unsafe awaiting._withUnsafeGuaranteedRef {
            $0.registration.attemptReceiveFrom(on: handle, lending: maximum)
        }
        switch attempt {
        case .waiting:
            let call = unsafe awaiting._withUnsafeGuaranteedRef { $0.call(for: task) }
            unsafe call.prepare(Operation(Self.receiveAction, on: handle), .lent(maximum: maximum))
            return .waiting(call)
        case .done(let datagram):
            usage.leave()
            return .done(datagram)
        case .failed(let failure):
            usage.leave()
            throw explain(failure, Self.receiveAction, nil)
        }
    }

    private static var receiveAction: Operation.Action { .receiveMessage(controlCapacity: 0, []) }

    /// What a receive that has waited came to.
    @inline(never)
    private func received(_ call: PendingCall) throws(SocketError) -> (bytes: Chunk, sender: SocketAddress?)? {
        let info = try info(conclude(call, Self.receiveAction), isEmpty: false)
        return info.map { ($0.lent ?? Chunk(), $0.sender) }
    }

    /// Sends a datagram if it is taken at once.
    @usableFromInline
    func sendFirst(
        _ run: UnsafeRawBufferPointer, to address: SocketAddress, _ flags: MessageFlags, _ limit: NetworkInstant
    ) throws(SocketError) -> FirstSend {
        guard type == .datagram, flags.isEmpty, limit == .distantFuture, let awaiting = unsafe unownedAwaiting else {
            return try unsafe sendFirst(run, .sendMessage(to: address, control: [], flags), limit)
        }
        if CurrentTask().isCancelled { throw explain(backend.cancellation, .sendMessage(to: address), nil) }
        guard usage.enter() else { throw SocketError(.closed, .sendMessage) }
        let attempt = unsafe awaiting._withUnsafeGuaranteedRef {
            unsafe $0.registration.attemptSend(run, to: address, on: handle)
        }
        usage.leave()
        switch attempt {
        case .done(let count): return .enough(count)
        case .waiting: return .part(0)
        case .failed(let failure): throw explain(failure, .sendMessage(to: address), nil)
        }
    }
}

extension Operation.Action {
    fileprivate static func sendMessage(to address: SocketAddress) -> Operation.Action {
        .sendMessage(to: address, control: [], [])
    }
}
