public import SocketModel

extension Socket {
    /// Sends pieces, gathered in order, as one message or run of bytes, with control messages beside them. The corresponding C function
    /// is `sendmsg`.
    ///
    /// - Parameters:
    ///   - pieces: At most 1024.
    ///   - control: What travels beside: descriptors, credentials, options for this one message.
    ///   - address: The receiver; nil on a connected socket.
    /// - Returns: How many bytes the system took; as with ``send(_:flags:deadline:)``. Control messages go with the first of them.
    /// - Throws: ``SocketError`` as ``send(_:flags:deadline:)``, with ``SocketError/Code/invalidArgument`` for control messages that cannot
    ///   be encoded or that this socket refuses, ``SocketError/Code/badDescriptor`` for a descriptor that is not open.
    @available(*, noasync, message: "this parks the thread")
    @discardableResult
    public func sendMessage(
        _ pieces: [any ByteSource], control: [ControlMessage] = [], to address: SocketAddress? = nil,
        flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> Int {
        let limit = limit(deadline, .sending)
        return try unsafe Runs.gather(pieces) { memory throws(SocketError) in
            let action = Operation.Action.sendMessage(to: address, control: control, flags)
            return try unsafe count(execute(action, memory: memory, until: limit), .sendMessage)
        }
    }

    /// Sends bytes and hands sockets to the peer, which gets duplicates of them (`SCM_RIGHTS`). UNIX sockets only.
    ///
    /// - Parameters:
    ///   - bytes: At least one byte on a stream, or the sockets do not travel.
    ///   - sockets: At most 253; they stay open here, and cannot be closed by another thread before they are sent.
    /// - Returns: How many bytes the system took; the sockets went with the first of them.
    /// - Throws: ``SocketError`` as ``sendMessage(_:control:to:flags:deadline:)``; ``SocketError/Code/closed`` when one of them is
    ///   closed, ``SocketError/Code/invalidArgument`` when one belongs to another network, ``SocketError/Code/unreadBytes`` when bytes
    ///   wait in one that the peer would never see.
    @available(*, noasync, message: "this parks the thread")
    @discardableResult
    public func send(
        _ bytes: some ByteSource, passing sockets: [Socket], to address: SocketAddress? = nil, deadline: Deadline? = nil
    ) throws(SocketError) -> Int {
        let numbers = try enterToPass(sockets)
        defer { for socket in sockets { socket.usage.leave() } }
        return try sendMessage([bytes], control: [.rights(numbers)], to: address, deadline: deadline)
    }

    /// Keeps sockets from closing while their descriptors travel: each has to be left again, unless this throws.
    func enterToPass(_ sockets: [Socket]) throws(SocketError) -> [Int32] {
        guard sockets.allSatisfy({ $0.backend === backend }) else {
            throw SocketError(.invalidArgument, .sendMessage, detail: "a socket of another network cannot be passed")
        }
        let entered = sockets.prefix { $0.usage.enter() }
        do throws(SocketError) {
            guard entered.count == sockets.count else {
                throw SocketError(.closed, .sendMessage, detail: "a socket to pass is closed")
            }
            for socket in sockets { try socket.settle(.sendMessage) }
            if let socket = sockets.first(where: { $0.usage.hasRemainder }) {
                throw SocketError(socket.unread, .sendMessage)
            }
            return try sockets.map { socket throws(SocketError) in try socket.descriptor() }
        } catch {
            for socket in entered { socket.usage.leave() }
            throw error
        }
    }

    /// Receives one message, or a run of bytes, with its sender and control messages. The corresponding C function is `recvmsg`.
    ///
    /// - Parameters:
    ///   - maximum: The most bytes to receive, 0...1,073,741,824; that much memory is allocated.
    ///   - controlCapacity: Room for control messages, 0...1,048,576 bytes; ``ControlMessage`` computes how many are needed.
    /// - Returns: The message; nil at the end of a stream.
    /// - Throws: ``SocketError`` as ``receive(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    public func receiveMessage(
        _ maximum: Int, controlCapacity: Int = 0, flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> Message? {
        try checkSize(maximum, .receiveMessage)
        var info: MessageInfo?
        let chunk = try unsafe Chunk(capacity: maximum) { memory throws(SocketError) in
            unsafe Self.prepare(memory, flags)
            info = try unsafe receiveInfo(.one(memory), controlCapacity, flags, deadline, isEmpty: memory.isEmpty)
            return info?.count ?? 0
        }
        return info.map { Message(chunk, $0, backend) }
    }

    /// Receives one message, or a run of bytes, scattered over the caller's arrays in order. The classic method is `recvmsg_into`.
    ///
    /// - Parameter memory: At most 1024 arrays; each takes as many bytes as it has elements before the next is begun.
    /// - Returns: The message, without its bytes, and how many there were; nil at the end of a stream.
    /// - Throws: ``SocketError`` as ``receive(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    public func receiveMessage(
        into memory: inout [[UInt8]], controlCapacity: Int = 0, flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> (count: Int, message: Message)? {
        let limit = Deadline.at(limit(deadline, .receiving))
        let isEmpty = memory.allSatisfy(\.isEmpty)
        let info = try unsafe Runs.scatter(&memory) { runs throws(SocketError) in
            try unsafe receiveInfo(runs, controlCapacity, flags, limit, isEmpty: isEmpty)
        }
        return info.map { ($0.count, Message(Chunk(), $0, backend)) }
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
        let limit = limit(deadline, .sending)
        let action = Operation.Action.sendBatch(messages.map(\.header), flags)
        return try unsafe Runs.gather(messages.map { $0.bytes }) { memory throws(SocketError) in
            try unsafe count(execute(action, memory: memory, until: limit), .sendBatch)
        }
    }

    /// Receives several messages in one call: waits for the first, then takes those that are there. The corresponding C function is
    /// `recvmmsg`.
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
        try checkBatch(count, of: maximum)
        let limit = limit(deadline, .receiving)
        var memory = [UInt8](repeating: 0, count: maximum * count)
        let completion = try unsafe Runs.slice(&memory, count, of: maximum) { runs throws(SocketError) in
            let action = Operation.Action.receiveBatch(controlCapacity: controlCapacity, flags)
            return unsafe try execute(action, memory: runs, until: limit)
        }
        return try batch(completion, of: maximum) { Array(memory[$0]) }
    }

    func checkBatch(_ count: Int, of maximum: Int) throws(SocketError) {
        try checkSize(maximum, .receiveBatch)
        guard (1...Runs.limit).contains(count) else {
            throw SocketError(
                .invalidArgument, .receiveBatch, detail: "a batch is of 1...\(Runs.limit) messages, not \(count)")
        }
        try checkSize(maximum * count, .receiveBatch)
    }

    /// The messages of a batch, whose bytes `bytes` has, each at a multiple of `maximum`; none at the end.
    func batch(
        _ completion: Completion, of maximum: Int, _ bytes: (Range<Int>) -> [UInt8]
    ) throws(SocketError) -> [Message] {
        guard case .messages(var infos) = completion.outcome else { throw .unexpected(.receiveBatch) }
        if maximum > 0, endsWithZero, infos.last?.isVoid == true, isEndAfterZero() {
            while infos.last?.isVoid == true { infos.removeLast() }
        }
        return infos.enumerated().map { index, info in
            let start = index * maximum
            return Message(Chunk(bytes(start..<start + min(info.count, maximum))), info, backend)
        }
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
