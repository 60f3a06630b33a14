internal import CPOSIX
internal import SocketModel
internal import Synchronization
internal import SystemSockets

/// A socket's place with its reactor: what waits for it, and what is known of its readiness.
///
/// Sendable without check: what is constant or atomic any thread may read, all else is touched on the executor's thread only.
@safe final class POSIXRegistration: Registration, SocketPlace, @unchecked Sendable {
    let descriptor: Int32
    /// What the poller was told; written on the executor's thread, and by ``end()``.
    let interest = Atomic<UInt32>(0)
    private let owner: ThreadExecutor
    let thread: ExecutorThread
    let reactor: Reactor

    // Unchecked: only the executor's thread touches it, and a check of every access took a tenth of what an awaited call costs beside the
    // kernel. In the object itself, as every connection has one.
    @safe @exclusivity(unchecked) var own = State()

    struct State: ~Copyable {
        /// A plain receive that nobody is waiting before, as nearly all are; the others queue behind it.
        var plainReceive: WaitingOperation?
        var queues: Queues?
        var isCancelled = false
        /// Nothing is there to receive, and an event will say so when there is: then asking the kernel first is for nothing.
        var isDrained = false
        /// Whether a receive of less than was asked for shows that nothing is left: so with TCP alone, and not beside urgent data or
        /// the end, which come without an event of their own. See also ``SystemCalls/takesUrgentBytes``.
        var trustsShortReceives = false

        @inline(__always) var hasReaders: Bool {
            if case .none = plainReceive { hasQueuedReaders } else { true }
        }

        @inline(__always) var hasQueuedReaders: Bool {
            if let queues { !queues.reading.isEmpty } else { false }
        }

        @inline(__always) var hasWriters: Bool {
            if let queues { !queues.writing.isEmpty } else { false }
        }

        @inline(__always) var hasPolls: Bool {
            if let queues { !queues.polling.isEmpty } else { false }
        }

        /// The operation of that token, which waits no more.
        mutating func remove(_ token: Token) -> WaitingOperation? {
            if plainReceive?.token == token { return plainReceive.take() }
            return queues?.remove(token)
        }

        /// One after the other, all operations.
        mutating func removeAny() -> WaitingOperation? {
            plainReceive.take() ?? queues?.removeFirst()
        }
    }

    /// What a connection that is only received from, and sent to, never needs.
    final class Queues {
        var reading = WaitingQueue()
        var writing = WaitingQueue()
        var polling = WaitingQueue()

        func remove(_ token: Token) -> WaitingOperation? {
            reading.remove(token) ?? writing.remove(token) ?? polling.remove(token)
        }

        func removeFirst() -> WaitingOperation? {
            reading.removeFirst() ?? writing.removeFirst() ?? polling.removeFirst()
        }
    }

    /// Made when they are needed first.
    var queues: Queues {
        if let queues = own.queues { return queues }
        let queues = Queues()
        own.queues = queues
        return queues
    }

    init(_ descriptor: Int32, _ owner: ThreadExecutor) {
        self.descriptor = descriptor
        self.owner = owner
        thread = owner.thread
        guard let reactor = owner.thread.source as? Reactor else {
            preconditionFailure("an executor of another backend")
        }
        self.reactor = reactor
    }

    var executor: any NetworkExecutor { owner }
    var calls: SystemCalls { reactor.calls }

    func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion? {
        let isOwn = thread.isCurrent
        guard isOwn ? thread.takeTurn() : ExecutorThread.takeTurnElsewhere() else { return nil }
        switch operation.action {
        case .receive(let flags):
            if isOwn, own.isDrained && flags.isEmpty || own.hasReaders { return nil }
            return unsafe receive(memory, flags, isOwn: isOwn)
        case .send(let flags):
            if isOwn, own.hasWriters { return nil }
            return unsafe send(memory, flags)
        case .accept where isOwn && operation.deadline == .distantFuture && isWatched(for: .level): return nil
        default:
            if isOwn, operation.action.takesInput, own.hasReaders { return nil }
            return unsafe carryOut(operation, memory, isOwn: isOwn)
        }
    }

    func attemptReceive(on socket: SocketHandle, lending maximum: Int) -> PlainAttempt<Chunk> {
        guard thread.isCurrent else {
            return unsafe PlainAttempt(
                receive: attempt(Operation(.receive([]), on: socket), memory: .lent(maximum: maximum)))
        }
        guard thread.takeTurn(), !own.isDrained, !own.hasReaders else { return .waiting }
        return receivePlainly(maximum)
    }

    func attemptSend(_ bytes: UnsafeRawBufferPointer, on socket: SocketHandle) -> PlainAttempt<Int> {
        let isOwn = thread.isCurrent
        guard isOwn ? thread.takeTurn() : ExecutorThread.takeTurnElsewhere() else { return .waiting }
        if isOwn, own.hasWriters { return .waiting }
        return unsafe PlainAttempt(sending: bytes, on: descriptor)
    }

    func startReceive(
        on socket: SocketHandle, lending maximum: Int, token: Token, completing sink: any CompletionSink
    ) {
        start(WaitingOperation(receiving: maximum, token, sink))
    }

    func start(_ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink) {
        start(unsafe WaitingOperation(operation, memory, token, sink))
    }

    @inline(__always)
    private func start(_ waiting: WaitingOperation) {
        guard thread.isCurrent else { return thread.post(.start(self, waiting)) }
        if waiting.isPlainReceive, isWatched(for: .readable), !own.isCancelled, !thread.isTurnOver {
            append(waiting, .reading)
        } else {
            begin(waiting, afterAttempt: waiting.wasAttempted)
        }
    }

    func cancel(_ token: Token) {
        if thread.isCurrent, finish(token, .failure(Failure(.cancelled))) { return }
        // What another thread has started may still be in the mail: the cancel must not come before it.
        thread.post(.cancel(self, token))
    }

    func cancelAll() {
        if thread.isCurrent { abandonAll() } else { thread.post(.cancelAll(self)) }
    }

    var isCurrent: Bool { thread.isCurrent }

    func run(_ job: UnownedJob) { thread.run(job) }

    func end() { stopWatching() }

    /// Has the poller let go of it, until something waits again.
    func stopWatching() {
        guard interest.load(ordering: .relaxed) != 0 else { return }
        // Whoever comes second finds the poller done already, and may close the descriptor.
        reactor.poller.remove(descriptor)
        guard interest.exchange(0, ordering: .relaxed) != 0 else { return }
        if thread.isCurrent { bury() } else { thread.post(.end(self)) }
    }

    func bury() { reactor.bury(self) }
}
