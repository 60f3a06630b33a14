public import Layers
public import SocketModel

extension FramedStream {
    /// The next message; the thread is parked while none is there.
    ///
    /// - Parameter deadline: For the whole call; without one it follows the socket's ``Socket/mode``.
    /// - Returns: The message; nil at the end of the stream, again and again.
    /// - Throws: ``FramedError`` with the ``SocketError`` of ``Socket/receive(_:flags:deadline:)``, after which the call may be made again and nothing is lost;
    ///   with ``SocketError/Code/inProgress`` while another thread or task is waiting here; and with ``FramingError`` for bytes that are no message: for
    ///   good, unless it is recoverable.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func next(deadline: Deadline? = nil) throws(StreamError) -> Format.Incoming? {
        let deadline = fixed(deadline)
        try beginReading()
        defer { endTurn() }
        while true {
            if let message = try bufferedMessage() { return message }
            if decoder.hasEnded { return nil }
            received(try receiveBlocking(deadline))
        }
    }

    /// Sends a message; the thread is parked while the system, or the writer, does not take it.
    ///
    /// - Throws: ``FramedError`` with the ``FramingError`` of a message that has no frame, of which nothing is sent; and with the ``SocketError`` of
    ///   ``Socket/sendAll(_:flags:deadline:)``, or of the writer's ``BufferedWriter/write(_:deadline:)``. When a part of the message has gone before,
    ///   every later send fails with ``SocketError/Code/brokenPipe``: the peer would take its bytes for the rest. There is nothing better to do than
    ///   to close.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func send(_ message: Format.Outgoing, deadline: Deadline? = nil) throws(StreamError) {
        try sendBlocking(frame(CollectionOfOne(message)), deadline)
    }

    /// Sends messages, all of them in one call of the socket's.
    ///
    /// - Throws: ``FramedError`` as ``send(_:deadline:)``; when one of them has no frame, none is sent.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func send(
        contentsOf messages: some Sequence<Format.Outgoing>, deadline: Deadline? = nil
    ) throws(StreamError) { try sendBlocking(frame(messages), deadline) }
}

extension FramedStream {
    @available(*, noasync, message: "this parks the thread")
    @inlinable func receiveBlocking(_ deadline: Deadline?) throws(StreamError) -> Chunk? {
        do throws(Stream.StreamFailure) {
            return try stream.receiveBlocking(Socket.standardReceiveSize, deadline: deadline)
        } catch {
            throw .stream(error)
        }
    }

    @available(*, noasync, message: "this parks the thread")
    @inlinable func sendBlocking(_ frames: [UInt8], _ deadline: Deadline?) throws(StreamError) {
        try beginSending()
        defer { endSending() }
        do throws(Stream.StreamFailure) {
            try stream.sendBlocking(frames, deadline: deadline)
        } catch {
            throw failed(error)
        }
    }
}
