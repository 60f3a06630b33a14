public import SocketModel

extension Socket {
    /// The connections that peers make to a listening socket, accepted one by one as they are asked for.
    ///
    /// ```swift
    /// for try await (connection, peer) in socket.connections { print(connection, peer) }
    /// ```
    ///
    /// Nothing is accepted that nobody asks for. Whoever serves each connection at the same time uses
    /// `serve`, which also knows what to do when descriptors run out.
    public var connections: SocketConnections { SocketConnections(socket: self) }
}

/// A listening socket's connections: see ``Socket/connections``. It has no end of its own: it ends by an error, ``SocketError/Code/closed`` when
/// the listener is closed and ``SocketError/Code/cancelled`` when the task is cancelled.
public struct SocketConnections: AsyncSequence, Sendable {
    /// A connection and the address of its peer.
    public typealias Element = (connection: Socket, peer: SocketAddress)
    /// Accepting fails with this.
    public typealias Failure = SocketError

    let socket: Socket

    /// Accepts one connection after another. One task's; several iterators share the connections.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let socket: Socket

        /// Accepts the next connection. It may be called again after an error.
        ///
        /// - Throws: ``SocketError`` as ``Socket/accept(deadline:)``.
        public mutating func next() async throws(SocketError) -> Element? { try await socket.accept() }

        /// Accepts the next connection, as ``next()``.
        ///
        /// - Throws: ``SocketError`` as that.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(SocketError) -> Element? {
            try await socket.accept()
        }
    }

    /// An iterator.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(socket: socket) }
}

@available(*, unavailable)
extension SocketConnections.AsyncIterator: Sendable {}
