public import SocketModel

/// Frames that all have the same size.
public struct FixedFraming: Framing {
    /// The bytes of a frame.
    public let size: Int

    /// Frames of so many bytes, 1...1,073,741,824.
    ///
    /// - Throws: ``FramingError`` with ``FramingError/Reason/invalidSize(_:)`` for other sizes.
    public init(_ size: Int) throws(FramingError) {
        guard (1...FrameLimit.largest).contains(size) else { throw FramingError(.invalidSize(size)) }
        self.size = size
    }

    /// The size.
    public var maximumFrameSize: Int { size }

    /// The next frame: see ``Framing/decode(from:)``.
    public mutating func decode(from queue: inout ByteQueue) -> Chunk? { queue.count < size ? nil : queue.take(size) }

    /// Adds the message.
    ///
    /// - Throws: ``FramingError`` with ``FramingError/Reason/wrongSize(expected:)``.
    public func encode(_ message: Chunk, into output: inout [UInt8]) throws(FramingError) {
        guard message.count == size else { throw FramingError(.wrongSize(expected: size)) }
        unsafe message.withBytes { unsafe output.append(contentsOf: $0) }
    }
}
