public import SocketModel

extension Socket {
    /// Receives bytes, while the task is suspended: the awaited form of `recv`.
    ///
    /// Memory is taken when there is something to receive, not before; the chunk may be a part of what the backend lends.
    ///
    /// - Parameter maximum: The most bytes to receive at once, 0...1,073,741,824. Beyond 65,536, and with
    ///   ``MessageFlags/waitForAll`` or ``MessageFlags/truncated``, that much memory is allocated at once.
    /// - Returns: As the blocking form: the bytes that are there; nil at the end of a stream.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then nothing is lost.
    public func receive(
        _ maximum: Int = standardReceiveSize, flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> Chunk? {
        switch try attemptReceive(maximum, flags, deadline) {
        case .done(let chunk): return chunk
        case .waiting(let call):
            await call.wait()
            return try received(call)
        case .ownMemory: return try await receiveOwned(maximum, flags, deadline)
        }
    }

    /// Receives bytes into the caller's memory, while the task is suspended. The classic method is `recv_into`.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then nothing is lost.
    public func receive(
        into memory: inout MutableRawSpan, flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> Int? {
        // A span's bytes stay where they are for as long as the span, and this call has it to itself.
        let run = unsafe memory.withUnsafeMutableBytes { unsafe $0 }
        return try unsafe await awaitRun(run, flags, limit(deadline, .receiving, flags))
    }

    /// Receives bytes into the caller's array, while the task is suspended; it does not grow or shrink.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then nothing is lost.
    public func receive(
        into memory: inout [UInt8], flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> Int? {
        // An array's bytes stay where they are for as long as nobody writes to the array, and this call has it to itself.
        let run = unsafe memory.withMutableRun { unsafe $0 }
        return try unsafe await awaitRun(run, flags, limit(deadline, .receiving, flags))
    }

    /// Receives exactly `count` bytes of a stream, while the task is suspended.
    ///
    /// When it is cancelled or its time is up, what it has received goes to the next receive, as the blocking form explains.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    public func receiveExactly(_ count: Int, deadline: Deadline? = nil) async throws(SocketError) -> Chunk {
        try checkSize(count, .receive)
        try enterForLong()
        defer { usage.leave() }
        let limit = limit(deadline, .receiving)
        let memory = CallBuffer(count)
        var filled = 0
        while filled < count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: memory.memory[filled...])
            do throws(SocketError) {
                guard let count = try unsafe await awaitRun(rest, [], limit) else { break }
                filled += count
            } catch {
                unsafe keepForNext(memory.memory, filled)
                throw error
            }
        }
        return memory.chunk(try checkComplete(filled, count))
    }

    /// Receives bytes into the caller's array together with the address of their sender, while the task is suspended. The classic
    /// method is `recvfrom_into`.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then nothing is lost.
    public func receiveFrom(
        into memory: inout [UInt8], flags: MessageFlags = [], deadline: Deadline? = nil
    ) async throws(SocketError) -> (count: Int, sender: SocketAddress?)? {
        let run = unsafe memory.withMutableRun { unsafe $0 }
        let limit = limit(deadline, .receiving, flags)
        return try unsafe await awaitInfo(.one(run), 0, flags, limit).map { ($0.count, $0.sender) }
    }
}

// MARK: Receiving into lent memory

extension Socket {
    private enum ReceiveAttempt {
        case done(Chunk?)
        case waiting(PendingCall)
        /// The call needs memory of its own.
        case ownMemory
    }

    @inline(never)
    private func attemptReceive(
        _ maximum: Int, _ flags: MessageFlags, _ deadline: Deadline?
    ) throws(SocketError) -> ReceiveAttempt {
        try checkSize(maximum, .receive)
        guard Self.canBorrow(maximum, flags) else { return .ownMemory }
        let limit = limit(deadline, .receiving, flags)
        if flags.isEmpty, limit == .distantFuture, let attempt = try attemptPlainReceive(maximum) { return attempt }
        let operation = Operation(.receive(flags), on: handle, deadline: limit)
        switch try unsafe attempt(operation, .lent(maximum: maximum)) {
        case .done(let completion): return .done(try received(completion))
        case .waiting(let call): return .waiting(call)
        }
    }

    /// Nil if the general way is to be gone: the socket is not registered yet, or closed, or bytes wait in it.
    @inline(__always)
    private func attemptPlainReceive(_ maximum: Int) throws(SocketError) -> ReceiveAttempt? {
        guard let awaiting = unsafe unownedAwaiting else { return nil }
        let task = CurrentTask()
        if task.isCancelled { throw explain(backend.cancellation, .receive([]), nil) }
        guard usage.enterPlainly() else { return nil }
        let attempt = unsafe awaiting._withUnsafeGuaranteedRef {
            $0.registration.attemptReceive(on: handle, lending: maximum)
        }
        switch attempt {
        case .waiting:
            let call = unsafe awaiting._withUnsafeGuaranteedRef { $0.call(for: task) }
            call.prepareReceive(handle, maximum)
            return .waiting(call)
        case .done(let chunk):
            usage.leave()
            return .done(chunkOrEnd(chunk))
        case .failed(let failure):
            usage.leave()
            throw explain(failure, .receive([]), nil)
        }
    }

    /// What a receive that has waited came to; nil at the end.
    @inline(never)
    private func received(_ call: PendingCall) throws(SocketError) -> Chunk? {
        guard let chunk = call.takeChunk() else { return try received(conclude(call, .receive([]))) }
        withAwaiting { $0.keep(call) }
        usage.leave()
        return chunkOrEnd(chunk)
    }

