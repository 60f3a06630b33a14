import Locks
import Sockets

/// One socket of a ``ScriptedBackend``.
final class ScriptedRegistration: Registration {
    private struct Started: Sendable {
        let sink: any CompletionSink
        let memorySize: Int
    }

    private struct State {
        var started: [Token: Started] = [:]
        var cancelled: [Token?] = []
        var attempted: [OperationName] = []
        var stale = 0
        var isCancelled = false
        var ends = 0
    }

    private static let capacity = 4
    private let state = Lock(State())
    private unowned let backend: ScriptedBackend
    let executor: any NetworkExecutor

    init(_ backend: ScriptedBackend, _ executor: any NetworkExecutor) {
        self.backend = backend
        self.executor = executor
    }

    /// The cancels that came, nil for all operations.
    var cancelled: [Token?] { state.withLock { $0.cancelled } }
    var attempted: [OperationName] { state.withLock { $0.attempted } }
    /// Completions and cancels that came for operations that had ended.
    var stale: Int { state.withLock { $0.stale } }
    /// How many bytes of callers' memory are in the backend's hands.
    var memoryInUse: Int { state.withLock { $0.started.values.reduce(0) { $0 + $1.memorySize } } }
    var running: Int { state.withLock { $0.started.count } }
    /// How often it was given up.
    var ends: Int { state.withLock { $0.ends } }

    func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion? {
        let name = operation.name
        state.withLock { $0.attempted.append(name) }
        return backend.nextAnswer()
    }

    func start(_ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink) {
        let size = if case .one(let run) = unsafe memory { run.count } else { 0 }
        let refusal = state.withLock { state -> Failure? in
            if state.isCancelled { return Failure(.cancelled) }
            if state.started.count == Self.capacity { return Failure(.outOfResources) }
            state.started[token] = Started(sink: sink, memorySize: size)
            return nil
        }
        if let refusal { sink.complete(Completion(.failure(refusal), token: token)) }
    }

    /// Delivers a completion to whom it belongs; a stale one to nobody.
    func complete(_ token: Token, _ outcome: Outcome, isFinal: Bool = true) {
        let started = state.withLock { state -> Started? in
            guard let started = state.started[token] else {
                state.stale += 1
                return nil
            }
            if isFinal { state.started[token] = nil }
            return started
        }
        started?.sink.complete(Completion(outcome, token: token, isFinal: isFinal))
    }

    /// A cancelled operation still ends by its own completion.
    func cancel(_ token: Token) {
        state.withLock { $0.cancelled.append(token) }
        complete(token, .failure(Failure(.cancelled)))
    }

    func cancelAll() {
        let tokens = state.withLock { state -> [Token] in
            state.cancelled.append(nil)
            state.isCancelled = true
            return Array(state.started.keys)
        }
        for token in tokens { complete(token, .failure(Failure(.cancelled))) }
    }

    func end() { state.withLock { $0.ends += 1 } }
}
