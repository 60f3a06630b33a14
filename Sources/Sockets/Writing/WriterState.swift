internal import SocketModel

/// What a writer knows, and what follows from what; it does nothing itself, but says what is to be done.
@safe struct WriterState {
    /// Who sends what is queued.
    enum Phase {
        /// Nobody.
        case idle
        /// A thread, which tries at once.
        case driving
        /// That thread is just starting an operation.
        case starting
        /// The operation completed before that thread was done with starting it.
        case completedEarly
        /// An operation in flight.
        case started
    }

    enum Stage { case open, shutDown, closed }

    /// What is to be done next, without the lock.
    enum Step { case nothing, drive, awaitTurn }

    private(set) var bytes: WriterBytes
    private(set) var failure: SocketError?
    private var phase = Phase.idle
    private var stage = Stage.open
    /// Whether sending begins when the executor's present turn ends.
    private var isTurnAwaited = false
    /// Whether nobody can write any more, or wait.
    private(set) var isAbandoned = false
    /// How many queued bytes were given up when a send failed.
    private var lost = 0
    /// How many bytes have been sent in all.
    private var sent: UInt64 = 0
    /// Each belongs to a call that waits: first come, first served.
    private var writes: [WriterWait] = []
    private var flushes: [WriterWait] = []
    private var token: Token?

    init(capacity: Int) { bytes = WriterBytes(capacity: capacity) }

    mutating func free() { bytes.free() }
}

// MARK: What calls want

extension WriterState {
    /// Whether calls may still be made; `isClosed` says that the socket is closed.
    func check(_ operation: OperationName, isClosed: Bool) throws(SocketError) {
        if let failure { throw failure }
        if isClosed || stage == .closed { throw .closed(operation, losing: bytes.count) }
        if stage == .shutDown, operation == .write {
            throw SocketError(.brokenPipe, .write, detail: "the writer was shut down")
        }
    }

    /// Queues bytes if there is room for all of them and nobody waits; else nothing has happened.
    mutating func accept(_ count: Int, _ append: (inout WriterBytes) -> Void) -> Bool {
        guard writes.isEmpty, count <= bytes.room else { return false }
        append(&bytes)
        return true
    }

    /// No write is let in any more; false when the writer was closed before.
    mutating func end(_ new: Stage) -> Bool {
        guard stage != .closed else { return false }
        stage = new
        return true
    }

    /// What is told of an end that came early, once nobody sends any more; nil when all has been sent nevertheless.
    func endedEarly(_ error: SocketError) -> SocketError? {
        failure == nil && bytes.count == 0 && writes.isEmpty ? nil : error.losing(lost + bytes.count)
    }

    /// What a flush that begins now waits for.
    var everythingQueued: WriterWait.Purpose { .sent(sent + UInt64(bytes.count)) }

    func isReached(_ purpose: WriterWait.Purpose) -> Bool {
        switch purpose {
        case .room: false
        case .sent(let target): sent >= target
        case .emptiness: bytes.count == 0 && writes.isEmpty
        }
    }

    /// Lets a call wait, unless it need not: then its outcome is there. Whom to wake.
    mutating func join(_ wait: WriterWait) -> [WriterWait] {
        if let failure {
            wait.outcome = .failure(failure)
        } else if isReached(wait.purpose) {
            wait.outcome = .success(())
        } else if case .room = wait.purpose {
            writes.append(wait)
            return admit()
        } else {
            flushes.append(wait)
        }
        return []
    }

    /// Lets a call wait no longer; what it has come to, nil when it has not come to its end.
    mutating func leave(_ wait: WriterWait) -> Result<Void, SocketError>? {
        if let outcome = wait.outcome { return outcome }
        writes.removeAll { $0 === wait }
        flushes.removeAll { $0 === wait }
        return nil
    }

    /// Queues what there is room for of those who wait; who has come to the end of it is to be woken.
    ///
    /// A write that fits in the ring is queued whole or not at all, so that one that is given up leaves no part of it behind.
    mutating func admit() -> [WriterWait] {
        var done: [WriterWait] = []
        while let wait = writes.first, case .room(let chunk) = wait.purpose {
            let rest = chunk.count - wait.taken
            if bytes.room < (chunk.count > bytes.capacity ? 1 : rest) { break }
            let part = min(rest, bytes.room)
            bytes.append(chunk, wait.taken..<wait.taken + part)
            wait.taken += part
            if part < rest { break }
            wait.outcome = .success(())
            done.append(writes.removeFirst())
        }
        return done
    }
}

