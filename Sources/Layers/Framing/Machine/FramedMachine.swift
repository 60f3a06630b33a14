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
/// the connection closed. An answer that has no frame resets the connection.
public struct FramedMachine<Format: Framing, State: Sendable>: StreamMachine {
    /// It needs nobody.
    public typealias Event = Never
    /// What is answered to a message.
    public typealias Reply = FramedReply<Format.Message>

    private enum Stage {
        case talking
        case closing
        case resetting
    }

    /// Answers are sent when there are so many bytes of them.
    private static var enough: Int { 65_536 }

    private var decoder: FrameDecoder<Format>
    private let encoder: Format
    private var state: State
    private let refusal: @Sendable (FramingError) -> Reply
    private let handler: @Sendable (inout State, Format.Message) -> Reply
    private var stage = Stage.talking
    private var output: [UInt8] = []

    /// A machine that answers messages, and has a state.
    ///
    /// - Parameters:
    ///   - refusal: The answer to bytes that are no message: to close, unless told otherwise. Only after an error that is recoverable the conversation can
    ///     go on; any other closes the connection after what is answered.
    ///   - handler: The answer to a message. It must not block.
    public init(
        _ framing: Format, state: State,
        refusal: @escaping @Sendable (FramingError) -> Reply = { _ in .close() },
        handler: @escaping @Sendable (inout State, Format.Message) -> Reply
    ) {
        decoder = FrameDecoder(framing)
        encoder = framing
        self.state = state
        self.refusal = refusal
        self.handler = handler
    }

    /// Takes bytes, or the stream's end.
    public mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
        switch input {
        case .received(let bytes): decoder.append(bytes)
        case .ended: decoder.end()
        }
    }

    /// Answers what has come.
    public mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
        while stage == .talking, output.count < Self.enough, let reply = nextReply() { write(reply) }
        if stage == .resetting { return .reset }
        if !output.isEmpty {
            defer { output = [] }
            return .send(Chunk(output))
        }
        return stage == .closing ? .close : .wait(until: .distantFuture)
    }

    /// The answer to the next message; nil when there is none.
    private mutating func nextReply() -> Reply? {
        do throws(FramingError) {
            if let message = try decoder.next() { return handler(&state, message) }
            return decoder.hasEnded ? .close() : nil
        } catch {
            let reply = refusal(error)
            return error.isRecoverable ? reply : Reply(reply.messages, closes: true)
        }
    }

    private mutating func write(_ reply: Reply) {
        do throws(FramingError) {
            for message in reply.messages { try encoder.encode(message, into: &output) }
            if reply.closes { stage = .closing }
        } catch {
            stage = .resetting
        }
    }
}

extension FramedMachine where State == Void {
    /// A machine that answers messages; the parameters are those of ``init(_:state:refusal:handler:)``.
    public init(
        _ framing: Format,
        refusal: @escaping @Sendable (FramingError) -> Reply = { _ in .close() },
        handler: @escaping @Sendable (Format.Message) -> Reply
    ) {
        self.init(framing, state: (), refusal: refusal) { _, message in handler(message) }
    }
}
