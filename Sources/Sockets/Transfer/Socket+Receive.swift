public import SocketModel

extension Socket {
    /// Receives bytes. The corresponding C function is `recv`.
    ///
    /// - Parameter maximum: The most bytes to receive at once, not negative; that much memory is allocated.
    /// - Returns: The bytes, as many as are there; nil at the end of a stream. A datagram's rest beyond `maximum` is lost
    ///   (``receiveMessage(_:controlCapacity:flags:deadline:)`` tells). Zero bytes asked for are an empty chunk.
    /// - Throws: ``SocketError`` with ``SocketError/Code/connectionReset``, ``SocketError/Code/notConnected``, ``SocketError/Code/connectionRefused``
    ///   for a datagram sent before, ``SocketError/Code/wouldBlock``, ``SocketError/Code/timedOut``, ``SocketError/Code/closed``, and with
    ///   ``SocketError/Code/invalidArgument`` for a negative size.
    @available(*, noasync, message: "this parks the thread")
    public func receive(
        _ maximum: Int, flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> Chunk? {
        try checkSize(maximum, .receive)
        var isEnd = false
        let chunk = try unsafe Chunk(capacity: maximum) { memory throws(SocketError) in
            guard let count = try unsafe receiveRun(memory, flags, deadline) else {
                isEnd = true
                return 0
            }
            return count
        }
        return isEnd ? nil : chunk
    }

    /// Receives bytes into the caller's memory. The classic method is `recv_into`.
    ///
    /// - Returns: How many bytes were received; nil at the end of a stream. With ``MessageFlags/truncated`` a datagram's whole length,
    ///   which may be more than the memory holds.
    /// - Throws: ``SocketError`` as ``receive(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func receive(
        into memory: inout MutableRawSpan, flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> Int? {
        try unsafe memory.withUnsafeMutableBytes { run throws(SocketError) in
            try unsafe receiveRun(run, flags, deadline)
        }
    }

    /// Receives bytes into the caller's array, at most as many as it has elements; it does not grow or shrink.
    ///
    /// - Returns: As ``receive(into:flags:deadline:)``.
    /// - Throws: ``SocketError`` as ``receive(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func receive(
        into memory: inout [UInt8], flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> Int? {
        try unsafe memory.withMutableRun { run throws(SocketError) in try unsafe receiveRun(run, flags, deadline) }
    }

    /// Receives exactly `count` bytes of a stream.
    ///
    /// - Throws: ``SocketError`` as ``receive(_:flags:deadline:)``, and with ``SocketError/Code/endOfStream`` when the stream ends before;
    ///   what was received is lost then.
    @available(*, noasync, message: "this parks the thread")
    public func receiveExactly(_ count: Int, deadline: Deadline? = nil) throws(SocketError) -> Chunk {
        try checkSize(count, .receive)
        let limit = Deadline.at(limit(deadline, .receiving))
        return try unsafe Chunk(capacity: count) { memory throws(SocketError) in
            var filled = 0
            while filled < memory.count {
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
                guard let count = try unsafe receiveRun(rest, [], limit) else {
                    throw SocketError(
                        .endOfStream, .receive, detail: "the stream ended after \(filled) of \(memory.count) bytes")
                }
                filled += count
            }
            return filled
        }
    }

    /// Receives bytes together with the address of their sender. The corresponding C function is `recvfrom`.
    ///
    /// - Returns: The bytes and the sender, nil where the socket's kind reports none, as streams and unnamed peers do; nil at the end of
    ///   a stream.
    /// - Throws: ``SocketError`` as ``receive(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    public func receiveFrom(
        _ maximum: Int, flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> (bytes: Chunk, sender: SocketAddress?)? {
        try checkSize(maximum, .receiveMessage)
        var info: MessageInfo?
        let chunk = try unsafe Chunk(capacity: maximum) { memory throws(SocketError) in
            info = try unsafe receiveInfo(.one(memory), 0, flags, deadline, isEmpty: memory.isEmpty)
            return info?.count ?? 0
        }
        return info.map { (chunk, $0.sender) }
    }

    /// Receives bytes into the caller's array together with the address of their sender. The classic method is `recvfrom_into`.
    ///
    /// - Returns: As ``receiveFrom(_:flags:deadline:)``, with how many bytes were received.
    /// - Throws: ``SocketError`` as ``receive(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    public func receiveFrom(
        into memory: inout [UInt8], flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> (count: Int, sender: SocketAddress?)? {
        let info = try unsafe memory.withMutableRun { run throws(SocketError) in
            try unsafe receiveInfo(.one(run), 0, flags, deadline, isEmpty: run.isEmpty)
        }
        return info.map { ($0.count, $0.sender) }
    }

    /// Nil at the end.
    @usableFromInline
    func receiveRun(
        _ run: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ deadline: Deadline?
    ) throws(SocketError) -> Int? {
        let action = Operation.Action.receive(flags)
        let count = try unsafe count(execute(action, memory: .one(run), until: limit(deadline, .receiving)), .receive)
        return unsafe count == 0 && endsWithZero && !run.isEmpty ? nil : count
    }

    /// Nil at the end.
    func receiveInfo(
        _ memory: OperationMemory, _ controlCapacity: Int, _ flags: MessageFlags, _ deadline: Deadline?, isEmpty: Bool
    ) throws(SocketError) -> MessageInfo? {
        let action = Operation.Action.receiveMessage(controlCapacity: controlCapacity, flags)
        let completion = unsafe try execute(action, memory: memory, until: limit(deadline, .receiving))
        guard case .message(let info) = completion.outcome else { throw .unexpected(.receiveMessage) }
        let isEnd = info.count == 0 && info.control.isEmpty && endsWithZero && !isEmpty
        return isEnd ? nil : info
    }

    func checkSize(_ size: Int, _ operation: OperationName) throws(SocketError) {
        guard size >= 0 else {
            throw SocketError(.invalidArgument, operation, detail: "a size must not be negative, as \(size) is")
        }
    }
}
