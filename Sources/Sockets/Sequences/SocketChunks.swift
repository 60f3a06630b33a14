public import SocketModel

extension Socket {
    /// What is received, chunk by chunk, to the end of the stream.
    ///
    /// ```swift
    /// for try await chunk in socket.chunks() { print(chunk) }
    /// ```
    ///
    /// Each chunk is what one ``receive(_:flags:deadline:)`` gives. Nothing is received that nobody asks for, and nothing is kept: whoever stops
    /// iterating goes on with any other receive.
    ///
    /// - Parameter maximum: The most bytes of a chunk, 1...1,073,741,824; others end the iteration with
    ///   ``SocketError/Code/invalidArgument``.
    public func chunks(maximum: Int = standardReceiveSize) -> SocketChunks {
        SocketChunks(socket: self, maximum: maximum)
    }
}

/// What a socket receives, chunk by chunk: see ``Socket/chunks(maximum:)``.
public struct SocketChunks: AsyncSequence, Sendable {
    /// Received bytes.
    public typealias Element = Chunk
    /// Receiving fails with this.
    public typealias Failure = SocketError

    let socket: Socket
    let maximum: Int

    /// Receives one chunk after another. One task's.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let socket: Socket
        let maximum: Int

        /// Receives the next chunk; nil at the end of the stream, again and again. It may be called again after an error.
        ///
        /// - Throws: ``SocketError`` as ``Socket/receive(_:flags:deadline:)``; nothing is lost.
        public mutating func next() async throws(SocketError) -> Chunk? {
            try SequenceSize.check(maximum, .receive)
            return try await socket.receive(maximum)
        }

        /// Receives the next chunk, as ``next()``.
        ///
        /// - Throws: ``SocketError`` as that.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(SocketError) -> Chunk? {
            try SequenceSize.check(maximum, .receive)
            return try await socket.receive(maximum)
        }
    }

    /// An iterator.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(socket: socket, maximum: maximum) }
}

@available(*, unavailable)
extension SocketChunks.AsyncIterator: Sendable {}

/// What a sequence may receive at once.
enum SequenceSize {
    /// Zero would be no progress and no end.
    static func check(_ maximum: Int, _ operation: OperationName) throws(SocketError) {
        guard (1...(1 << 30)).contains(maximum) else {
            throw SocketError(
                .invalidArgument, operation, detail: "the maximum must be in 1...1073741824, not \(maximum)")
        }
    }
}
