public import SocketModel

extension Socket {
    /// Sends all bytes of a stream, while the task is suspended; the classic method is `sendall`.
    ///
    /// Returns when the system has taken all of them. They are copied only if it does not take them at once.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    @inlinable public func sendAll(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) {
        let sent = try unsafe bytes.withBytes { run throws(SocketError) in try unsafe sendNow(run, flags, deadline) }
        if let sent { try await sendRest(bytes.owned(), from: sent, flags, deadline) }
    }

    /// Nil when the system has taken all bytes at once, else how many.
    @usableFromInline
    func sendNow(
        _ run: UnsafeRawBufferPointer, _ flags: MessageFlags, _ deadline: Deadline?
    ) throws(SocketError) -> Int? {
        let operation = Operation(.send(flags), on: handle, deadline: limit(deadline, .sending))
        let memory = unsafe OperationMemory.one(UnsafeMutableRawBufferPointer(mutating: run))
        switch try unsafe attempt(operation, memory) {
        case .done(let completion):
            let sent = try count(completion, .send)
            return sent == run.count ? nil : sent
        case .waiting(let call):
            abandon(call)
            return 0
        }
    }

    @usableFromInline
    func sendRest(
        _ bytes: Chunk, from start: Int, _ flags: MessageFlags, _ deadline: Deadline?
    ) async throws(SocketError) {
        let limit = limit(deadline, .sending)
        var sent = start
        while sent < bytes.count {
            let rest = unsafe bytes.withBytes {
                unsafe UnsafeMutableRawBufferPointer(mutating: UnsafeRawBufferPointer(rebasing: $0[sent...]))
            }
            do throws(SocketError) {
                let completion = try unsafe await executeAwaited(.send(flags), memory: .one(rest), until: limit)
                sent += try count(completion, .send)
            } catch {
                throw error.after("\(sent) of \(bytes.count)", sent)
            }
        }
        withExtendedLifetime(bytes) {}
    }
}
