public import SocketModel

/// Any backend, with every operation and completion noted in a ``Recorder``.
public final class RecordingBackend: BackendWrapper {
    /// The wrapped backend.
    public let base: any Backend
    private let recorder: Recorder

    /// Wraps `base`; several backends may share a recorder.
    public init(_ base: any Backend, recorder: Recorder) {
        self.base = base
        self.recorder = recorder
    }

    /// Executes the operation and notes it with its completion.
    public func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        let completion = unsafe base.execute(operation, memory: memory)
        recorder.note(.executed(copy operation, completion))
        return completion
    }

    /// Starts the operation and notes it, and each of its completions.
    ///
    /// - Throws: ``Failure`` when it cannot begin, which is noted too.
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

    /// Notes the cancel and hands it on.
    public func cancel(_ target: CancellationTarget) {
        recorder.note(.cancelled(target))
        base.cancel(target)
    }

    /// Asks the wrapped backend and notes question and answer.
    ///
    /// - Throws: ``Failure`` as the wrapped backend does.
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
