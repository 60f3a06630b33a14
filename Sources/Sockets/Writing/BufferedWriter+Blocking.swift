public import SocketModel

extension BufferedWriter {
    /// Writes bytes: queues them, and parks the thread only while there is no room.
    ///
    /// The socket's executor sends what is queued, so a program that only blocks has a thread for that, too.
    ///
    /// - Throws: ``SocketError`` as the awaited form, but never with ``SocketError/Code/cancelled``, and with
    ///   ``SocketError/Code/blockingOnExecutor`` where it would have to wait on an executor's thread.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func write(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, deadline: Deadline? = nil
    ) throws(SocketError) {
        if try !accept(bytes) { try parkForRoom(bytes.owned(), deadline) }
    }

    /// Parks the thread until the system has taken all bytes that are queued when it is called; sending begins at once.
    ///
    /// - Throws: ``SocketError`` as the awaited form, but never with ``SocketError/Code/cancelled``, and with
    ///   ``SocketError/Code/blockingOnExecutor`` where it would have to wait on an executor's thread.
    @available(*, noasync, message: "this parks the thread")
    public func flush(deadline: Deadline? = nil) throws(SocketError) {
        if let purpose = try queue.flushed(.send) { try queue.park(for: purpose, .send, deadline) }
    }

    /// Ends the sending half of the connection when the system has taken all that was written; the thread is parked meanwhile. The
    /// corresponding C function is `shutdown`.
    ///
    /// - Throws: ``SocketError`` as the awaited form, but never with ``SocketError/Code/cancelled``, and with
    ///   ``SocketError/Code/blockingOnExecutor`` where it would have to wait on an executor's thread.
    @available(*, noasync, message: "this parks the thread")
    public func shutdown(deadline: Deadline? = nil) throws(SocketError) {
        if let purpose = try queue.shutDown() { try queue.park(for: purpose, .shutdown, deadline) }
        try socket.shutdown(.send)
    }

    /// Closes the socket when the system has taken all that was written; the thread is parked meanwhile.
    ///
    /// - Throws: ``SocketError`` as the awaited form, but never with ``SocketError/Code/cancelled``, and with
    ///   ``SocketError/Code/blockingOnExecutor`` where it would have to wait on an executor's thread. The socket is closed nevertheless.
    @available(*, noasync, message: "this parks the thread")
    public func close(deadline: Deadline? = nil) throws(SocketError) {
        guard try queue.beginClosing() else { return }
        var early: SocketError?
        do throws(SocketError) {
            if let purpose = try queue.driven(to: .emptiness) { try queue.park(for: purpose, .close, deadline) }
        } catch {
            early = error
        }
        do throws(SocketError) {
            try socket.close()
        } catch {
            // The first error counts, unless what was on its way has arrived.
            throw early.flatMap { queue.endedEarly($0) } ?? error
        }
        if let error = early.flatMap({ queue.endedEarly($0) }) { throw error }
    }

    @usableFromInline
    func parkForRoom(_ bytes: Chunk, _ deadline: Deadline?) throws(SocketError) {
        try queue.park(for: .room(bytes), .write, deadline)
    }
}
