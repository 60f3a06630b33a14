public import SocketModel

/// One end of a conversation in which each message is answered at once: a server without tasks.
///
/// ```swift
/// let upper = FramedMachine(LineFraming().text) { line in
///     line == "quit" ? .close(after: "bye") : [line.uppercased()]
/// }
/// try await socket.serve(machine: upper)
/// ```
///
/// With a state of its own, of which each connection has another:
///
/// ```swift
/// let counter = FramedMachine(LengthPrefixedFraming(.two), state: 0) { count, message in
///     count += message.count
///     return [Chunk("\(count) bytes so far")]
/// }
/// ```
///
/// Answers to messages that have come together are sent together, 64 KiB and one answer at most. When the peer ends, what it has sent is answered, and
/// the connection closed. An answer that has no frame resets the connection. Whatever is no message and ends the conversation is its ``error``, which a
/// server reports.
public struct FramedMachine<Format: Framing, State: Sendable>: StreamMachine {
    /// It needs nobody.
    public typealias Event = Never
    /// What is answered to a message.
    public typealias Reply = FramedReply<Format.Outgoing>

    @usableFromInline var exchange: FramedExchange<Format, State>
    /// How long a peer may take for a message.
    @usableFromInline let patience: Duration?
    @usableFromInline var limit: NetworkInstant?
    /// Made where the types are known, and thus compiled for them, though a server knows the machine by its protocol only.
    @usableFromInline let answer: @Sendable (inout FramedExchange<Format, State>) -> Void

    /// A machine that answers messages, and has a state.
    ///
    /// - Parameters:
    ///   - idleLimit: How long after the beginning, or after its last message, a peer may take for the next, however it comes: then the connection is
    ///     closed. As long it may take nothing of an answer: then the connection fails with a time-out. Without it, for ever.
    ///   - refusal: The answer to bytes that are no message: to close, unless told otherwise. Only after an error that is recoverable the conversation can
    ///     go on; any other closes the connection after what is answered.
    ///   - handler: The answer to a message. It must not block.
    @inlinable public init(
        _ framing: Format, state: State, idleLimit: Duration? = nil,
        refusal: @escaping @Sendable (FramingError) -> Reply = { _ in .close() },
        handler: @escaping @Sendable (inout State, Format.Incoming) -> Reply
    ) {
        exchange = FramedExchange(framing, state)
        patience = idleLimit
        answer = { exchange in exchange.answer(refusal, handler) }
    }

    /// The state of this conversation: what the handler was given, and has changed.
    public var state: State {
        get { exchange.state }
        _modify { yield &exchange.state }
    }

    /// The idle limit.
    public var sendLimit: Duration? { patience }

    /// The ``FramingError`` that has ended the conversation.
    public var error: (any Error)? { exchange.error }

    /// Sends messages that answer nothing: news, told by the machine's handle, or a greeting before it is put to work. They go with the answers, in
    /// order; none go when the conversation is over.
    ///
    /// - Throws: ``FramingError`` of a message that has no frame: then none of them is sent, and the conversation goes on.
    public mutating func send(_ messages: Format.Outgoing...) throws(FramingError) { try send(contentsOf: messages) }

    /// Sends messages that answer nothing, as ``send(_:)``.
    ///
    /// - Throws: ``FramingError`` as that.
    public mutating func send(contentsOf messages: some Sequence<Format.Outgoing>) throws(FramingError) {
        try exchange.send(messages)
    }

    /// Ends the conversation, once what was answered and sent before has gone.
    public mutating func close() { exchange.write(.close()) }

    /// How many bytes of answers and news have not been taken for sending: they pile up while the peer does not read.
    public var unsentCount: Int { exchange.output.count }

    /// Takes bytes, or the stream's end.
    public mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
        switch input {
        case .received(let bytes): exchange.decoder.append(bytes)
        case .ended: exchange.decoder.end()
        }
    }

    /// Answers what has come.
    public mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
        answer(&exchange)
        switch exchange.stage {
        case .resetting: return .reset
        case _ where !exchange.output.isEmpty:
            defer { exchange.output = [] }
            return .send(Chunk(exchange.output))
        case .closing: return .close
        case .talking: return wait(now)
        }
    }

    private mutating func wait(_ now: NetworkInstant) -> StreamOutput<Never> {
        guard let patience else { return .wait(until: .distantFuture) }
        let end = exchange.hasHeard ? now.advanced(by: patience) : limit ?? now.advanced(by: patience)
        exchange.hasHeard = false
        limit = end
        return now < end ? .wait(until: end) : .close
    }
}

extension FramedMachine where State == Void {
    /// A machine that answers messages; the parameters are those of ``init(_:state:idleLimit:refusal:handler:)``.
    @inlinable public init(
        _ framing: Format, idleLimit: Duration? = nil,
        refusal: @escaping @Sendable (FramingError) -> Reply = { _ in .close() },
        handler: @escaping @Sendable (Format.Incoming) -> Reply
    ) {
        self.init(framing, state: (), idleLimit: idleLimit, refusal: refusal) { _, message in handler(message) }
    }
}
