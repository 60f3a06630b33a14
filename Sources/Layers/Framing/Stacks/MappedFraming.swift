/// A framing whose messages are made of another's: see ``Framing/mapping(decode:encode:)``.
public struct MappedFraming<Base: Framing, Incoming: Sendable, Outgoing: Sendable>: Framing {
    @usableFromInline var base: Base
    @usableFromInline let decoding: @Sendable (Base.Incoming) throws -> Incoming
    @usableFromInline let encoding: @Sendable (Outgoing) throws -> Base.Outgoing

    @inlinable init(
        _ base: Base, _ decoding: @escaping @Sendable (Base.Incoming) throws -> Incoming,
        _ encoding: @escaping @Sendable (Outgoing) throws -> Base.Outgoing
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
    @inlinable public mutating func decode(from queue: inout ByteQueue) throws(FramingError) -> Incoming? {
        let offset = queue.offset
        guard let message = try base.decode(from: &queue) else { return nil }
        return try Self.map(message, at: offset, decoding)
    }

    /// The next message, when no more bytes will come: see ``Framing/decodeLast(from:)``.
    ///
    /// - Throws: ``FramingError`` as the base, and with ``FramingError/Reason/invalidMessage(_:)``.
    @inlinable public mutating func decodeLast(from queue: inout ByteQueue) throws(FramingError) -> Incoming? {
        let offset = queue.offset
        guard let message = try base.decodeLast(from: &queue) else { return nil }
        return try Self.map(message, at: offset, decoding)
    }

    /// Adds what the base adds for the message that is made of this one.
    ///
    /// - Throws: ``FramingError`` as the base, and with ``FramingError/Reason/invalidMessage(_:)``.
    @inlinable public func encode(_ message: Outgoing, into output: inout [UInt8]) throws(FramingError) {
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
        decode: @escaping @Sendable (Incoming) throws -> New, encode: @escaping @Sendable (New) throws -> Outgoing
    ) -> MappedFraming<Self, New, New> { MappedFraming(self, decode, encode) }

    /// A framing that makes other messages of those it reads, and writes this one's, as ``mapping(decode:encode:)`` otherwise.
    @inlinable public func mappingIncoming<New: Sendable>(
        _ decode: @escaping @Sendable (Incoming) throws -> New
    ) -> MappedFraming<Self, New, Outgoing> { MappedFraming(self, decode, { $0 }) }

    /// A framing that makes what it writes of other messages, and reads this one's, as ``mapping(decode:encode:)`` otherwise.
    @inlinable public func mappingOutgoing<New: Sendable>(
        _ encode: @escaping @Sendable (New) throws -> Outgoing
    ) -> MappedFraming<Self, Incoming, New> { MappedFraming(self, { $0 }, encode) }
}
