internal import SocketModel

extension Socket {
    /// Carries out one operation while the socket cannot go away; the task is suspended if that cannot be done at once.
    @inline(__always)
    func executeAwaited(
        _ action: Operation.Action, memory: OperationMemory = unsafe .none,
        until deadline: NetworkInstant = .distantFuture
    ) async throws(SocketError) -> Completion {
        switch try unsafe attempt(Operation(action, on: handle, deadline: deadline), memory) {
        case .done(let completion): return completion
        case .waiting(let call):
            await call.wait()
            return try conclude(call, action)
        }
    }

    /// Carries out an operation if that can be done at once, or if it must be. A cancelled task begins nothing.
    ///
    /// - Returns: What came of it, or a call that waits: then the socket still cannot go away, until ``conclude(_:_:)``.
    // Out of line, as what is in line takes part of the suspended task's memory.
    @inline(never)
    func attempt(_ operation: Operation, _ memory: OperationMemory) throws(SocketError) -> Attempt {
        let task = CurrentTask()
        if task.isCancelled { throw explain(backend.cancellation, operation.action, nil) }
        let entry = usage.enterLooking()
        guard entry != .refused else { throw SocketError(.closed, operation.name) }
        let attempt: Attempt
        if entry == .enteredBesideRemainder, let kept = unsafe serveRemainder(operation, memory, until: .distantPast) {
            attempt = .done(kept)
        } else if operation.deadline == .distantPast {
            attempt = unsafe .done(backend.execute(operation, memory: memory))
        } else {
            let found = withAwaiting { unsafe $0.attempt(operation, memory, task) }
            attempt = unsafe found ?? attemptFirst(operation, memory, task)
        }
        guard case .done(let completion) = attempt else { return attempt }
        usage.leave()
        if case .failure(let failure) = completion.outcome { throw explain(failure, operation.action, nil) }
        return attempt
    }

    /// What a call that has waited came to. What was done before a cancel came counts: it is returned.
    @inline(never)
    func conclude(_ call: PendingCall, _ action: Operation.Action) throws(SocketError) -> Completion {
        let completion = withAwaiting { $0.end(call) } ?? call.take()
        usage.leave()
        if case .failure(let failure) = completion.outcome { throw explain(failure, action, nil) }
        return completion
    }

    /// Gives back a call that has not begun to wait, and will not.
    func abandon(_ call: PendingCall) {
        withAwaiting { _ = $0.end(call) }
        usage.leave()
    }

    /// Makes the current task the socket's resident, whose awaited calls cost less, as ``SocketAwaiting/beginResidence()`` explains. On
    /// an executor that executor owns the socket from now on.
    ///
    /// - Returns: What is to be cancelled when the task is, and to be left when it is done with the socket.
    @inline(never)
    func beginResidence() -> PendingCall? { (try? registeredFromOutside())?.beginResidence() }

    /// As ``registered()``, for who is not inside; nil when the socket is closed.
    func registeredFromOutside() throws(Failure) -> SocketAwaiting? {
        guard usage.enter() else { return nil }
        defer { usage.leave() }
        return try registered()
    }

    /// The executor that owns the socket, from now on at the latest; nil when the socket is closed.
    func ownExecutor(_ operation: OperationName) throws(SocketError) -> (any NetworkExecutor)? {
        do throws(Failure) {
            return try registeredFromOutside()?.registration.executor
        } catch {
            throw SocketError(error, operation)
        }
    }

    /// The first awaited call registers the socket.
    @inline(never)
    private func attemptFirst(_ operation: Operation, _ memory: OperationMemory, _ task: CurrentTask) -> Attempt {
        do throws(Failure) {
            return try unsafe registered().attempt(operation, memory, task)
        } catch {
            return .done(.failure(error))
        }
    }

    /// The socket's registration, made unless there is one; to be called from inside. On an executor's thread that executor owns the
    /// socket from now on.
    func registered() throws(Failure) -> SocketAwaiting {
        if let awaiting { return awaiting }
        let awaiting = remember(SocketAwaiting(try backend.register(handle)))
        // Who has closed the socket meanwhile has found no registration to cancel.
        if usage.isClosed { awaiting.registration.cancelAll() }
        return awaiting
    }

    /// Carries out an operation at once that counts something; nil if it would have to wait, and then it is given up.
    func attemptCount(
        _ action: Operation.Action, _ memory: OperationMemory, until deadline: NetworkInstant
    ) throws(SocketError) -> Int? {
        let operation = Operation(action, on: handle, deadline: deadline)
        switch try unsafe attempt(operation, memory) {
        case .done(let completion): return try count(completion, action.name)
        case .waiting(let call):
            abandon(call)
            return nil
        }
    }
}
