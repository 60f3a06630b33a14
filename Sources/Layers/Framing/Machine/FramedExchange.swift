/// What a ``FramedMachine`` works on: what has come, and the answers that have not been sent.
@usableFromInline struct FramedExchange<Format: Framing, State: Sendable>: Sendable {
    @usableFromInline enum Stage: Sendable {
        case talking
        case closing
        case resetting
    }

    /// Answers are sent when there are so many bytes of them.
    @inlinable static var enough: Int { 65_536 }

    @usableFromInline var decoder: FrameDecoder<Format>
    @usableFromInline let encoder: Format
    @usableFromInline var state: State
    @usableFromInline var stage = Stage.talking
    @usableFromInline var output: [UInt8] = []
    /// Whether a message has come since somebody looked.
    @usableFromInline var hasHeard = false
    /// What the conversation ends for.
    @usableFromInline var error: FramingError?

    @inlinable init(_ framing: Format, _ state: State) {
        decoder = FrameDecoder(framing)
        encoder = framing
        self.state = state
    }

    /// Answers messages until there are no more, or answers enough.
    @inlinable mutating func answer(
        _ refusal: (FramingError) -> FramedReply<Format.Outgoing>,
        _ handler: (inout State, Format.Incoming) -> FramedReply<Format.Outgoing>
    ) {
        while stage == .talking, output.count < Self.enough, let reply = nextReply(refusal, handler) { write(reply) }
    }

    /// The answer to the next message; nil when there is none.
    @inlinable mutating func nextReply(
        _ refusal: (FramingError) -> FramedReply<Format.Outgoing>,
        _ handler: (inout State, Format.Incoming) -> FramedReply<Format.Outgoing>
    ) -> FramedReply<Format.Outgoing>? {
        do throws(FramingError) {
            if let message = try decoder.next() {
                hasHeard = true
                return handler(&state, message)
            }
            return decoder.hasEnded ? .close() : nil
        } catch {
            let reply = refusal(error)
            let closes = reply.closes || !error.isRecoverable
            if closes { self.error = error }
            return FramedReply(reply.messages, closes: closes)
        }
    }

    /// All of them, or none.
    mutating func send(_ messages: some Sequence<Format.Outgoing>) throws(FramingError) {
        guard stage == .talking else { return }
        let count = output.count
        do throws(FramingError) {
            for message in messages { try encoder.encode(message, into: &output) }
        } catch {
            output.removeSubrange(count...)
            throw error
        }
    }

    @inlinable mutating func write(_ reply: FramedReply<Format.Outgoing>) {
        if stage != .talking { return }
        do throws(FramingError) {
            for message in reply.messages { try encoder.encode(message, into: &output) }
            if reply.closes { stage = .closing }
        } catch {
            self.error = error
            stage = .resetting
        }
    }
}
