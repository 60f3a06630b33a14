public import SocketModel

/// Frames that begin with their length, a number of a fixed width.
///
/// ```swift
/// let dns = LengthPrefixedFraming(.two)                                   // RFC 1035 over TCP
/// let postgres = LengthPrefixedFraming(.four, lengthIncludesPrefix: true)
/// ```
public struct LengthPrefixedFraming: Framing {
    /// How many bytes the length has.
    public enum Width: Int, Hashable, Sendable {
        /// One byte: lengths up to 255.
        case one = 1
        /// Two bytes: lengths up to 65,535.
        case two = 2
        /// Three bytes: lengths up to 16,777,215.
        case three = 3
        /// Four bytes: lengths up to 4,294,967,295.
        case four = 4
        /// Eight bytes.
        case eight = 8
    }

    /// In which order a number's bytes are.
    public enum Endianness: Hashable, Sendable {
        /// The most significant first: the network's order.
        case big
        /// The least significant first.
        case little
    }

    /// How many bytes the length has.
    public let width: Width
    /// In which order its bytes are.
    public let endianness: Endianness
    /// Whether the length counts its own bytes too.
    public let lengthIncludesPrefix: Bool
    /// The most bytes of a message, the prefix not counted.
    public let limit: Int

    /// Frames with such a prefix.
    ///
    /// - Parameters:
    ///   - width: How many bytes the length has.
    ///   - endianness: In which order they are.
    ///   - lengthIncludesPrefix: Whether the length counts its own bytes too.
    ///   - limit: The most bytes of a message; brought into 0...1,073,741,824, and to what the prefix can say.
    public init(
        _ width: Width = .four, _ endianness: Endianness = .big, lengthIncludesPrefix: Bool = false,
        limit: Int = 1_048_576
    ) {
        self.width = width
        self.endianness = endianness
        self.lengthIncludesPrefix = lengthIncludesPrefix
        let largest = width == .eight ? Int.max : 1 << (8 * width.rawValue) - 1
        self.limit = FrameLimit.clamped(min(limit, largest - (lengthIncludesPrefix ? width.rawValue : 0)))
    }

    /// The limit and the prefix.
    public var maximumFrameSize: Int { limit + width.rawValue }

    /// The next message: see ``Framing/decode(from:)``.
    ///
    /// - Throws: ``FramingError`` with ``FramingError/Reason/frameTooLong(limit:)`` as soon as the length is there, and with
    ///   ``FramingError/Reason/lengthTooSmall(minimum:)``.
    public mutating func decode(from queue: inout ByteQueue) throws(FramingError) -> Chunk? {
        let prefix = width.rawValue
        guard queue.count >= prefix else { return nil }
        var length = queue.withFirst(prefix) { [endianness] in Self.number($0, endianness) }
        if lengthIncludesPrefix {
            guard length >= prefix else { throw FramingError(.lengthTooSmall(minimum: prefix), at: queue.offset) }
            length -= UInt64(prefix)
        }
        guard length <= limit else { throw FramingError(.frameTooLong(limit: limit), at: queue.offset) }
        guard queue.count >= prefix + Int(length) else { return nil }
        queue.drop(prefix)
        return queue.take(Int(length))
    }

    private static func number(_ bytes: Span<UInt8>, _ endianness: Endianness) -> UInt64 {
        var number: UInt64 = 0
        for index in bytes.indices {
            let place = endianness == .big ? bytes.count - 1 - index : index
            number |= UInt64(bytes[index]) &<< (8 &* place)
        }
        return number
    }

    /// Adds the length and the message.
    ///
    /// - Throws: ``FramingError`` with ``FramingError/Reason/frameTooLong(limit:)``.
    public func encode(_ message: Chunk, into output: inout [UInt8]) throws(FramingError) {
        let count = message.count
        guard count <= limit else { throw FramingError(.frameTooLong(limit: limit)) }
        let prefix = width.rawValue
        let length = UInt64(lengthIncludesPrefix ? count + prefix : count)
        for index in 0..<prefix {
            let place = endianness == .big ? prefix - 1 - index : index
            output.append(UInt8(truncatingIfNeeded: length >> (8 * place)))
        }
        unsafe message.withBytes { unsafe output.append(contentsOf: $0) }
    }
}
