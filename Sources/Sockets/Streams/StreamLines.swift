public import Layers
public import SocketModel

extension ByteStream {
    /// The lines that are received, without their ends, to the end of the stream.
    ///
    /// ```swift
    /// for try await line in socket.lines() { print(String(decoding: line, as: UTF8.self)) }
    /// ```
    ///
    /// A line ends with LF; one CR right before it belongs to the end and is removed too, any other CR is part of the line. What follows the last
    /// line end is a line if it is not empty. A line is bytes: what they mean is the protocol's business.
    ///
    /// The iterator receives up to 16 KiB ahead, and what it has received belongs to it: who stops iterating in the middle loses what was read
    /// ahead, unless the same iterator goes on, or its ``StreamLines/AsyncIterator/rest()`` is taken over. Use one iterator for a stream.
    ///
    /// - Parameter limit: The most bytes of a line, its end not counted, 1...1,073,741,824; others end the iteration with
    ///   ``SocketError/Code/invalidArgument``. A longer line ends it with ``SocketError/Code/messageTooLong``, as soon as that many bytes have
    ///   come without a line end; none of its bytes is delivered, and every later call fails in the same way.
    @inlinable public func lines(limit: Int = 65_536) -> StreamLines<Self> { StreamLines(self, limit: limit) }
}

/// The lines that a stream receives: see ``ByteStream/lines(limit:)``.
public struct StreamLines<Stream: ByteStream>: AsyncSequence, Sendable {
    /// A line's bytes without its end.
    public typealias Element = Chunk
    /// Receiving fails with this.
    public typealias Failure = Stream.StreamFailure

    @usableFromInline let stream: Stream
    @usableFromInline let limit: Int

    @inlinable init(_ stream: Stream, limit: Int) {
        self.stream = stream
        self.limit = limit
    }

    /// Receives one line after another. One task's: what it has read ahead is its own.
    public struct AsyncIterator: AsyncIteratorProtocol {
        @inlinable static var ahead: Int { 16_384 }

        @usableFromInline let stream: Stream
        @usableFromInline let limit: Int
        @usableFromInline var decoder: FrameDecoder<LineFraming>

        @inlinable init(_ stream: Stream, _ limit: Int) {
            self.stream = stream
            self.limit = limit
            decoder = FrameDecoder(LineFraming(limit: limit))
        }

        /// Receives the next line; nil at the end of the stream, again and again.
        ///
        /// - Throws: What the stream's receive fails with; what had come before is kept for the next call, so that nothing is lost
        ///   by a cancel. ``SocketError/Code/messageTooLong`` for a line beyond the limit, for good.
        @inlinable public mutating func next() async throws(Failure) -> Chunk? {
            try SequenceSize.check(limit, Stream.self)
            while true {
                if let line = try bufferedLine() { return line }
                if decoder.hasEnded { return nil }
                if let chunk = try await stream.receiveAwaiting(Self.ahead, deadline: nil) {
                    decoder.append(chunk)
                } else {
                    decoder.end()
                }
            }
        }

        /// A line that has come already; nil if none has, or at the end.
        @inlinable mutating func bufferedLine() throws(Failure) -> Chunk? {
            do throws(FramingError) {
                return try decoder.next()
            } catch {
                throw Stream.lineTooLong(limit)
            }
        }

        /// Receives the next line, as ``next()``.
        ///
        /// - Throws: As that.
        @inlinable public mutating func next(isolation actor: isolated (any Actor)?) async throws(Failure) -> Chunk? {
            try await next()
        }

        /// Takes what was read ahead and is part of no line that was delivered: the way on from lines to bytes, an HTTP body say.
        @inlinable public mutating func rest() -> Chunk { decoder.takeRest() }
    }

    /// An iterator.
    @inlinable public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream, limit) }
}

extension ByteStream {
    @usableFromInline static func lineTooLong(_ limit: Int) -> StreamFailure {
        failure(SocketError(.messageTooLong, .receive, detail: "a line is longer than \(limit) bytes"))
    }
}

@available(*, unavailable)
extension StreamLines.AsyncIterator: Sendable {}
