public import Layers
public import SocketModel

extension FramedSocket {
    /// The next message; the task is suspended while none is there.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``FramedError`` as the blocking form, and with ``SocketError/Code/cancelled``; then, too, nothing is lost.
    @inlinable public func next(deadline: Deadline? = nil) async throws(FramedError) -> Message? {
        let deadline = socket.fixed(deadline)
        try beginReading()
        defer { endTurn() }
        while true {
            if let message = try bufferedMessage() { return message }
            if decoder.hasEnded { return nil }
            received(try await socket.receiveForFraming(deadline))
        }
    }

    /// Sends a message; the task is suspended while the system, or the writer, does not take it.
    ///
    /// - Throws: ``FramedError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    @inlinable public func send(_ message: Message, deadline: Deadline? = nil) async throws(FramedError) {
        try await socket.sendFrames(frame(CollectionOfOne(message)), writer, deadline)
    }

    /// Sends messages, all of them in one call of the socket's, while the task is suspended.
    ///
    /// - Throws: ``FramedError`` as ``send(_:deadline:)``; when one of them has no frame, none is sent.
    @inlinable public func send(
        contentsOf messages: some Sequence<Message>, deadline: Deadline? = nil
    ) async throws(FramedError) { try await socket.sendFrames(frame(messages), writer, deadline) }
}

extension Socket {
    @usableFromInline func receiveForFraming(_ deadline: Deadline?) async throws(FramedError) -> Chunk? {
        do throws(SocketError) {
            return try await receive(deadline: deadline)
        } catch {
            throw .socket(error)
        }
    }

    @usableFromInline func sendFrames(
        _ frames: [UInt8], _ writer: BufferedWriter?, _ deadline: Deadline?
    ) async throws(FramedError) {
        do throws(SocketError) {
            if let writer {
                try await writer.write(frames, deadline: deadline)
            } else {
                try await sendAll(frames, deadline: deadline)
            }
        } catch {
            throw .socket(error)
        }
    }
}
