internal import SocketModel

extension Socket {
    /// Carries out one operation while the socket cannot go away; the task is suspended if that cannot be done at once.
    @inline(__always)
    func executeAwaited(
        _ action: Operation.Action, memory: OperationMemory = unsafe .none,
        until deadline: NetworkInstant = .distantFuture
    ) async throws(SocketError) -> Completion {
        let operation = Operation(action, on: handle, deadline: deadline)
        if let completion = try unsafe attempt(operation, memory) { return completion }
        return try unsafe await finish(operation, memory)
    }

    /// Carries out an operation if that can be done at once, or if it must be. A cancelled task begins nothing.
    ///
    /// - Returns: Nil if it has to wait: then the socket still cannot go away, until ``finish(_:_:)``.
    @inline(__always)
    func attempt(_ operation: Operation, _ memory: OperationMemory) throws(SocketError) -> Completion? {
        if Task.isCancelled { throw explain(Failure(.cancelled), operation.action, nil) }
        let entry = usage.enterLooking()
        guard entry != .refused else { throw SocketError(.closed, operation.name) }
        let completion: Completion
        if entry == .enteredBesideRemainder, let kept = unsafe serveRemainder(operation, memory, until: .distantPast) {
            completion = kept
        } else if operation.deadline == .distantPast {
            completion = unsafe backend.execute(operation, memory: memory)
        } else if let awaiting {
            guard let done = unsafe awaiting.registration.attempt(operation, memory: memory) else { return nil }
            completion = done
        } else {
            guard let done = unsafe attemptFirst(operation, memory) else { return nil }
            completion = done
        }
        usage.leave()
        if case .failure(let failure) = completion.outcome { throw explain(failure, operation.action, nil) }
        return completion
    }

    /// Carries out an operation that could not be attempted with success, while the task is suspended. What was done before a cancel
    /// came counts: it is returned.
    @inline(__always)
    func finish(_ operation: Operation, _ memory: OperationMemory) async throws(SocketError) -> Completion {
        guard let awaiting else { throw .unexpected(operation.name) }
        let completion = unsafe await awaiting.carryOut(operation, memory)
        usage.leave()
        if case .failure(let failure) = completion.outcome { throw explain(failure, operation.action, nil) }
        return completion
    }

    /// The first awaited call registers the socket.
    @inline(never)
    private func attemptFirst(_ operation: Operation, _ memory: OperationMemory) -> Completion? {
        do throws(Failure) {
            return unsafe try register().registration.attempt(operation, memory: memory)
        } catch {
            return .failure(error)
        }
    }

    /// Registers the socket, unless that has been done; to be called from inside.
    func register() throws(Failure) -> SocketAwaiting {
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
        guard let completion = try unsafe attempt(operation, memory) else {
            usage.leave()
            return nil
        }
        return try count(completion, action.name)
    }
}
