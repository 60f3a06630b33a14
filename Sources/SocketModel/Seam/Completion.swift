/// The end of an operation, or one of its many results: which operation, what came of it, and the flags that go with it, together,
/// on failure too.
public struct Completion: Hashable, Sendable {
    /// The operation's token; ``Token/executed`` when it was executed.
    public var token: Token
    /// What came of it.
    public var outcome: Outcome
    /// What the kernel says of a received message: truncated, control truncated, end of record, out of band.
    public var flags: MessageFlags
    /// False when more completions of this operation follow.
    public var isFinal: Bool

    /// A completion; of an executed operation unless a token says otherwise, and final unless said otherwise.
    @inlinable public init(
        _ outcome: Outcome, flags: MessageFlags = [], token: Token = .executed, isFinal: Bool = true
    ) {
        self.token = token
        self.outcome = outcome
        self.flags = flags
        self.isFinal = isFinal
    }

    /// The completion of an operation that failed.
    @inlinable public static func failure(_ failure: Failure) -> Completion { Completion(.failure(failure)) }
}

/// What came of an operation. Large answers are held indirectly, so that a count comes back in registers.
public enum Outcome: Hashable, Sendable {
    /// It is done, and there is nothing more to say.
    case done
    /// How many bytes, or messages; or a number that was asked for.
    case count(Int)
    /// Bytes received into memory that the backend lends; none are the end of a stream.
    case lent(Chunk)
    /// A new socket.
    case opened(SocketHandle)
    /// Two new sockets.
    case pair(SocketHandle, SocketHandle)
    /// A socket taken over, and what the system says it is.
    indirect case adopted(SocketHandle, family: AddressFamily, type: SocketType, protocol: IPProtocol)
    /// A new connection and its peer.
    indirect case accepted(SocketHandle, SocketAddress)
    /// An address.
    indirect case address(SocketAddress)
    /// An option's bytes.
    indirect case option(OptionBytes)
    /// A received message; its bytes are in the operation's memory.
    indirect case message(MessageInfo)
    /// Received messages, in the order of their runs of memory.
    case messages([MessageInfo])
    /// Which events hold, one entry for each that was asked.
    case readiness([PollEvents])
    /// It failed.
    indirect case failure(Failure)
}

/// What is known of a received message beside its bytes.
public struct MessageInfo: Hashable, Sendable {
    /// Bytes received; the message's whole length, beyond the memory offered, when `MSG_TRUNC` was asked for.
    public var count: Int
    /// The sender; nil when the socket's kind reports none.
    public var sender: SocketAddress?
    /// What came beside the bytes.
    public var control: [ControlMessage]
    /// Truncated, control truncated, end of record, out of band.
    public var flags: MessageFlags
    /// The bytes themselves, when the backend lends their memory.
    public var lent: Chunk?

    /// What is known of a message of `count` bytes.
    @inlinable public init(
        count: Int, sender: SocketAddress? = nil, control: [ControlMessage] = [], flags: MessageFlags = []
    ) {
        self.count = count
        self.sender = sender
        self.control = control
        self.flags = flags
    }
}

/// Where a backend delivers the completions of started operations.
public protocol CompletionSink: AnyObject, Sendable {
    /// Takes one completion, on the thread that owns the socket; must not block.
    func complete(_ completion: consuming Completion)

    /// Takes what a receive was started for, as ``complete(_:)`` takes a completion with ``Outcome/lent(_:)``.
    func receive(_ chunk: consuming Chunk, token: Token)
}
