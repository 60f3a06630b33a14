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
    /// How many messages there were, skipped ones too, since the framing has last taken bytes off the queue.
    @usableFromInline var stalls = 0
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
    @inlinable public mutating func next() throws(FramingError) -> Format.Incoming? {
        if let failure { throw failure }
        let offset = queue.offset
        do throws(FramingError) {
            let message = hasEnded ? try framing.decodeLast(from: &queue) : try framing.decode(from: &queue)
            if message != nil { try noteProgress(since: offset) } else if !hasEnded { try checkBound() }
            return message
        } catch {
            if error.isRecoverable { try noteProgress(since: offset) } else { failure = error }
            throw error
        }
    }

    /// Frames inside of a frame may be many, but no more than it has bytes. A framing that leaves where it is what it has read would go on for ever.
    @inlinable mutating func noteProgress(since offset: Int) throws(FramingError) {
        if queue.offset != offset {
            stalls = 0
        } else {
            stalls += 1
            if stalls > max(framing.maximumFrameSize, 1) { throw stalled() }
        }
    }

    @usableFromInline mutating func stalled() -> FramingError {
        let error = FramingError(.malformed("what has been read is not taken off"), at: queue.offset)
        failure = error
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