    /// Nil at the end.
    private func received(_ completion: Completion) throws(SocketError) -> Chunk? {
        guard case .lent(let chunk) = completion.outcome else { throw .unexpected(.receive) }
        return chunkOrEnd(chunk)
    }

    @inline(__always)
    private func chunkOrEnd(_ chunk: consuming Chunk) -> Chunk? {
        chunk.isEmpty && endsWithZero && isEndAfterZero() ? nil : chunk
    }

    @inline(never)
    private func receiveOwned(
        _ maximum: Int, _ flags: MessageFlags, _ deadline: Deadline?
    ) async throws(SocketError) -> Chunk? {
        let memory = CallBuffer(maximum, cleared: flags.contains(.truncated))
        let count = try unsafe await awaitRun(memory.memory, flags, limit(deadline, .receiving, flags))
        return count.map { memory.chunk($0) }
    }
}

// MARK: What they share

extension Socket {
    /// Whether a backend may lend the memory for so many bytes: what must be filled, and what must have been cleared, is the call's own.
    static func canBorrow(_ maximum: Int, _ flags: MessageFlags) -> Bool {
        (1...standardReceiveSize).contains(maximum) && flags.isDisjoint(with: [.truncated, .waitForAll])
    }

    /// `MSG_WAITALL` of a stream means until the memory is full; elsewhere the system does what it means.
    private func fillsAll(_ flags: MessageFlags, _ limit: NetworkInstant) -> Bool {
        flags.contains(.waitForAll) && !flags.contains(.peek) && type == .stream && limit != .distantPast
    }

    /// Receives into a run of bytes; nil at the end.
    func awaitRun(
        _ run: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ limit: NetworkInstant
    ) async throws(SocketError) -> Int? {
        // The kernel would wait for bytes even if none are asked for.
        if unsafe run.isEmpty && endsWithZero && !isClosed { return 0 }
        if fillsAll(flags, limit) { return try unsafe await awaitAll(run, flags.subtracting(.waitForAll), limit) }
        let completion = try unsafe await executeAwaited(.receive(flags), memory: .one(run), until: limit)
        let count = try count(completion, .receive)
        return count == 0 && endsWithZero && isEndAfterZero() ? nil : count
    }

    /// Until the memory is full or the stream ends; or an error comes after the first bytes, which then waits for the next call.
    private func awaitAll(
        _ run: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ limit: NetworkInstant
    ) async throws(SocketError) -> Int? {
        var received = 0
        while received < run.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: run[received...])
            do throws(SocketError) {
                let completion = try unsafe await executeAwaited(.receive(flags), memory: .one(rest), until: limit)
                let count = try count(completion, .receive)
                if count == 0 { break }
                received += count
            } catch {
                if received == 0 { throw error }
                break
            }
        }
        return received == 0 ? nil : received
    }

    /// Receives a message and its bytes; nil at the end.
    func awaitMessage(
        _ maximum: Int, _ controlCapacity: Int, _ flags: MessageFlags, _ deadline: Deadline?
    ) async throws(SocketError) -> (Chunk, MessageInfo)? {
        try checkSize(maximum, .receiveMessage)
        let limit = limit(deadline, .receiving, flags)
        guard Self.canBorrow(maximum, flags) else {
            let memory = CallBuffer(maximum, cleared: flags.contains(.truncated))
            let info = try unsafe await awaitInfo(.one(memory.memory), controlCapacity, flags, limit)
            return info.map { (memory.chunk($0.count), $0) }
        }
        let info = try unsafe await awaitInfo(.lent(maximum: maximum), controlCapacity, flags, limit)
        return info.map { ($0.lent ?? Chunk(), $0) }
    }

    /// Receives a message into memory; nil at the end.
    func awaitInfo(
        _ memory: OperationMemory, _ controlCapacity: Int, _ flags: MessageFlags, _ limit: NetworkInstant
    ) async throws(SocketError) -> MessageInfo? {
        let fillsAll = fillsAll(flags, limit)
        let first = fillsAll ? flags.subtracting(.waitForAll) : flags
        let completion = try unsafe await executeAwaited(
            .receiveMessage(controlCapacity: controlCapacity, first), memory: memory, until: limit)
        guard var info = try info(completion, isEmpty: unsafe memory.hasNoRoom) else { return nil }
        if fillsAll, info.count > 0 {
            let table = unsafe RunTable(memory)
            table.advance(past: info.count)
            info.count += await awaitRest(table, first, limit)
        }
        return info
    }

    /// What is still missing of a message that shall fill its memory; an error waits for the next call.
    private func awaitRest(_ table: RunTable, _ flags: MessageFlags, _ limit: NetworkInstant) async -> Int {
        let action = Operation.Action.receiveMessage(controlCapacity: 0, flags)
        var received = 0
        while table.byteCount > 0,
            let completion = try? unsafe await executeAwaited(action, memory: table.memory, until: limit),
            case .message(let info) = completion.outcome, info.count > 0
        {
            table.advance(past: info.count)
            received += info.count
        }
        return received
    }
}

extension OperationMemory {
    /// Whether there is no room for a byte.
    fileprivate var hasNoRoom: Bool {
        if case .lent(let maximum) = unsafe self { return maximum == 0 }
        return unsafe byteCount == 0
    }
}
