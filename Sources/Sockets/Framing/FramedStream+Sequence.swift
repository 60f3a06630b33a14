public import Layers

extension FramedStream: AsyncSequence {
    /// A message.
    public typealias Element = Format.Incoming
    /// Reading fails with this.
    public typealias Failure = FramedError

    /// Reads one message after another. One task's; another iterator of the same socket goes on where this one is.
    public struct AsyncIterator: AsyncIteratorProtocol {
        @usableFromInline let framed: FramedStream

        @inlinable init(_ framed: FramedStream) { self.framed = framed }

        /// The next message; nil at the end of the stream, again and again.
        ///
        /// - Throws: ``FramedError`` as ``FramedStream/next(deadline:)``.
        @inlinable public mutating func next() async throws(StreamError) -> Format.Incoming? { try await framed.next() }

        /// The next message, as ``next()``.
        ///
        /// - Throws: ``FramedError`` as that.
        @inlinable public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(StreamError) -> Format.Incoming? { try await framed.next() }
    }

    /// An iterator.
    @inlinable public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}

@available(*, unavailable)
extension FramedStream.AsyncIterator: Sendable {}
