public import SocketModel

/// A framing whose messages are texts: see ``Framing/text``.
public struct TextFraming<Base: Framing>: Framing where Base.Incoming == Chunk, Base.Outgoing == Chunk {
    @usableFromInline var base: Base

    @inlinable init(_ base: Base) { self.base = base }

    /// The base's.
    @inlinable public var maximumFrameSize: Int { base.maximumFrameSize }

    /// The next text: see ``Framing/decode(from:)``.
    ///
    /// - Throws: ``FramingError`` as the base, and with ``FramingError/Reason/notUTF8``.
    @inlinable public mutating func decode(from queue: inout ByteQueue) throws(FramingError) -> String? {
        let offset = queue.offset
        guard let bytes = try base.decode(from: &queue) else { return nil }
        return try Self.text(bytes, at: offset)
    }

    /// The next text, when no more bytes will come: see ``Framing/decodeLast(from:)``.
    ///
    /// - Throws: ``FramingError`` as the base, and with ``FramingError/Reason/notUTF8``.
    @inlinable public mutating func decodeLast(from queue: inout ByteQueue) throws(FramingError) -> String? {
        let offset = queue.offset
        guard let bytes = try base.decodeLast(from: &queue) else { return nil }
        return try Self.text(bytes, at: offset)
    }

    /// Adds what the base adds for the text's UTF-8.
    ///
    /// - Throws: ``FramingError`` as the base.
    @inlinable public func encode(_ text: String, into output: inout [UInt8]) throws(FramingError) {
        try base.encode(Chunk(text), into: &output)
    }

    @usableFromInline static func text(_ bytes: Chunk, at offset: Int) throws(FramingError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw FramingError(.notUTF8, at: offset) }
        return text
    }
}

extension Framing where Incoming == Chunk, Outgoing == Chunk {
    /// This framing with texts for messages: bytes that are no UTF-8 are ``FramingError/Reason/notUTF8``, and skipped.
    @inlinable public var text: TextFraming<Self> { TextFraming(self) }
}
