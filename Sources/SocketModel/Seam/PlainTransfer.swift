/// What came of trying an operation whose answer is one value.
public enum PlainAttempt<Value: Sendable>: Sendable {
    /// It would have to wait; nothing has happened.
    case waiting
    /// It is done.
    case done(Value)
    /// It failed.
    indirect case failed(Failure)
}

// Nearly all calls are plain: bytes of a stream or one datagram, without flags, address, control messages or deadline. A backend may
// carry them out with less ado than an ``Operation`` and a ``Completion`` need; one that does not, and every wrapper, has the general ways.
extension Registration {
    /// Receives what is there: the general way, by an operation.
    public func attemptReceive(on socket: SocketHandle, lending maximum: Int) -> PlainAttempt<Chunk> {
        let operation = Operation(.receive([]), on: socket)
        guard let completion = unsafe attempt(operation, memory: .lent(maximum: maximum)) else { return .waiting }
        switch completion.outcome {
        case .lent(let chunk): return .done(chunk)
        case .failure(let failure): return .failed(failure)
        default: return .failed(Failure(.other))
        }
    }

    /// Sends what is taken at once: the general way, by an operation.
    public func attemptSend(_ bytes: UnsafeRawBufferPointer, on socket: SocketHandle) -> PlainAttempt<Int> {
        let memory = unsafe OperationMemory.one(UnsafeMutableRawBufferPointer(mutating: bytes))
        guard let completion = unsafe attempt(Operation(.send([]), on: socket), memory: memory) else {
            return .waiting
        }
        switch completion.outcome {
        case .count(let count): return .done(count)
        case .failure(let failure): return .failed(failure)
        default: return .failed(Failure(.other))
        }
    }

    /// Begins to receive: the general way, by an operation.
    public func startReceive(
        on socket: SocketHandle, lending maximum: Int, token: Token, completing sink: any CompletionSink
    ) {
        let operation = Operation(.receive([]), on: socket)
        unsafe start(operation, token: token, memory: .lent(maximum: maximum), completing: sink)
    }
}

extension CompletionSink {
    /// Takes received bytes: the general way, as a completion.
    @inlinable public func receive(_ chunk: consuming Chunk, token: Token) {
        complete(Completion(.lent(chunk), token: token))
    }
}
