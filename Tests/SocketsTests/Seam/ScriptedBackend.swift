import Locks
import Sockets

/// A backend that does what a test tells it: started operations wait until the test completes them, by socket and token.
final class ScriptedBackend: Backend {
    private struct State {
        var executed: [OperationName] = []
        var answers: [Outcome] = []
        var registered: [ScriptedRegistration] = []
    }

    private let state = Lock(State())
    private let executor = ScriptedExecutor()

    var name: String { "scripted" }
    var now: NetworkInstant { NetworkInstant(nanoseconds: 7) }

    var executed: [OperationName] { state.withLock { $0.executed } }
    /// What was registered, in that order.
    var registered: [ScriptedRegistration] { state.withLock { $0.registered } }

    /// What the next executed or attempted operations answer.
    func script(_ outcomes: Outcome...) { state.withLock { $0.answers += outcomes } }

    /// The next answer of the script; nil when there is none.
    func nextAnswer() -> Completion? {
        state.withLock { $0.answers.isEmpty ? nil : Completion($0.answers.removeFirst()) }
    }

    func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        let name = operation.name
        state.withLock { $0.executed.append(name) }
        return nextAnswer() ?? .failure(Failure(.unsupported))
    }

    func cancel(_ socket: SocketHandle) {}

    func register(_ socket: SocketHandle) throws(Failure) -> any Registration {
        let registration = ScriptedRegistration(self, executor)
        state.withLock { $0.registered.append(registration) }
        return registration
    }

    func executors() throws(Failure) -> [any NetworkExecutor] { [executor] }

    func startResolving(
        _ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void
    ) { completion(Result { () throws(Failure) in try resolve(query) }) }

    func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
        throw Failure(cause: .resolution(ResolutionError(.noName)))
    }
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
    func wait(until instant: NetworkInstant) -> Bool { true }
}

/// Runs jobs at once, where they are handed over.
private final class ScriptedExecutor: NetworkExecutor {
    var isCurrent: Bool { false }

    func enqueue(_ job: consuming ExecutorJob) { unsafe UnownedJob(job).runSynchronously(on: asUnownedTaskExecutor()) }

    func startTimer(until instant: NetworkInstant, completing sink: any CompletionSink) -> any NetworkTimer {
        sink.complete(Completion(.done))
        return NoTimer()
    }
}

private final class NoTimer: NetworkTimer {
    func cancel() {}
}

/// Keeps the completions it gets.
final class Collector: CompletionSink {
    private let kept = Lock<[Completion]>([])
    var completions: [Completion] { kept.withLock { $0 } }
    func complete(_ completion: Completion) { kept.withLock { $0.append(completion) } }
}
