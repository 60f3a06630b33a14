internal import SocketModel

extension Socket {
    /// Carries out one operation while the socket cannot go away; the task is suspended if that cannot be done at once.
    @inline(__always)
    func executeAwaited(
        _ action: Operation.Action, memory: OperationMemory = unsafe .none,
        until deadline: NetworkInstant = .distantFuture
    ) async throws(SocketError) -> Completion {
        let operation = Operation(action, on: handle, deadline: deadline)
        let task = CurrentTask()
        if let completion = try unsafe attempt(operation, memory, task) { return completion }
        return try unsafe await finish(operation, memory, task)
    }

    /// Carries out an operation if that can be done at once, or if it must be. A cancelled task begins nothing.
    ///
    /// - Returns: Nil if it has to wait: then the socket still cannot go away, until ``finish(_:_:_:)``.
    @inline(__always)
    func attempt(
        _ operation: Operation, _ memory: OperationMemory, _ task: CurrentTask = CurrentTask()
    ) throws(SocketError) -> Completion? {
        if task.isCancelled { throw explain(Failure(.cancelled), operation.action, nil) }
        guard usage.enter() else { throw SocketError(.closed, operation.name) }
        let completion: Completion
        if operation.deadline == .distantPast {
            completion = unsafe backend.execute(operation, memory: memory)
        } else {
            let attempted = withAwaiting { unsafe $0.registration.attempt(operation, memory: memory) }
            guard let done = unsafe attempted ?? attemptFirst(operation, memory) else { return nil }
            completion = done
        }
        usage.leave()
        if case .failure(let failure) = completion.outcome { throw explain(failure, operation.action, nil) }
        return completion
    }

    /// Carries out an operation that could not be attempted with success, while the task is suspended. What was done before a cancel
    /// came counts: it is returned.
    @inline(__always)
    func finish(
        _ operation: Operation, _ memory: OperationMemory, _ task: CurrentTask = CurrentTask()
    ) async throws(SocketError) -> Completion {
        guard let awaiting else { throw .unexpected(operation.name) }
        let completion = unsafe await awaiting.carryOut(operation, memory, task)
        usage.leave()
        if case .failure(let failure) = completion.outcome { throw explain(failure, operation.action, nil) }
        return completion
    }

    /// Runs `body` in the current task, whose awaited calls on this socket cost less meanwhile.
    ///
    /// - Throws: what `body` throws.
    func reside(_ body: () async throws -> Void) async rethrows {
        guard let awaiting = awaiting ?? (try? registered()) else { return try await body() }
        try await awaiting.reside(body)
    }

    private func registered() throws(Failure) -> SocketAwaiting {
        remember(SocketAwaiting(try backend.register(handle)))
    }

    /// The first awaited call registers the socket.
    @inline(never)
    private func attemptFirst(_ operation: Operation, _ memory: OperationMemory) -> Completion? {
        do throws(Failure) {
            return try unsafe registered().registration.attempt(operation, memory: memory)
        } catch {
            return .failure(error)
        }
    }
}
