public import SocketModel

extension Socket {
    /// Receives several messages, while the task is suspended: the awaited form of `recvmmsg`.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then nothing is lost.
    public func receiveBatch(
        into batch: inout MessageBatch, flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> Int? {
        let memory = batch.prepare(flags)
        let action = Operation.Action.receiveBatch(controlCapacity: batch.controlCapacity, flags)
        let completion = try unsafe await executeAwaited(
            action, memory: memory.room, until: limit(deadline, .receiving, flags))
        withExtendedLifetime(memory) {}
        return try received(completion, into: &batch)
    }

    /// Receives several messages into new memory, while the task is suspended.
    ///
    /// - Parameters:
    ///   - count: As in the blocking form.
    ///   - maximum: The most bytes of each; `count` times that much memory is allocated at once.
    ///   - controlCapacity: Room for each one's control messages, in bytes.
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then nothing is lost.
    public func receiveBatch(
        _ count: Int, of maximum: Int, controlCapacity: Int = 0, flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> [Message] {
        var batch = try MessageBatch(count, of: maximum, controlCapacity: controlCapacity)
        _ = try await receiveBatch(into: &batch, flags: flags, deadline: deadline)
        return batch.messages
    }

    /// Sends received messages on from where they are, while the task is suspended: the awaited form of `sendmmsg`.
    ///
    /// - Parameters:
    ///   - first: As in the blocking form.
    ///   - address: As in the blocking form.
    /// - Returns: As the blocking form; how many the system had taken when the task was cancelled, if any.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled`` when not even the first was taken.
    public func sendBatch(
        _ batch: MessageBatch, from first: Int = 0, to address: SocketAddress? = nil, flags: MessageFlags = [],
        deadline: Deadline? = nil
    ) async throws(SocketError) -> Int {
        let messages = try messages(of: batch, from: first)
        let headers = batch.headers(messages, to: address)
        let memory = batch.memory
        let sent = try unsafe await sendAll(headers, flags, limit(deadline, .sending, flags)) { sent in
            unsafe memory.bytes(of: first + sent..<messages.upperBound)
        }
        return sent
    }

    /// Sends several messages, while the task is suspended: the awaited form of `sendmmsg`.
    ///
    /// - Returns: As the blocking form; how many the system had taken when the task was cancelled, if any.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled`` when not even the first was taken.
    public func sendBatch(
        _ messages: [OutgoingMessage], flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> Int {
        let messages = messages.prefix(Runs.limit)
        let table = RunTable(messages.map(\.bytes))
        return try unsafe await sendAll(messages.map(\.header), flags, limit(deadline, .sending, flags)) { sent in
            unsafe table.memory(fromRun: sent)
        }
    }

    /// Sends messages with these heads, of which `bytes` has the rest when so many are sent. What was taken before an error counts.
    private func sendAll(
        _ headers: [Operation.MessageHeader], _ flags: MessageFlags, _ limit: NetworkInstant,
        _ bytes: (Int) -> OperationMemory
    ) async throws(SocketError) -> Int {
        var sent = 0
        while sent < headers.count {
            let rest = sent == 0 ? headers : Array(headers[sent...])
            do throws(SocketError) {
                let completion = try unsafe await executeAwaited(
                    .sendBatch(rest, flags), memory: bytes(sent), until: limit)
                sent += try count(completion, .sendBatch)
            } catch {
                if sent > 0 { return sent }
                throw error
            }
            if limit != .distantFuture { break }
        }
        return sent
    }
}
