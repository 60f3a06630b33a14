public import SocketModel

extension Socket {
    /// Receives bytes. The corresponding C function is `recv`.
    ///
    /// - Parameter maximum: The most bytes to receive at once, 0...1,073,741,824. Beyond 65,536 that much memory is allocated.
    /// - Returns: The bytes, as many as are there; nil at the end of a stream. A datagram's rest beyond `maximum` is lost
    ///   (``receiveMessage(_:controlCapacity:flags:deadline:)`` tells). Zero bytes asked for are an empty chunk.
    /// - Throws: ``SocketError`` with ``SocketError/Code/connectionReset``, ``SocketError/Code/notConnected``, ``SocketError/Code/connectionRefused``
    ///   for a datagram sent before, ``SocketError/Code/wouldBlock``, ``SocketError/Code/timedOut``, ``SocketError/Code/closed``, and with
    ///   ``SocketError/Code/invalidArgument`` for a size out of bounds.
    @available(*, noasync, message: "this parks the thread")
    public func receive(
        _ maximum: Int = standardReceiveSize, flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> Chunk? {
        try checkSize(maximum, .receive)
        var isEnd = false
        let chunk = try unsafe Chunk(capacity: maximum) { memory throws(SocketError) in
            unsafe Self.prepare(memory, flags)
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
    /// When it ends early for any other reason than the stream's end, what it has received goes to the next receive that begins, of
    /// whatever kind; polls report it, and ``detach()``, ``duplicate()`` and passing the socket refuse until it is read.
    ///
    /// - Parameter count: 0...1,073,741,824; that much memory is allocated.
    /// - Throws: ``SocketError`` as ``receive(_:flags:deadline:)``, and with ``SocketError/Code/endOfStream`` when the stream ends before;
    ///   what was received is lost then, and only then.
    @available(*, noasync, message: "this parks the thread")
    public func receiveExactly(_ count: Int, deadline: Deadline? = nil) throws(SocketError) -> Chunk {
        try checkSize(count, .receive)
        try enterForLong()
        defer { usage.leave() }
        let limit = Deadline.at(limit(deadline, .receiving))
        return try unsafe Chunk(capacity: count) { memory throws(SocketError) in
            var filled = 0
            while filled < memory.count {
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
                do throws(SocketError) {
                    guard let count = try unsafe receiveRun(rest, [], limit) else { break }
                    filled += count
                } catch {
                    unsafe keepForNext(memory, filled)
                    throw error
                }
            }
            return try checkComplete(filled, memory.count)
        }
    }

    /// Stays inside from one operation to the next, so that nobody gives the descriptor away between them; until `usage.leave()`.
    func enterForLong() throws(SocketError) {
        guard usage.enter() else { throw SocketError(.closed, .receive) }
    }

    func checkComplete(_ filled: Int, _ wanted: Int) throws(SocketError) -> Int {
        if filled == wanted { return filled }
        throw SocketError(
            .endOfStream, .receive, peer, detail: "the stream ended after \(filled) of \(wanted) bytes")
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
            unsafe Self.prepare(memory, flags)
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
        // The kernel would wait for bytes even if none are asked for.
        if unsafe run.isEmpty && endsWithZero && !isClosed { return 0 }
        let action = Operation.Action.receive(flags)
        let count = try unsafe count(execute(action, memory: .one(run), until: limit(deadline, .receiving)), .receive)
        return count == 0 && endsWithZero && isEndAfterZero() ? nil : count
    }

    /// Nil at the end.
    func receiveInfo(
        _ memory: OperationMemory, _ controlCapacity: Int, _ flags: MessageFlags, _ deadline: Deadline?, isEmpty: Bool
    ) throws(SocketError) -> MessageInfo? {
        let action = Operation.Action.receiveMessage(controlCapacity: controlCapacity, flags)
        let completion = unsafe try execute(action, memory: memory, until: limit(deadline, .receiving))
        return try info(completion, isEmpty: isEmpty)
    }

    /// What is known of a received message; nil at the end. `isEmpty` says that there was no memory for bytes.
    func info(_ completion: Completion, isEmpty: Bool) throws(SocketError) -> MessageInfo? {
        guard case .message(let info) = completion.outcome else { throw .unexpected(.receiveMessage) }
        let isEnd = info.count == 0 && info.control.isEmpty && endsWithZero && !isEmpty && isEndAfterZero()
        return isEnd ? nil : info
    }

    /// Whether zero bytes were the end: of a stream always; of a sequence of packets, where an empty record looks the same, when
    /// the peer sends no more and nothing but perhaps other empty records is waiting.
    func isEndAfterZero() -> Bool {
        guard type == .sequencedPacket else { return true }
        let ends: PollEvents = [.readHangUp, .hangUp]
        guard let found = try? wait(for: .readHangUp, deadline: .immediate), !found.isDisjoint(with: ends) else {
            return false
        }
        var next: UInt8 = 0
        let peeked = unsafe withUnsafeMutableBytes(of: &next) { byte in
            try? unsafe execute(.receive([.peek, .doNotWait]), memory: .one(byte)).outcome
        }
        if case .count(let count) = peeked { return count == 0 }
        return true
    }

    /// The most bytes a receive takes at once that is not told how many: 65,536.
    public static var standardReceiveSize: Int { 65_536 }

    /// With `MSG_TRUNC` a TCP socket throws bytes away and still counts them: memory must not show what it held before.
    static func prepare(_ memory: UnsafeMutableRawBufferPointer, _ flags: MessageFlags) {
        if flags.contains(.truncated) { unsafe memory.initializeMemory(as: UInt8.self, repeating: 0) }
    }

    /// The most bytes one call may allocate memory for.
    static var largestSize: Int { 1 << 30 }

    func checkSize(_ size: Int, _ operation: OperationName) throws(SocketError) {
        try Self.checkSize(size, operation)
    }

    static func checkSize(_ size: Int, _ operation: OperationName) throws(SocketError) {
        guard (0...largestSize).contains(size) else {
            throw SocketError(
                .invalidArgument, operation, detail: "a size must be in 0...\(largestSize), not \(size)")
        }
    }
}
