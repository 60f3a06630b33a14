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

    /// Registers the socket; what is attempted or started there fails as the plan says.
    ///
    /// - Throws: ``Failure`` as the wrapped backend does.
    public func register(_ socket: SocketHandle) throws(Failure) -> any Registration {
        FaultInjectingRegistration(try base.register(socket), plan)
    }

    /// Asks the wrapped backend, unless the look-up shall fail.
    public func startResolving(
        _ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void
    ) {
        if let failure = plan.next(query.operation) { return completion(.failure(failure)) }
        base.startResolving(query, completion: completion)
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

/// An operation counts once: when it is attempted. Only what had to wait is started, and that has been let through.
private final class FaultInjectingRegistration: RegistrationWrapper {
    let base: any Registration
    private let plan: FaultPlan

    init(_ base: any Registration, _ plan: FaultPlan) {
        self.base = base
        self.plan = plan
    }

    func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion? {
        if let failure = plan.next(operation.name) { return .failure(failure) }
        return unsafe base.attempt(operation, memory: memory)
    }
}
