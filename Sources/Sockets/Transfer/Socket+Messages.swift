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
            let numbers = try sockets.map { socket throws(SocketError) in try socket.descriptor() }
            for socket in sockets { try socket.settle(.sendMessage) }
            if let socket = sockets.first(where: { $0.usage.hasRemainder }) {
                throw SocketError(socket.unread, .sendMessage)
            }
            return numbers
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
}
