public import SocketModel

/// Any backend, with the operations that a ``FaultPlan`` picks failing before they reach it.
///
/// A planned failure of `close` or `detach` is reported after the wrapped backend has done it, so that nothing leaks.
public final class FaultInjectingBackend: Backend {
    private let base: any Backend
    private let plan: FaultPlan

    /// Wraps `base`; several backends may share a plan.
    public init(_ base: any Backend, plan: FaultPlan) {
        self.base = base
        self.plan = plan
    }

    /// The wrapped backend's name.
    public var name: String { base.name }

    public func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        guard let failure = plan.next(operation.name) else { return unsafe base.execute(operation, memory: memory) }
        if operation.name == .close || operation.name == .detach { _ = unsafe base.execute(operation, memory: memory) }
        return .failure(failure)
    }

    public func start(
        _ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink
    ) throws(Failure) {
        if let failure = plan.next(operation.name) { throw failure }
        try unsafe base.start(operation, token: token, memory: memory, completing: sink)
    }

    public func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
        if let failure = plan.next(query.operation) { throw failure }
        return try base.resolve(query)
    }

    public func cancel(_ target: CancellationTarget) { base.cancel(target) }
    public var now: NetworkInstant { base.now }
    public func sleep(until instant: NetworkInstant) { base.sleep(until: instant) }
    public func fillRandom(_ memory: UnsafeMutableRawBufferPointer) { unsafe base.fillRandom(memory) }
    public func makeLatch() -> any Latch { base.makeLatch() }
    public func spawn(
        named name: String, _ body: @escaping @Sendable () -> Void
    ) throws(Failure) -> any Latch {
        if let failure = plan.next(.spawn) { throw failure }
        return try base.spawn(named: name, body)
    }
}
