public import SocketModel

extension Socket {
    /// Receives bytes, while the task is suspended: the awaited form of `recv`.
    ///
    /// Memory is taken when there is something to receive, not before; the chunk may be a part of what the backend lends.
    ///
    /// - Parameter maximum: The most bytes to receive at once, 0...1,073,741,824. Beyond 65,536 that much memory is allocated at once.
    /// - Returns: As the blocking form: the bytes that are there; nil at the end of a stream.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then nothing is lost.
    public func receive(
        _ maximum: Int = standardReceiveSize, flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> Chunk? {
        switch try attemptReceive(maximum, flags, deadline) {
        case .done(let chunk): return chunk
        case .waiting(let call):
            await call.wait()
            return try received(conclude(call), maximum)
        }
    }

    private enum ReceiveAttempt {
        case done(Chunk?)
        case waiting(PendingCall)
    }

    @inline(never)
    private func attemptReceive(
        _ maximum: Int, _ flags: MessageFlags, _ deadline: Deadline?
    ) throws(SocketError) -> ReceiveAttempt {
        try checkSize(maximum, .receive)
        let operation = Operation(.receive(flags), on: handle, deadline: limit(deadline, .receiving))
        switch try unsafe attempt(operation, .lent(maximum: maximum)) {
        case .done(let completion): return .done(try received(completion, maximum))
        case .waiting(let call): return .waiting(call)
        }
    }

    /// Nil at the end.
    @inline(never)
    private func received(_ completion: Completion, _ maximum: Int) throws(SocketError) -> Chunk? {
        guard case .lent(let chunk) = completion.outcome else { throw .unexpected(.receive) }
        return chunk.isEmpty && endsWithZero && maximum > 0 && isEndAfterZero() ? nil : chunk
    }

    /// Receives bytes into the caller's array, while the task is suspended; it does not grow or shrink.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then nothing is lost.
    public func receive(
        into memory: inout [UInt8], flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> Int? {
        if memory.isEmpty && endsWithZero && !isClosed { return 0 }
        // An array's bytes stay where they are for as long as nobody writes to the array, and this call has it to itself.
        let run = unsafe memory.withMutableRun { unsafe $0 }
        let completion = try unsafe await executeAwaited(
            .receive(flags), memory: .one(run), until: limit(deadline, .receiving))
        let count = try count(completion, .receive)
        return count == 0 && endsWithZero && isEndAfterZero() ? nil : count
    }
}
