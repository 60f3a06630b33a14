/// A framing whose messages are made of another's: see ``Framing/mapping(decode:encode:)``.
public struct MappedFraming<Base: Framing, Message: Sendable>: Framing {
    @usableFromInline var base: Base
    @usableFromInline let decoding: @Sendable (Base.Message) throws -> Message
    @usableFromInline let encoding: @Sendable (Message) throws -> Base.Message

    @inlinable init(
        _ base: Base, _ decoding: @escaping @Sendable (Base.Message) throws -> Message,
        _ encoding: @escaping @Sendable (Message) throws -> Base.Message
    ) {
        self.base = base
        self.decoding = decoding
        self.encoding = encoding
    }

    /// The base's.
    @inlinable public var maximumFrameSize: Int { base.maximumFrameSize }

    /// The next message: see ``Framing/decode(from:)``.
    ///
    /// - Throws: ``FramingError`` as the base, and with ``FramingError/Reason/invalidMessage(_:)``.
    @inlinable public mutating func decode(from queue: inout ByteQueue) throws(FramingError) -> Message? {
        let offset = queue.offset
        guard let message = try base.decode(from: &queue) else { return nil }
        return try Self.map(message, at: offset, decoding)
    }

    /// The next message, when no more bytes will come: see ``Framing/decodeLast(from:)``.
    ///
    /// - Throws: ``FramingError`` as the base, and with ``FramingError/Reason/invalidMessage(_:)``.
    @inlinable public mutating func decodeLast(from queue: inout ByteQueue) throws(FramingError) -> Message? {
        let offset = queue.offset
        guard let message = try base.decodeLast(from: &queue) else { return nil }
        return try Self.map(message, at: offset, decoding)
    }

    /// Adds what the base adds for the message that is made of this one.
    ///
    /// - Throws: ``FramingError`` as the base, and with ``FramingError/Reason/invalidMessage(_:)``.
    @inlinable public func encode(_ message: Message, into output: inout [UInt8]) throws(FramingError) {
        try base.encode(Self.map(message, at: nil, encoding), into: &output)
    }

    @inlinable static func map<From, To>(
        _ message: From, at offset: Int?, _ body: (From) throws -> To
    ) throws(FramingError) -> To {
        do {
            return try body(message)
        } catch let error as FramingError {
            throw FramingError(error.reason, at: offset)
        } catch {
            throw FramingError(.invalidMessage(String(describing: error)), at: offset)
        }
    }
}

extension Framing {
    /// A framing whose messages are made of this one's, frame by frame.
    ///
    /// What `decode` throws is ``FramingError/Reason/invalidMessage(_:)`` with the error's text, and concerns that message alone; a ``FramingError`` keeps
    /// its reason.
    @inlinable public func mapping<New: Sendable>(
        decode: @escaping @Sendable (Message) throws -> New, encode: @escaping @Sendable (New) throws -> Message
    ) -> MappedFraming<Self, New> { MappedFraming(self, decode, encode) }
}
