internal import Layers
public import SocketModel

extension Socket {
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
    /// ahead, unless the same iterator goes on, or its ``SocketLines/AsyncIterator/rest()`` is taken over. Use one iterator for a socket.
    ///
    /// - Parameter limit: The most bytes of a line, its end not counted, 1...1,073,741,824; others end the iteration with
    ///   ``SocketError/Code/invalidArgument``. A longer line ends it with ``SocketError/Code/messageTooLong``, as soon as that many bytes have
    ///   come without a line end; none of its bytes is delivered, and every later call fails in the same way.
    public func lines(limit: Int = 65_536) -> SocketLines { SocketLines(socket: self, limit: limit) }
}

/// The lines that a socket receives: see ``Socket/lines(limit:)``.
public struct SocketLines: AsyncSequence, Sendable {
    /// A line's bytes without its end.
    public typealias Element = Chunk
    /// Receiving fails with this.
    public typealias Failure = SocketError

    let socket: Socket
    let limit: Int

    /// Receives one line after another. One task's: what it has read ahead is its own.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private static let ahead = 16_384

        private let socket: Socket
        private let limit: Int
        private var decoder: FrameDecoder<LineFraming>

        init(_ socket: Socket, _ limit: Int) {
            self.socket = socket
            self.limit = limit
            decoder = FrameDecoder(LineFraming(limit: limit))
        }

        /// Receives the next line; nil at the end of the stream, again and again.
        ///
        /// - Throws: ``SocketError`` as ``Socket/receive(_:flags:deadline:)``; what had come before is kept for the next call, so that nothing is lost
        ///   by a cancel. ``SocketError/Code/messageTooLong`` for a line beyond the limit, for good.
        public mutating func next() async throws(SocketError) -> Chunk? {
            try SequenceSize.check(limit, .receive)
            while true {
                if let line = try bufferedLine() { return line }
                if decoder.hasEnded { return nil }
                if let chunk = try await socket.receive(Self.ahead) { decoder.append(chunk) } else { decoder.end() }
            }
        }

        /// A line that has come already; nil if none has, or at the end.
        private mutating func bufferedLine() throws(SocketError) -> Chunk? {
            do throws(FramingError) {
                return try decoder.next()
            } catch {
                throw SocketError(.messageTooLong, .receive, detail: "a line is longer than \(limit) bytes")
            }
        }

        /// Receives the next line, as ``next()``.
        ///
        /// - Throws: ``SocketError`` as that.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(SocketError) -> Chunk? {
            try await next()
        }

        /// Takes what was read ahead and is part of no line that was delivered: the way on from lines to bytes, an HTTP body say.
        public mutating func rest() -> Chunk { decoder.takeRest() }
    }

    /// An iterator.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(socket, limit) }
}

@available(*, unavailable)
extension SocketLines.AsyncIterator: Sendable {}
