/// What came of trying an operation whose answer is one value.
public enum PlainAttempt<Value: Sendable>: Sendable {
    /// It would have to wait; nothing has happened.
    case waiting
    /// It is done.
    case done(Value)
    /// It failed.
    indirect case failed(Failure)
}

extension PlainAttempt {
    /// The same in general terms, with `outcome` of the value; nil is that it would have to wait.
    public func completion(_ outcome: (Value) -> Outcome) -> Completion? {
        switch self {
        case .waiting: nil
        case .done(let value): Completion(outcome(value))
        case .failed(let failure): .failure(failure)
        }
    }
}

extension PlainAttempt<Chunk> {
    /// What came of trying a receive into lent memory; nil is that it would have to wait.
    public init(receive completion: Completion?) {
        switch completion?.outcome {
        case nil: self = .waiting
        case .lent(let chunk): self = .done(chunk)
        case .failure(let failure): self = .failed(failure)
        default: self = .failed(Failure(.other))
        }
    }
}

/// A datagram as it came.
public struct ReceivedDatagram: Sendable {
    /// Its bytes, as many as there was memory for.
    public var bytes: Chunk
    /// Its sender; nil when the socket's kind reports none.
    public var sender: SocketAddress?

    /// A datagram of these bytes.
    @inlinable public init(_ bytes: Chunk, from sender: SocketAddress?) {
        self.bytes = bytes
        self.sender = sender
    }
}

extension PlainAttempt<ReceivedDatagram> {
    /// What came of trying to receive a message into lent memory; nil is that it would have to wait.
    public init(receive completion: Completion?) {
        switch completion?.outcome {
        case nil: self = .waiting
        case .message(let info): self = .done(ReceivedDatagram(info.lent ?? Chunk(), from: info.sender))
        case .failure(let failure): self = .failed(failure)
        default: self = .failed(Failure(.other))
        }
    }
}

extension PlainAttempt<Int> {
    /// What came of trying a send; nil is that it would have to wait.
    public init(send completion: Completion?) {
        switch completion?.outcome {
        case nil: self = .waiting
        case .count(let count): self = .done(count)
        case .failure(let failure): self = .failed(failure)
        default: self = .failed(Failure(.other))
        }
    }
}

// Nearly all calls are plain: bytes of a stream or one datagram, without flags, control messages or deadline. A backend may
// carry them out with less ado than an ``Operation`` and a ``Completion`` need, which is half of what they cost beside the kernel. One that
// does not, and every wrapper, has these.
extension Registration {
    /// Receives what is there: the general way, by an operation.
    public func attemptReceive(on socket: SocketHandle, lending maximum: Int) -> PlainAttempt<Chunk> {
        let operation = Operation(.receive([]), on: socket)
        return unsafe PlainAttempt(receive: attempt(operation, memory: .lent(maximum: maximum)))
    }

    /// Sends what is taken at once: the general way, by an operation.
    public func attemptSend(_ bytes: UnsafeRawBufferPointer, on socket: SocketHandle) -> PlainAttempt<Int> {
        let memory = unsafe OperationMemory.one(UnsafeMutableRawBufferPointer(mutating: bytes))
        return unsafe PlainAttempt(send: attempt(Operation(.send([]), on: socket), memory: memory))
    }

    /// Receives a datagram that is there: the general way, by an operation.
    public func attemptReceiveFrom(on socket: SocketHandle, lending maximum: Int) -> PlainAttempt<ReceivedDatagram> {
        let operation = Operation(.receiveMessage(controlCapacity: 0, []), on: socket)
        return unsafe PlainAttempt(receive: attempt(operation, memory: .lent(maximum: maximum)))
    }

    /// Sends a datagram if it is taken at once: the general way, by an operation.
    public func attemptSend(
        _ bytes: UnsafeRawBufferPointer, to address: SocketAddress, on socket: SocketHandle
    ) -> PlainAttempt<Int> {
        let memory = unsafe OperationMemory.one(UnsafeMutableRawBufferPointer(mutating: bytes))
        let operation = Operation(.sendMessage(to: address, control: [], []), on: socket)
        return unsafe PlainAttempt(send: attempt(operation, memory: memory))
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
