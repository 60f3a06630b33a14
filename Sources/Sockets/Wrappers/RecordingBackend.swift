public import SocketModel

/// Any backend, with every operation and completion noted in a ``Recorder``.
public final class RecordingBackend: Backend {
    private let base: any Backend
    private let recorder: Recorder

    /// Wraps `base`; several backends may share a recorder.
    public init(_ base: any Backend, recorder: Recorder) {
        self.base = base
        self.recorder = recorder
    }

    /// The wrapped backend's name.
    public var name: String { base.name }

    public func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        let completion = unsafe base.execute(operation, memory: memory)
        recorder.note(.executed(copy operation, completion))
        return completion
    }

    public func start(
        _ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink
    ) throws(Failure) {
        let sink = RecordingSink(sink, recorder)
        // Noted first, as completions may come before the call returns.
        let place = recorder.note(.started(operation, token, nil))
        do throws(Failure) {
            try unsafe base.start(operation, token: token, memory: memory, completing: sink)
        } catch {
            recorder.correct(place, to: .started(operation, token, error))
            throw error
        }
    }

    public func cancel(_ target: CancellationTarget) {
        recorder.note(.cancelled(target))
        base.cancel(target)
    }

    public func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
        do throws(Failure) {
            let answer = try base.resolve(query)
            recorder.note(.resolved(query, answer, nil))
            return answer
        } catch {
            recorder.note(.resolved(query, nil, error))
            throw error
        }
    }

    public var now: NetworkInstant { base.now }
    public func sleep(until instant: NetworkInstant) { base.sleep(until: instant) }
    public func fillRandom(_ memory: UnsafeMutableRawBufferPointer) { unsafe base.fillRandom(memory) }
    public func makeLatch() -> any Latch { base.makeLatch() }
    public func spawn(
        named name: String, _ body: @escaping @Sendable () -> Void
    ) throws(Failure) -> any Latch { try base.spawn(named: name, body) }
}

private final class RecordingSink: CompletionSink {
    private let base: any CompletionSink
    private let recorder: Recorder

    init(_ base: any CompletionSink, _ recorder: Recorder) {
        self.base = base
        self.recorder = recorder
    }

    func complete(_ completion: Completion) {
        recorder.note(.completed(completion))
        base.complete(completion)
    }
}
