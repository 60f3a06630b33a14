/// A registration that hands everything on to another: what a ``BackendWrapper`` that looks at started operations registers.
public protocol RegistrationWrapper: Registration {
    /// The wrapped registration.
    var base: any Registration { get }
}

extension RegistrationWrapper {
    /// The wrapped registration's executor.
    public var executor: any NetworkExecutor { base.executor }

    /// Attempts the operation at the wrapped registration.
    public func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion? {
        unsafe base.attempt(operation, memory: memory)
    }

    /// Starts the operation at the wrapped registration.
    public func start(
        _ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink
    ) {
        unsafe base.start(operation, token: token, memory: memory, completing: sink)
    }

    /// Hands the cancel on.
    public func cancel(_ token: Token) { base.cancel(token) }

    /// Hands the cancel on.
    public func cancelAll() { base.cancelAll() }

    /// Has the wrapped registration stop receiving ahead.
    ///
    /// - Throws: ``Failure`` as the wrapped registration does.
    public func settle(_ keep: @escaping @Sendable (Chunk) -> Void) throws(Failure) { try base.settle(keep) }

    /// Asks the wrapped registration.
    public var isCurrent: Bool { base.isCurrent }

    /// Has the wrapped registration run the job.
    public func run(_ job: UnownedJob) { base.run(job) }

    /// Gives up the wrapped registration.
    public func end() { base.end() }
}
