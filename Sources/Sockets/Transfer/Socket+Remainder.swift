internal import SocketModel

extension Socket {
    /// Carries out an operation on a socket in which received bytes wait.
    @inline(never)
    func executeBesideRemainder(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion {
        unsafe serveRemainder(operation, memory, until: operation.deadline)
            ?? backend.execute(operation, memory: memory)
    }

    /// Answers a receive, a peek or a poll with bytes that wait here; nil when the operation has nothing to do with them.
    ///
    /// A receive that wants all its memory filled goes on with the kernel until `deadline`, a peek with what is there.
    @inline(never)
    func serveRemainder(
        _ operation: borrowing Operation, _ memory: OperationMemory, until deadline: NetworkInstant
    ) -> Completion? {
        switch operation.action {
        case .receive(let flags): unsafe serve(memory, flags, deadline)
        case .receiveMessage(_, let flags): unsafe serveMessage(memory, flags, deadline)
        case .receiveBatch(_, let flags): unsafe serveBatch(memory, flags)
        case .poll(let entries): servePoll(entries)
        case .duplicate: .failure(unread)
        default: nil
        }
    }

    /// Why bytes that wait here are in the way of something.
    var unread: Failure {
        Failure(.unreadBytes, detail: "\(usage.remainderCount) received bytes are still to be read")
    }

    /// Of the events asked for, those that bytes waiting here make true; to be called from inside.
    func eventsOfRemainder(_ asked: PollEvents) -> PollEvents {
        usage.hasRemainder ? asked.intersection([.readable, .normalReadable]) : []
    }

    /// Keeps what a call has received and cannot deliver.
    func keepForNext(_ bytes: UnsafeMutableRawBufferPointer, _ count: Int) {
        usage.keep(unsafe Array(bytes.prefix(count))[...])
    }
}

extension MessageFlags {
    /// Bytes of the stream itself, not those beside it.
    fileprivate var concernStream: Bool { isDisjoint(with: [.outOfBand, .errorQueue]) }
}

extension Socket {
    private func serve(_ memory: OperationMemory, _ flags: MessageFlags, _ deadline: NetworkInstant) -> Completion? {
        guard flags.concernStream else { return nil }
        if case .lent(let maximum) = unsafe memory {
            return serveLent(maximum, flags).map { Completion(.lent($0)) }
        }
        guard let count = unsafe serveRuns(memory, flags, deadline) else { return nil }
        return Completion(.count(count))
    }

    private func serveMessage(
        _ memory: OperationMemory, _ flags: MessageFlags, _ deadline: NetworkInstant
    ) -> Completion? {
        guard flags.concernStream else { return nil }
        var info = MessageInfo(count: 0)
        if case .lent(let maximum) = unsafe memory {
            guard let chunk = serveLent(maximum, flags) else { return nil }
            info.count = chunk.count
            info.lent = chunk
        } else {
            guard let count = unsafe serveRuns(memory, flags, deadline) else { return nil }
            info.count = count
        }
        return Completion(.message(info))
    }

    private func serveBatch(_ memory: OperationMemory, _ flags: MessageFlags) -> Completion? {
        guard flags.concernStream, let first = unsafe memory.firstRun,
            let count = usage.withRemainder({ unsafe $0.fill(.one(first), peeking: flags.contains(.peek)) })
        else { return nil }
        return Completion(.messages([MessageInfo(count: count)]))
    }

    private func servePoll(_ entries: [Operation.PollEntry]) -> Completion? {
        guard let entry = entries.first, entries.count == 1 else { return nil }
        let found = eventsOfRemainder(entry.events)
        if found.isEmpty { return nil }
        let completion = unsafe backend.execute(Operation(.poll(entries), deadline: .distantPast), memory: .none)
        guard case .readiness(let events) = completion.outcome else { return completion }
        return Completion(.readiness([found.union(events.first ?? [])]))
    }

    /// Nil when another call was faster.
    private func serveLent(_ maximum: Int, _ flags: MessageFlags) -> Chunk? {
        let isPeek = flags.contains(.peek)
        guard let chunk = usage.withRemainder({ $0.chunk(maximum, peeking: isPeek) }) else { return nil }
        guard isPeek, chunk.count < maximum else { return chunk }
        let next = Operation(.receive(flags), on: handle, deadline: .distantPast)
        let completion = unsafe backend.execute(next, memory: .lent(maximum: maximum - chunk.count))
        if case .lent(let more) = completion.outcome { return Chunk(chunk.array + more.array) }
        return chunk
    }

    /// Nil when another call was faster.
    private func serveRuns(_ memory: OperationMemory, _ flags: MessageFlags, _ deadline: NetworkInstant) -> Int? {
        let isPeek = flags.contains(.peek)
        guard let count = usage.withRemainder({ unsafe $0.fill(memory, peeking: isPeek) }) else { return nil }
        guard isPeek || flags.contains(.waitForAll) else { return count }
        let table = unsafe RunTable(memory)
        table.advance(past: count)
        guard table.byteCount > 0 else { return count }
        let action = Operation.Action.receiveMessage(controlCapacity: 0, flags)
        let next = Operation(action, on: handle, deadline: isPeek ? .distantPast : deadline)
        let completion = unsafe backend.execute(next, memory: table.memory)
        if case .message(let info) = completion.outcome { return count + min(info.count, table.byteCount) }
        return count
    }
}
