public import SocketModel

/// A machine at one end of a byte stream, a connection of TCP or of any layer above.
///
/// ```swift
/// struct Echo: StreamMachine {
///     private var received: Chunk?
///     private var hasEnded = false
///
///     mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
///         switch input {
///         case .received(let bytes): received = bytes
///         case .ended: hasEnded = true
///         }
///     }
///
///     mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
///         if let bytes = received.take() { return .send(bytes) }
///         return hasEnded ? .close : .wait(until: .distantFuture)
///     }
/// }
/// ```
///
/// How the peer's bytes are split into inputs means nothing: a machine comes to the same whatever the split.
///
/// The order of calls is that of every ``Machine``.
public protocol StreamMachine<Event>: Sendable {
    /// What it tells those who use it; `Never` for one that needs nobody.
    associatedtype Event: Sendable

    /// Takes what has happened.
    mutating func handle(_ input: consuming StreamInput, now: NetworkInstant)

    /// What is to be done next. What was due by `now` is seen to before.
    mutating func poll(now: NetworkInstant) -> StreamOutput<Event>

    /// How long the peer may take nothing of what is being sent before the connection fails with a time-out; nil, unless it is said otherwise, for as
    /// long as it likes. The machine itself is not asked meanwhile.
    var sendLimit: Duration? { get }

    /// What the conversation has ended for, if something has gone wrong: a server, which hears no events, reports it. Asked when the connection
    /// has ended.
    var error: (any Error)? { get }
}

extension StreamMachine {
    /// Nothing has gone wrong, or events tell of it.
    public var error: (any Error)? { nil }

    /// For as long as it likes.
    public var sendLimit: Duration? { nil }
}

/// What happens at an end of a byte stream.
public enum StreamInput: Hashable, Sendable {
    /// Bytes have come; at least one.
    case received(Chunk)
    /// The peer sends no more: the last input. Sending is still possible.
    case ended
}

/// What a machine at an end of a byte stream wants.
public enum StreamOutput<Event: Sendable>: Sendable {
    /// These bytes are to be sent, after those before them. Nothing else is asked for until the system has taken them: a machine whose
    /// peer does not read is neither polled nor given input, so nothing piles up.
    case send(Chunk)
    /// Something its user wants to know.
    case event(Event)
    /// Nothing will be sent any more: the peer is told so, after all that was sent. To receive is still possible.
    case finish
    /// The conversation is over: the connection is closed, after all that was sent. The last output.
    case close
    /// The conversation has gone wrong: the connection is reset, and what has not been delivered is dropped. The last output.
    case reset
    /// There is nothing to do before the next input, or before that time; ``NetworkInstant/distantFuture`` when only input matters.
    case wait(until: NetworkInstant)
}

extension StreamOutput: Equatable where Event: Equatable {}
extension StreamOutput: Hashable where Event: Hashable {}
