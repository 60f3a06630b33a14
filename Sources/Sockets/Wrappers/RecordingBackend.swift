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

    /// Notes the cancel and hands it on.
    public func cancel(_ socket: SocketHandle) {
        recorder.note(.cancelled(socket, nil))
        base.cancel(socket)
    }

    /// Registers the socket; what is attempted or started there is noted, with each completion.
    ///
    /// - Throws: ``Failure`` as the wrapped backend does.
    public func register(_ socket: SocketHandle) throws(Failure) -> any Registration {
        RecordingRegistration(try base.register(socket), socket, recorder)
    }

    /// Asks the wrapped backend and notes question and answer.
    public func startResolving(
        _ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void
    ) {
        base.startResolving(query) { [recorder] result in
            switch result {
            case .success(let answer): recorder.note(.resolved(query, answer, nil))
            case .failure(let failure): recorder.note(.resolved(query, nil, failure))
            }
            completion(result)
        }
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

private final class RecordingRegistration: RegistrationWrapper {
    let base: any Registration
    private let socket: SocketHandle
    private let recorder: Recorder

    init(_ base: any Registration, _ socket: SocketHandle, _ recorder: Recorder) {
        self.base = base
        self.socket = socket
        self.recorder = recorder
    }

    func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion? {
        let completion = unsafe base.attempt(operation, memory: memory)
        if let completion { recorder.note(.executed(copy operation, completion)) }
        return completion
    }

    func start(_ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink) {
        // Noted first, as completions may come before the call returns.
        recorder.note(.started(operation, token))
        unsafe base.start(operation, token: token, memory: memory, completing: RecordingSink(sink, recorder))
    }

    func cancel(_ token: Token) {
        recorder.note(.cancelled(socket, token))
        base.cancel(token)
    }

    func cancelAll() {
        recorder.note(.cancelled(socket, nil))
        base.cancelAll()
    }
}

private final class RecordingSink: CompletionSink {
    private let base: any CompletionSink
    private let recorder: Recorder

    init(_ base: any CompletionSink, _ recorder: Recorder) {
        self.base = base
        self.recorder = recorder
    }

    func complete(_ completion: consuming Completion) {
        recorder.note(.completed(copy completion))
        base.complete(completion)
    }
}
