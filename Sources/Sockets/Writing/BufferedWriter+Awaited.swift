public import SocketModel

extension BufferedWriter {
    /// Writes bytes: queues them, and suspends the task only while there is no room.
    ///
    /// An array or a ``Chunk`` of 16 KiB or more is kept until it is sent; all else is copied.
    ///
    /// A write of at most ``capacity`` bytes is queued whole or not at all; a longer one goes through the queue in parts, with nothing
    /// between them. When such a write ends early, what was queued of it is sent nevertheless, and the rest is not: the error says how many
    /// bytes were queued, and the peer will see a torn message.
    ///
    /// - Parameter deadline: For the wait; without one it follows the socket's ``Socket/mode``.
    /// - Throws: ``SocketError`` with ``SocketError/Code/cancelled``, ``SocketError/Code/timedOut`` and ``SocketError/Code/wouldBlock``
    ///   when there was no room in time; with ``SocketError/Code/closed`` and, after ``shutdown(deadline:)``,
    ///   ``SocketError/Code/brokenPipe``; and with the error of an earlier send, which every call throws from then on.
    @inlinable public func write(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, deadline: Deadline? = nil
    ) async throws(SocketError) {
        try begin(.write)
        if try !accept(bytes) { try await waitForRoom(bytes.owned(), deadline) }
    }

    /// Suspends the task until the system has taken all bytes that are queued when it is called; sending begins at once.
    ///
    /// Bytes of a write that still waits for room are not waited for.
    ///
    /// - Parameter deadline: For the wait; without one it follows the socket's ``Socket/mode``.
    /// - Throws: ``SocketError`` with ``SocketError/Code/cancelled``, ``SocketError/Code/timedOut``, ``SocketError/Code/wouldBlock``, and then
    ///   what is queued goes on being sent; with ``SocketError/Code/closed``; and with the error of an earlier send.
    public func flush(deadline: Deadline? = nil) async throws(SocketError) {
        try begin(.send)
        if let purpose = try queue.flushed(.send) { try await queue.wait(for: purpose, .send, deadline) }
    }

    /// Ends the sending half of the connection when the system has taken all that was written, suspending the task meanwhile. The
    /// corresponding C function is `shutdown`.
    ///
    /// From the call on nothing can be written any more; a write that waits for room already comes before the end. The socket still
    /// receives.
    ///
    /// - Parameter deadline: For the wait; without one it follows the socket's ``Socket/mode``.
    /// - Throws: ``SocketError`` as ``flush(deadline:)``, and then the sending half is open: call it again, or close; and as
    ///   ``Socket/shutdown(_:)``.
    public func shutdown(deadline: Deadline? = nil) async throws(SocketError) {
        try begin(.shutdown)
        if let purpose = try queue.shutDown() { try await queue.wait(for: purpose, .shutdown, deadline) }
        try socket.shutdown(.send)
    }

    /// Closes the socket when the system has taken all that was written, suspending the task meanwhile; a second call does nothing but
    /// throw the error that the writer has ended with, if any.
    ///
    /// From the call on no other can be made; a write that waits for room already comes before the end. When the deadline passes, or the
    /// task is cancelled, or was before, the socket is closed all the same: what did not go at once is lost, and the error says how much
    /// that is.
    ///
    /// - Parameter deadline: For sending; without one it follows the socket's ``Socket/mode``. Closing itself is not covered by it.
    /// - Throws: ``SocketError`` with ``SocketError/Code/cancelled``, ``SocketError/Code/timedOut``, ``SocketError/Code/wouldBlock``, and with the
    ///   error of an earlier send; and as ``Socket/close()``. The socket is closed nevertheless.
    public func close(deadline: Deadline? = nil) async throws(SocketError) {
        guard try queue.beginClosing() else { return }
        var early: SocketError?
        do throws(SocketError) {
            if let purpose = try queue.driven(to: .emptiness) { try await queue.wait(for: purpose, .close, deadline) }
        } catch {
            early = error
        }
        do throws(SocketError) {
            try await socket.close()
        } catch {
            // The first error counts, unless what was on its way has arrived.
            throw early.flatMap { queue.endedEarly($0) } ?? error
        }
        if let error = early.flatMap({ queue.endedEarly($0) }) { throw error }
    }

    /// A cancelled task begins nothing.
    @usableFromInline
    func begin(_ operation: OperationName) throws(SocketError) {
        if CurrentTask().isCancelled { throw SocketError(socket.backend.cancellation, operation) }
    }

    @usableFromInline
    func waitForRoom(_ bytes: Chunk, _ deadline: Deadline?) async throws(SocketError) {
        try await queue.wait(for: .room(bytes), .write, deadline)
    }
}
