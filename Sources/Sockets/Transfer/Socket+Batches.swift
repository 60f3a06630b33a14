public import SocketModel

extension Socket {
    /// Receives several messages in one call: waits for the first, then takes those that are there. The corresponding C function is
    /// `recvmmsg`.
    ///
    /// - Parameter batch: What is to hold the messages, in the memory that it has; those it held are gone, after an error too.
    /// - Returns: How many messages there are, at least one; nil at the end of a stream.
    /// - Throws: ``SocketError`` as ``receive(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    public func receiveBatch(
        into batch: inout MessageBatch, flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> Int? {
        let memory = batch.prepare(flags)
        let action = Operation.Action.receiveBatch(controlCapacity: batch.controlCapacity, flags)
        let completion = try unsafe execute(action, memory: memory.room, until: limit(deadline, .receiving))
        return try received(completion, into: &batch)
    }

    /// Receives several messages in one call, as ``receiveBatch(into:flags:deadline:)`` does, into new memory.
    ///
    /// - Parameters:
    ///   - count: The most messages, 1...1024.
    ///   - maximum: The most bytes of each; `count` times that much memory is allocated, which must be in 0...1,073,741,824.
    ///   - controlCapacity: Room for each one's control messages, in bytes.
    /// - Returns: The messages, at least one; none at the end of a stream.
    /// - Throws: ``SocketError`` as ``receive(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    public func receiveBatch(
        _ count: Int, of maximum: Int, controlCapacity: Int = 0, flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> [Message] {
        var batch = try MessageBatch(count, of: maximum, controlCapacity: controlCapacity)
        _ = try receiveBatch(into: &batch, flags: flags, deadline: deadline)
        return batch.messages
    }

    /// Sends received messages on from where they are, in one call. The corresponding C function is `sendmmsg`.
    ///
    /// Control messages stay behind; but what the system has joined of several datagrams (`UDP_GRO`) goes out as several (`UDP_SEGMENT`).
    ///
    /// - Parameters:
    ///   - first: The first message to send; those before it stay behind, too. A batch that was taken in part goes on so.
    ///   - address: The receiver of all; nil is each one's own sender, and where that is not known, the peer of a connected socket.
    /// - Returns: How many messages the system took, from the first on: without a deadline, in ``Mode/blocking``, all unless an error comes
    ///   between.
    /// - Throws: ``SocketError`` as ``sendMessage(_:control:to:flags:deadline:)`` when not even the first was taken, and with
    ///   ``SocketError/Code/invalidArgument`` when `first` is not in `0...batch.count`.
    @available(*, noasync, message: "this parks the thread")
    public func sendBatch(
        _ batch: MessageBatch, from first: Int = 0, to address: SocketAddress? = nil, flags: MessageFlags = [],
        deadline: Deadline? = nil
    ) throws(SocketError) -> Int {
        let messages = try messages(of: batch, from: first)
        if messages.isEmpty { return 0 }
        let action = Operation.Action.sendBatch(batch.headers(messages, to: address), flags)
        let memory = batch.memory
        let completion = try unsafe execute(
            action, memory: memory.bytes(of: messages), until: limit(deadline, .sending))
        withExtendedLifetime(memory) {}
        return try count(completion, .sendBatch)
    }

    /// Sends several messages in one call. The corresponding C function is `sendmmsg`.
    ///
    /// - Returns: How many messages the system took: without a deadline, in ``Mode/blocking``, all unless an error comes between; at most
    ///   1024 in any case.
    /// - Throws: ``SocketError`` as ``sendMessage(_:control:to:flags:deadline:)`` when not even the first was taken.
    @available(*, noasync, message: "this parks the thread")
    public func sendBatch(
        _ messages: [OutgoingMessage], flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> Int {
        guard !messages.isEmpty else { return 0 }
        let messages = messages.prefix(Runs.limit)
        let table = RunTable(messages.map(\.bytes))
        let action = Operation.Action.sendBatch(messages.map(\.header), flags)
        let completion = try unsafe execute(action, memory: table.memory, until: limit(deadline, .sending))
        withExtendedLifetime(table) {}
        return try count(completion, .sendBatch)
    }
}

// MARK: What the awaited forms share

extension Socket {
    /// Those of the batch from `first` on.
    func messages(of batch: MessageBatch, from first: Int) throws(SocketError) -> Range<Int> {
        guard (0...batch.count).contains(first) else {
            throw SocketError(
                .invalidArgument, .sendBatch, detail: "of \(batch.count) messages there is no number \(first)")
        }
        return first..<batch.count
    }

    /// How many messages there are; nil, and none, at the end.
    func received(_ completion: Completion, into batch: inout MessageBatch) throws(SocketError) -> Int? {
        guard case .messages(var infos) = completion.outcome else { throw .unexpected(.receiveBatch) }
        if batch.maximum > 0, endsWithZero, infos.last?.isVoid == true, isEndAfterZero() {
            while infos.last?.isVoid == true { infos.removeLast() }
        }
        batch.take(infos, backend)
        return infos.isEmpty ? nil : infos.count
    }
}

extension OutgoingMessage {
    /// All but the bytes.
    var header: Operation.MessageHeader { Operation.MessageHeader(address: address, control: control) }
}

extension MessageInfo {
    /// Whether nothing at all was received: at the end of a stream the system fills a batch with these.
    fileprivate var isVoid: Bool { count == 0 && control.isEmpty }
}
