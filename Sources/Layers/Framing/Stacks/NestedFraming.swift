public import SocketModel

/// Frames inside frames: see ``Framing/over(_:)``.
public struct NestedFraming<Inner: Framing, Outer: Framing>: Framing
where Outer.Incoming == Chunk, Outer.Outgoing == Chunk {
    @usableFromInline var inner: FrameDecoder<Inner>
    @usableFromInline var outer: Outer

    @inlinable init(_ inner: Inner, over outer: Outer) {
        self.inner = FrameDecoder(inner)
        self.outer = outer
    }

    /// The outer framing's; the inner's bytes are kept apart, at most as many as it says and those of one outer frame.
    @inlinable public var maximumFrameSize: Int { outer.maximumFrameSize }

    /// The next message of the inner framing: see ``Framing/decode(from:)``. Outer frames are taken off the queue as they come.
    ///
    /// - Throws: ``FramingError`` as either.
    @inlinable public mutating func decode(from queue: inout ByteQueue) throws(FramingError) -> Inner.Incoming? {
        while true {
            if let message = try inner.next() { return message }
            guard let frame = try outer.decode(from: &queue) else { return nil }
            inner.append(frame)
        }
    }

    /// The next message, when no more bytes will come: see ``Framing/decodeLast(from:)``.
    ///
    /// - Throws: ``FramingError`` as either.
    @inlinable public mutating func decodeLast(from queue: inout ByteQueue) throws(FramingError) -> Inner.Incoming? {
        while true {
            if let message = try inner.next() { return message }
            if inner.hasEnded { return nil }
            if let frame = try outer.decodeLast(from: &queue) { inner.append(frame) } else { inner.end() }
        }
    }

    /// Adds an outer frame with the inner frame of the message.
    ///
    /// - Throws: ``FramingError`` as either.
    @inlinable public func encode(_ message: Inner.Outgoing, into output: inout [UInt8]) throws(FramingError) {
        try outer.encode(inner.framing.encoded(message), into: &output)
    }
}

extension Framing {
    /// This framing inside another: what its frames carry, joined, is the stream that this one reads. A frame may thus begin in one outer frame
    /// and end in another; each message that is written gets an outer frame of its own.
    @inlinable public func over<Outer: Framing>(_ outer: Outer) -> NestedFraming<Self, Outer>
    where Outer.Incoming == Chunk, Outer.Outgoing == Chunk { NestedFraming(self, over: outer) }
}
