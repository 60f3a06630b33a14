public import SocketModel

/// Any backend, with the operations that a ``FaultPlan`` picks failing before they reach it.
///
/// A planned failure of `close` or `detach` is reported after the wrapped backend has done it, so that nothing leaks.
public final class FaultInjectingBackend: BackendWrapper {
    /// The wrapped backend.
    public let base: any Backend
    private let plan: FaultPlan

    /// Wraps `base`; several backends may share a plan.
    public init(_ base: any Backend, plan: FaultPlan) {
        self.base = base
        self.plan = plan
    }

    /// Executes the operation, unless it shall fail.
    public func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        guard let failure = plan.next(operation.name) else { return unsafe base.execute(operation, memory: memory) }
        if operation.name == .close || operation.name == .detach { _ = unsafe base.execute(operation, memory: memory) }
        return .failure(failure)
    }

    /// Starts the operation, unless it shall fail.
    ///
    /// - Throws: ``Failure``, planned or not.
    public func start(
        _ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink
    ) throws(Failure) {
        if let failure = plan.next(operation.name) { throw failure }
        try unsafe base.start(operation, token: token, memory: memory, completing: sink)
    }

    /// Asks the wrapped backend, unless the look-up shall fail.
    ///
    /// - Throws: ``Failure``, planned or not.
    public func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
        if let failure = plan.next(query.operation) { throw failure }
        return try base.resolve(query)
    }

    /// Starts a thread, unless that shall fail.
    ///
    /// - Throws: ``Failure``, planned or not.
    public func spawn(
        named name: String, _ body: @escaping @Sendable () -> Void
    ) throws(Failure) -> any Latch {
        if let failure = plan.next(.spawn) { throw failure }
        return try base.spawn(named: name, body)
    }
}
