public import SocketModel

extension Socket {
    /// The datagrams that are received, each with its sender.
    ///
    /// ```swift
    /// for try await (bytes, sender) in socket.datagrams() { print(bytes, sender as Any) }
    /// ```
    ///
    /// An empty datagram is an empty chunk, not the end. Nothing is received that nobody asks for; what the kernel has no room for meanwhile
    /// is lost, as datagrams are.
    ///
    /// - Parameter maximum: The most bytes of a datagram, 1...1,073,741,824, of which the rest is lost; others end the iteration with
    ///   ``SocketError/Code/invalidArgument``.
    public func datagrams(maximum: Int = standardReceiveSize) -> SocketDatagrams {
        SocketDatagrams(socket: self, maximum: maximum)
    }
}

/// The datagrams that a socket receives: see ``Socket/datagrams(maximum:)``. It has no end of its own: it ends by an error,
/// ``SocketError/Code/closed`` when the socket is closed and ``SocketError/Code/cancelled`` when the task is cancelled; a socket of
/// sequenced packets also ends with its peer.
public struct SocketDatagrams: AsyncSequence, Sendable {
    /// A datagram's bytes and its sender; nil where the socket's kind names none.
    public typealias Element = (bytes: Chunk, sender: SocketAddress?)
    /// Receiving fails with this.
    public typealias Failure = SocketError

    let socket: Socket
    let maximum: Int

    /// Receives one datagram after another. One task's.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let socket: Socket
        let maximum: Int

        /// Receives the next datagram. It may be called again after an error: a connected socket tells that its peer was not there, and goes on.
        ///
        /// - Throws: ``SocketError`` as ``Socket/receiveFrom(_:flags:deadline:)``.
        public mutating func next() async throws(SocketError) -> Element? {
            try SequenceSize.check(maximum, .receiveMessage)
            return try await socket.receiveFrom(maximum)
        }

        /// Receives the next datagram, as ``next()``.
        ///
        /// - Throws: ``SocketError`` as that.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(SocketError) -> Element? {
            try SequenceSize.check(maximum, .receiveMessage)
            return try await socket.receiveFrom(maximum)
        }
    }

    /// An iterator.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(socket: socket, maximum: maximum) }
}

@available(*, unavailable)
extension SocketDatagrams.AsyncIterator: Sendable {}
