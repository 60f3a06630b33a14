import Locks
import Sockets

/// A backend that does what a test tells it: started operations wait until the test completes them, by token.
final class ScriptedBackend: Backend {
    struct Started: Sendable {
        let operation: Operation
        let token: Token
        let sink: any CompletionSink
    }

    private struct State {
        var table = TokenTable<Started>(capacity: 4)
        var tokens: [Token: Token] = [:]
        var executed: [OperationName] = []
        var answers: [Outcome] = []
        var cancelled: [CancellationTarget] = []
        var stale = 0
        var memoryInUse: [Token: Int] = [:]
    }

    private let state = Lock(State())

    var name: String { "scripted" }
    var now: NetworkInstant { NetworkInstant(nanoseconds: 7) }

    var executed: [OperationName] { state.withLock { $0.executed } }
    var cancelled: [CancellationTarget] { state.withLock { $0.cancelled } }
    /// Completions and cancels that came for operations that had ended.
    var stale: Int { state.withLock { $0.stale } }
    /// How many bytes of callers' memory are in the backend's hands.
    var memoryInUse: Int { state.withLock { $0.memoryInUse.values.reduce(0, +) } }
    var running: Int { state.withLock { $0.table.count } }

    /// What the next executed operations answer.
    func script(_ outcomes: Outcome...) { state.withLock { $0.answers += outcomes } }

    func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        let name = operation.name
        return state.withLock { state in
            state.executed.append(name)
            return state.answers.isEmpty ? .failure(Failure(.unsupported)) : Completion(state.answers.removeFirst())
        }
    }

    func start(
        _ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink
    ) throws(Failure) {
        let size = if case .one(let run) = unsafe memory { run.count } else { 0 }
        let slot = state.withLock { state -> Token? in
            guard let slot = state.table.insert(Started(operation: operation, token: token, sink: sink)) else {
                return nil
            }
            state.tokens[token] = slot
            state.memoryInUse[token] = size
            return slot
        }
        if slot == nil { throw Failure(.outOfResources, detail: "4 operations are started at most") }
    }

    /// Delivers a completion to whom it belongs; a stale one to nobody.
    func complete(_ token: Token, _ outcome: Outcome, isFinal: Bool = true) {
        let started = state.withLock { state -> Started? in
            guard let slot = state.tokens[token], let started = state.table[slot] else {
                state.stale += 1
                return nil
            }
            if isFinal {
                state.table.remove(slot)
                state.tokens[token] = nil
                state.memoryInUse[token] = nil
            }
            return started
        }
        started?.sink.complete(Completion(outcome, token: token, isFinal: isFinal))
    }

    /// A cancelled operation still ends by its own completion.
    func cancel(_ target: CancellationTarget) {
        let tokens = state.withLock { state -> [Token] in
            state.cancelled.append(target)
            return state.tokens.compactMap { token, slot in
                switch target {
                case .operation(let wanted): wanted == token ? token : nil
                case .socket(let socket): state.table[slot]?.operation.socket == socket ? token : nil
                }
            }
        }
        if tokens.isEmpty { state.withLock { $0.stale += 1 } }
        for token in tokens { complete(token, .failure(Failure(.cancelled))) }
    }

    func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
        throw Failure(cause: .resolution(ResolutionError(.noName)))
    }
    func sleep(until instant: NetworkInstant) {}
    func fillRandom(_ memory: UnsafeMutableRawBufferPointer) {
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 4)
    }
    func spawn(named name: String, _ body: @escaping @Sendable () -> Void) throws(Failure) -> any Latch {
        throw Failure(.unsupported)
    }
    func makeLatch() -> any Latch { NoLatch() }
}

private final class NoLatch: Latch {
    func open() {}
    func wait() {}
}

/// Keeps the completions it gets.
final class Collector: CompletionSink {
    private let kept = Lock<[Completion]>([])
    var completions: [Completion] { kept.withLock { $0 } }
    func complete(_ completion: Completion) { kept.withLock { $0.append(completion) } }
}
