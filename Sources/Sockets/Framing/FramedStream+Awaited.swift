public import Layers
public import SocketModel

extension FramedStream {
    /// The next message; the task is suspended while none is there.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``FramedError`` as the blocking form, and with ``SocketError/Code/cancelled``; then, too, nothing is lost.
    @inlinable public func next(deadline: Deadline? = nil) async throws(StreamError) -> Format.Incoming? {
        let deadline = fixed(deadline)
        try beginReading()
        defer { endTurn() }
        while true {
            if let message = try bufferedMessage() { return message }
            if decoder.hasEnded { return nil }
            received(try await receiveAwaiting(deadline))
        }
    }

    /// Sends a message; the task is suspended while the system, or the writer, does not take it.
    ///
    /// - Throws: ``FramedError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    @inlinable public func send(_ message: Format.Outgoing, deadline: Deadline? = nil) async throws(StreamError) {
        try await sendAwaiting(frame(CollectionOfOne(message)), deadline)
    }

    /// Sends messages, all of them in one call of the socket's, while the task is suspended.
    ///
    /// - Throws: ``FramedError`` as ``send(_:deadline:)``; when one of them has no frame, none is sent.
    @inlinable public func send(
        contentsOf messages: some Sequence<Format.Outgoing>, deadline: Deadline? = nil
    ) async throws(StreamError) { try await sendAwaiting(frame(messages), deadline) }
}

extension FramedStream {
    @inlinable func receiveAwaiting(_ deadline: Deadline?) async throws(StreamError) -> Chunk? {
        do throws(Stream.StreamFailure) {
            return try await stream.receiveAwaiting(Socket.standardReceiveSize, deadline: deadline)
        } catch {
            throw .stream(error)
        }
    }

    @inlinable func sendAwaiting(_ frames: [UInt8], _ deadline: Deadline?) async throws(StreamError) {
        try beginSending()
        defer { endSending() }
        do throws(Stream.StreamFailure) {
            try await stream.sendAwaiting(frames, deadline: deadline)
        } catch {
            throw failed(error)
        }
    }
}
