public import SocketModel

extension ByteStream {
    /// What is received, chunk by chunk, to the end of the stream.
    ///
    /// ```swift
    /// for try await chunk in socket.chunks() { print(chunk) }
    /// ```
    ///
    /// Each chunk is what one receive gives. Nothing is received that nobody asks for, and nothing is kept: whoever stops
    /// iterating goes on with any other receive.
    ///
    /// - Parameter maximum: The most bytes of a chunk, 1...1,073,741,824; others end the iteration with
    ///   ``SocketError/Code/invalidArgument``.
    @inlinable public func chunks(maximum: Int = Socket.standardReceiveSize) -> StreamChunks<Self> {
        StreamChunks(self, maximum: maximum)
    }
}

/// What a stream receives, chunk by chunk: see ``ByteStream/chunks(maximum:)``.
public struct StreamChunks<Stream: ByteStream>: AsyncSequence, Sendable {
    /// Received bytes.
    public typealias Element = Chunk
    /// Receiving fails with this.
    public typealias Failure = Stream.StreamFailure

    @usableFromInline let stream: Stream
    @usableFromInline let maximum: Int

    @inlinable init(_ stream: Stream, maximum: Int) {
        self.stream = stream
        self.maximum = maximum
    }

    /// Receives one chunk after another. One task's.
    public struct AsyncIterator: AsyncIteratorProtocol {
        @usableFromInline let stream: Stream
        @usableFromInline let maximum: Int

        @inlinable init(_ stream: Stream, _ maximum: Int) {
            self.stream = stream
            self.maximum = maximum
        }

        /// Receives the next chunk; nil at the end of the stream, again and again. It may be called again after an error.
        ///
        /// - Throws: What the stream's receive fails with; nothing is lost.
        @inlinable public mutating func next() async throws(Failure) -> Chunk? {
            try SequenceSize.check(maximum, Stream.self)
            return try await stream.receiveAwaiting(maximum, deadline: nil)
        }

        /// Receives the next chunk, as ``next()``.
        ///
        /// - Throws: As that.
        @inlinable public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(Failure) -> Chunk? {
            try SequenceSize.check(maximum, Stream.self)
            return try await stream.receiveAwaiting(maximum, deadline: nil)
        }
    }

    /// An iterator.
    @inlinable public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream, maximum) }
}

@available(*, unavailable)
extension StreamChunks.AsyncIterator: Sendable {}
