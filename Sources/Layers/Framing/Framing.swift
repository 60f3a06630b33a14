public import SocketModel

/// How messages are told apart in a stream of bytes: both ways, as a value that knows no socket.
///
/// The package has ``LineFraming``, ``DelimiterFraming``, ``FixedFraming``, ``LengthPrefixedFraming`` and ``VarintFraming``, whose messages are bytes.
/// A codec makes other messages of them, ``text`` and ``mapping(decode:encode:)``, and ``over(_:)`` puts frames into frames:
///
/// ```swift
/// let numbers = LineFraming().text.mapping { text in Int(text) ?? 0 } encode: { number in String(number) }
/// let packed = numbers.over(LengthPrefixedFraming(.two))
/// try socket.framed(by: packed).send(42)
/// ```
///
/// What is sent may be of another kind than what is received: ``writing(_:)`` reads by one framing and writes by another.
///
/// One of one's own:
///
/// ```swift
/// struct PairFraming: Framing {
///     var maximumFrameSize: Int { 2 }
///
///     mutating func decode(from queue: inout ByteQueue) -> [UInt8]? {
///         queue.count < 2 ? nil : queue.take(2).array
///     }
///
///     func encode(_ pair: [UInt8], into output: inout [UInt8]) throws(FramingError) {
///         guard pair.count == 2 else { throw FramingError(.wrongSize(expected: 2)) }
///         output += pair
///     }
/// }
/// ```
public protocol Framing<Incoming, Outgoing>: Sendable {
    /// What is read.
    associatedtype Incoming: Sendable
    /// What is written: nearly always of the same type.
    associatedtype Outgoing: Sendable

    /// The most bytes of a frame in the stream, with all that is not its message: so many bytes are kept, at most, to wait for the rest of one.
    var maximumFrameSize: Int { get }

    /// Takes the next frame off the queue, all of it, and returns its message; nil, and nothing is taken, when more bytes must come first.
    ///
    /// It is asked again after each message, whatever the bytes that follow it, so how they were split when they came must not matter.
    ///
    /// - Throws: ``FramingError``; if it is recoverable the bytes it is about have been taken off, else the queue is left as it is, and the same call
    ///   would fail in the same way. What breaks the protocol is ``FramingError/Reason/malformed(_:)``.
    mutating func decode(from queue: inout ByteQueue) throws(FramingError) -> Incoming?

    /// As ``decode(from:)``, when no more bytes will come; nil when all messages have been taken.
    ///
    /// - Throws: ``FramingError`` as that, and with ``FramingError/Reason/truncated`` when the rest is no frame.
    mutating func decodeLast(from queue: inout ByteQueue) throws(FramingError) -> Incoming?

    /// Adds a message's frame to bytes to be sent. It depends on the message alone, so several may send.
    ///
    /// - Throws: ``FramingError`` when the message has no frame, or none that would be read as this message; its offset is nil. What was added
    ///   then must not be sent.
    func encode(_ message: Outgoing, into output: inout [UInt8]) throws(FramingError)
}

extension Framing {
    /// A stream must not end within a frame.
    @inlinable public mutating func decodeLast(from queue: inout ByteQueue) throws(FramingError) -> Incoming? {
        if let message = try decode(from: &queue) { return message }
        if queue.isEmpty { return nil }
        throw FramingError(.truncated, at: queue.offset)
    }

    /// A message's frame.
    ///
    /// - Throws: ``FramingError`` as ``encode(_:into:)``.
    @inlinable public func encoded(_ message: Outgoing) throws(FramingError) -> Chunk {
        var output: [UInt8] = []
        try encode(message, into: &output)
        return Chunk(output)
    }
}