// MARK: Sending

extension WriterState {
    /// When what is queued goes out: at the end of the executor's turn, or at once when it is half of what may be.
    mutating func stepAfterQueueing() -> Step {
        guard phase == .idle, bytes.count > 0 else { return .nothing }
        if bytes.count >= max(1, bytes.capacity / 2) { return beginDriving() }
        if isTurnAwaited { return .nothing }
        isTurnAwaited = true
        return .awaitTurn
    }

    /// Whoever is told to drive does, alone, until there is no next run or it has paused.
    mutating func beginDriving() -> Step {
        guard phase == .idle, bytes.count > 0 else { return .nothing }
        phase = .driving
        return .drive
    }

    mutating func turnHasEnded() -> Step {
        isTurnAwaited = false
        return beginDriving()
    }

    /// The driver's next bytes; nil when it is done.
    mutating func nextBytes() -> OperationMemory? {
        let next = unsafe bytes.first()
        if unsafe next == nil { phase = .idle }
        return unsafe next
    }

    /// The driver has tried often enough in a row.
    mutating func pause() -> Step {
        phase = .idle
        guard bytes.count > 0, !isTurnAwaited else { return .nothing }
        isTurnAwaited = true
        return .awaitTurn
    }

    /// The driver starts an operation; `first` makes the first token.
    mutating func start(_ first: () -> Token) -> Token {
        phase = .starting
        let next = token.map { Token(slot: $0.slot, generation: $0.generation &+ 1) } ?? first()
        token = next
        return next
    }

    /// The driver has started it; whether it has to go on, as that has completed already.
    mutating func hasStarted() -> Bool {
        let isEarly = phase == .completedEarly
        phase = isEarly ? .driving : .started
        return isEarly
    }

    /// Nobody will hear of the writer any more: what cannot be sent at once is given up. The operation to cancel, and what to do.
    mutating func abandon() -> (Token?, Step) {
        isAbandoned = true
        return phase == .started ? (token, .nothing) : (nil, beginDriving())
    }

    /// An operation has completed: so many bytes were sent, or it failed, and with it the writer for good.
    ///
    /// - Returns: Whom to wake, and whether the caller is the driver now.
    mutating func settle(_ result: Result<Int, SocketError>) -> (woken: [WriterWait], goesOn: Bool) {
        let goesOn = phase != .starting
        phase = goesOn ? .driving : .completedEarly
        switch result {
        case .success(let count) where count > 0 && count <= bytes.count:
            bytes.drop(count)
            sent += UInt64(count)
            return (admit() + reached(), goesOn)
        case .success: return (failed(.unexpected(.send)), goesOn)
        case .failure(let error): return (failed(error), goesOn)
        }
    }

    private mutating func reached() -> [WriterWait] {
        if flushes.isEmpty { return [] }
        let waiting = flushes
        flushes = waiting.filter { !isReached($0.purpose) }
        let done = waiting.filter { isReached($0.purpose) }
        for wait in done { wait.outcome = .success(()) }
        return done
    }

    private mutating func failed(_ error: SocketError) -> [WriterWait] {
        let failure = error.losing(bytes.count)
        self.failure = failure
        lost = bytes.count
        bytes.free()
        let all = writes + flushes
        for wait in all { wait.outcome = .failure(failure.after(wait)) }
        (writes, flushes) = ([], [])
        return all
    }
}

extension SocketError {
    /// The socket is closed, or the writer.
    static func closed(_ operation: OperationName, losing count: Int) -> SocketError {
        SocketError(.closed, operation).losing(count)
    }

    /// This error, saying how many queued bytes are lost with it, if there are any.
    func losing(_ count: Int) -> SocketError {
        var error = self
        if count > 0 { error.detail = "\(count) queued bytes were not sent" }
        return error
    }

    /// This error, saying how much of a write was queued before it, if anything was.
    func after(_ wait: WriterWait) -> SocketError {
        guard case .room(let bytes) = wait.purpose else { return self }
        return after("\(wait.taken) of \(bytes.count)", wait.taken)
    }
}
