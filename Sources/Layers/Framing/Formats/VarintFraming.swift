public import SocketModel

/// Frames that begin with their length as a ``Varint``: protobuf's delimited messages.
public struct VarintFraming: Framing {
    /// The most bytes of a message, the prefix not counted.
    public let limit: Int
    /// Whether a length must have as few bytes as it needs.
    public let isCanonical: Bool

    /// Frames with such a prefix.
    ///
    /// - Parameters:
    ///   - limit: The most bytes of a message; brought into 0...1,073,741,824.
    ///   - canonical: Whether a length of more bytes than it needs is ``FramingError/Reason/overlongVarint``; protobuf takes it.
    public init(limit: Int = 1_048_576, canonical: Bool = false) {
        self.limit = FrameLimit.clamped(limit)
        isCanonical = canonical
    }

    /// The limit and the longest prefix.
    public var maximumFrameSize: Int { limit + Varint.maximumSize }

    /// The next message: see ``Framing/decode(from:)``.
    ///
    /// - Throws: ``FramingError`` with ``FramingError/Reason/frameTooLong(limit:)`` as soon as the length is there, with
    ///   ``FramingError/Reason/malformedVarint`` and ``FramingError/Reason/overlongVarint``.
    public mutating func decode(from queue: inout ByteQueue) throws(FramingError) -> Chunk? {
        switch queue.withFirst(Varint.maximumSize, Varint.read) {
        case .incomplete: return nil
        case .malformed: throw FramingError(.malformedVarint, at: queue.offset)
        case .number(let length, let size):
            if isCanonical, size > Varint.size(of: length) { throw FramingError(.overlongVarint, at: queue.offset) }
            guard length <= limit else { throw FramingError(.frameTooLong(limit: limit), at: queue.offset) }
            guard queue.count >= size + Int(length) else { return nil }
            queue.drop(size)
            return queue.take(Int(length))
        }
    }

    /// Adds the length and the message.
    ///
    /// - Throws: ``FramingError`` with ``FramingError/Reason/frameTooLong(limit:)``.
    public func encode(_ message: Chunk, into output: inout [UInt8]) throws(FramingError) {
        guard message.count <= limit else { throw FramingError(.frameTooLong(limit: limit)) }
        Varint.append(UInt64(message.count), to: &output)
        unsafe message.withBytes { unsafe output.append(contentsOf: $0) }
    }
}
