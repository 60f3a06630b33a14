public import SocketModel

extension Socket {
    /// Sends pieces as one message, while the task is suspended: the awaited form of `sendmsg`.
    ///
    /// The pieces are copied only if the system does not take all of them at once, and arrays and chunks not even then.
    ///
    /// - Returns: As the blocking form; how many bytes the system had taken when the task was cancelled, if any.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled`` when nothing was taken.
    @discardableResult
    public func sendMessage(
        _ pieces: [any ByteSource], control: [ControlMessage] = [], to address: SocketAddress? = nil,
        flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> Int {
        let limit = limit(deadline, .sending, flags)
        let action = Operation.Action.sendMessage(to: address, control: control, flags)
        let first = try unsafe Runs.gather(pieces) { memory throws(SocketError) in
            try unsafe sendFirst(memory, action, limit)
        }
        if case .enough(let count) = first { return count }
        return try await sendOn(RunTable(pieces.map { $0.owned() }), after: first, action, limit)
    }

    /// Sends bytes and hands sockets to the peer, while the task is suspended.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled`` when nothing was taken.
    @discardableResult
    public func send(
        _ bytes: some ByteSource, passing sockets: [Socket], to address: SocketAddress? = nil, deadline: Deadline? = nil
    ) async throws(SocketError) -> Int {
        for socket in sockets where socket.backend === backend { try await socket.settleThere(.sendMessage) }
        let numbers = try enterToPass(sockets)
        defer { for socket in sockets { socket.usage.leave() } }
        return try await sendMessage([bytes], control: [.rights(numbers)], to: address, deadline: deadline)
    }

    /// Receives one message, or a run of bytes, while the task is suspended: the awaited form of `recvmsg`.
    ///
    /// Memory is taken as in ``receive(_:flags:deadline:)``.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then nothing is lost.
    public func receiveMessage(
        _ maximum: Int, controlCapacity: Int = 0, flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> Message? {
        try await awaitMessage(maximum, controlCapacity, flags, deadline).map { Message($0, $1, backend) }
    }

    /// Receives one message, or a run of bytes, scattered over the caller's arrays, while the task is suspended. The classic method is
    /// `recvmsg_into`.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then nothing is lost.
    public func receiveMessage(
        into memory: inout [[UInt8]], controlCapacity: Int = 0, flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> (count: Int, message: Message)? {
        try Runs.check(memory.count, .receiveMessage)
        let limit = limit(deadline, .receiving, flags)
        let table = RunTable(lending: &memory)
        let info = try unsafe await awaitInfo(table.memory, controlCapacity, flags, limit)
        withExtendedLifetime(table) {}
        return info.map { ($0.count, Message(Chunk(), $0, backend)) }
    }
}
