public import SocketModel

/// A stream's bytes on their way to messages: the reading half of a ``Framing``, with what it has not used yet.
///
/// ```swift
/// var decoder = FrameDecoder(LineFraming().text)
/// while let chunk = try socket.receive() {
///     decoder.append(chunk)
///     while let line = try decoder.next() { print(line) }
/// }
/// decoder.end()
/// while let line = try decoder.next() { print(line) }
/// ```
///
/// It keeps at most ``Framing/maximumFrameSize`` bytes that are no message yet, and those of the chunk that was appended last: ask until there are no
/// more messages before appending the next.
public struct FrameDecoder<Format: Framing>: Sendable {
    @usableFromInline var framing: Format
    @usableFromInline var queue = ByteQueue()
    @usableFromInline var failure: FramingError?
    /// The last message that was skipped, and how many bytes had been used then.
    @usableFromInline var skipped: (error: FramingError, offset: Int)?
    /// Whether the stream has ended.
    public private(set) var hasEnded = false

    /// A decoder at the beginning of a stream.
    @inlinable public init(_ framing: Format) { self.framing = framing }

    /// How many bytes have come and are no message yet.
    public var bufferedCount: Int { queue.count }

    /// Takes bytes that have come. After ``end()``, or an error that is not recoverable, they are dropped.
    @inlinable public mutating func append(_ bytes: Chunk) {
        if failure == nil, !hasEnded { queue.append(bytes) }
    }

    /// The stream has ended.
    public mutating func end() { hasEnded = true }

    /// The next message; nil when more bytes must come first or, after ``end()``, when there are no more.
    ///
    /// - Throws: ``FramingError`` as the framing, and with ``FramingError/Reason/frameTooLong(limit:)`` when it waits for more bytes than it has said.
    ///   After a recoverable error the next message can be asked for; any other is thrown by all later calls.
    @inlinable public mutating func next() throws(FramingError) -> Format.Message? {
        if let failure { throw failure }
        do throws(FramingError) {
            if hasEnded { return try framing.decodeLast(from: &queue) }
            if let message = try framing.decode(from: &queue) { return message }
            try checkBound()
            return nil
        } catch {
            throw noted(error)
        }
    }

    /// A framing that leaves what it refuses where it is would refuse it for ever.
    @usableFromInline mutating func noted(_ error: FramingError) -> FramingError {
        var error = error
        if let skipped, skipped.offset == queue.offset, skipped.error == error {
            error = FramingError(.malformed("what is refused is not skipped: \(error.reason)"), at: error.offset)
        }
        if error.isRecoverable { skipped = (error, queue.offset) } else { failure = error }
        return error
    }

    @inlinable func checkBound() throws(FramingError) {
        let limit = framing.maximumFrameSize
        if queue.count > limit { throw FramingError(.frameTooLong(limit: limit), at: queue.offset) }
    }

    /// Takes the bytes that are no message yet: the way on from messages to bytes, a body say. What an outer framing has unpacked already is not among
    /// them.
    public mutating func takeRest() -> Chunk { queue.takeAll() }
}
