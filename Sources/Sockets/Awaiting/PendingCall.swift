internal import SocketModel
internal import Synchronization

/// A task's call that waits for an operation. It may be used for one call after another.
///
/// It is an executor of its own with nothing to execute: the task hops onto it, which hands its job over, and the operation is started;
/// the completion passes the job on to the socket's executor. A continuation would do as well, but resuming one looks up where the
/// task prefers to run, and writes down that it runs again, each under a lock: a third of what the runtime takes for a suspension.
///
/// It holds all the call needs meanwhile, so that the suspended task holds little.
///
/// Its state is safe without the compiler's proof: the task writes before it hands over its job, the executor's thread once, when it
/// completes the operation, and the task touches it again only after that. What other threads ask for is atomic.
@safe final actor PendingCall: SerialExecutor {
    // In an order that leaves no gaps: every connection that is being served keeps one.
    private let registration: any Registration
    /// The task that has a cancellation handler for all its calls, which is its socket's resident; zero when it has left, and if there
    /// never was one.
    private let residentTask: Atomic<UInt>
    /// One more than the generation of the latest call that was asked to end early.
    private let cancelled = Atomic<UInt64>(0)
    nonisolated(unsafe) private var job: UnownedJob?
    /// Of any other call than a plain receive, and of one that failed; made for the first of them.
    nonisolated(unsafe) private var general: General?
    private let slot: UInt32
    private let generation = Atomic<UInt32>(0)
    /// Of a plain receive: its socket, the most bytes, none if the call is another, and what it has received.
    nonisolated(unsafe) private var plain: (socket: SocketHandle, maximum: UInt32) = (.none, 0)
    nonisolated(unsafe) private var chunk: Chunk?
    nonisolated let isResident: Bool

    @safe private final class General {
        var operation = Operation(.descriptor)
        var memory = unsafe OperationMemory.none
        var completion: Completion?
    }

    /// A call of a slot of its own among its socket's, for any task or for a resident alone.
    init(_ registration: any Registration, slot: UInt32, resident: CurrentTask? = nil) {
        self.registration = registration
        self.slot = slot
        isResident = resident != nil
        residentTask = Atomic(resident?.identity ?? 0)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe UnownedSerialExecutor(ordinary: self) }

    /// Whether it is the call of that task, the resident.
    @inline(__always) nonisolated func belongs(to task: CurrentTask) -> Bool {
        residentTask.load(ordering: .relaxed) == task.identity
    }

    /// The resident moves out: another task at the same address will not be taken for it.
    nonisolated func leave() { residentTask.store(0, ordering: .relaxed) }

    /// The present call's token, or the next one's while there is none.
    @inline(__always)
    nonisolated var token: Token { Token(slot: slot, generation: generation.load(ordering: .relaxed)) }

    /// The operation that is to be started.
    nonisolated func prepare(_ operation: Operation, _ memory: OperationMemory) {
        let general = detailed()
        unsafe plain.maximum = 0
        general.operation = operation
        unsafe general.memory = memory
    }

    /// A plain receive is to be started.
    @inline(__always)
    nonisolated func prepareReceive(_ socket: SocketHandle, _ maximum: Int) {
        unsafe plain = (socket, UInt32(clamping: maximum))
    }

    /// Suspends the task until the operation has completed; a cancelled task's is asked to end early.
    @inline(__always)
    nonisolated(nonsending) func wait() async {
        if isResident { await park() } else { await waitAsGuest() }
    }

    @inline(never)
    nonisolated(nonsending) private func waitAsGuest() async {
        let token = token
        // The form without an isolation parameter does not look for the task's executor on its way in and out.
        await _unsafeInheritExecutor_withTaskCancellationHandler {
            await park()
        } onCancel: {
            cancel(token)
        }
    }

    /// Suspends the task until the operation has completed, whether or not the task is cancelled.
    ///
    /// There is nothing to do here: to get here the operation has to complete. What the compiler does not look into keeps it from leaving
    /// out the hop.
    @inline(never) @_optimize(none)
    func park() {}

    /// Ends the pending operation early, if there is one; on any thread.
    nonisolated func cancel() { cancel(token) }

    private nonisolated func cancel(_ token: Token) {
        cancelled.store(UInt64(token.generation) + 1, ordering: .sequentiallyConsistent)
        registration.cancel(token)
    }
}

// MARK: The executor

extension PendingCall {
    /// The task is suspended, and here is its next part: now the operation is started.
    nonisolated func enqueue(_ job: consuming ExecutorJob) {
        unsafe self.job = UnownedJob(job)
        // On the socket's own executor nothing is resumed, and no cancel from elsewhere heeded, before this returns.
        if registration.isCurrent { return start(token) }
        startElsewhere(token)
    }

    /// Elsewhere the task may be gone before this returns, and what it held.
    @inline(never)
    private nonisolated func startElsewhere(_ token: Token) {
        let held = unsafe Unmanaged.passRetained(self)
        defer { unsafe held.release() }
        start(token)
        // A cancel that came before the start has found nothing.
        if cancelled.load(ordering: .sequentiallyConsistent) == UInt64(token.generation) + 1 {
            registration.cancel(token)
        }
    }

    @inline(__always)
    private nonisolated func start(_ token: Token) {
        let (socket, maximum) = unsafe plain
        if maximum > 0 {
            unsafe plain.maximum = 0
            registration.startReceive(on: socket, lending: Int(maximum), token: token, completing: self)
        } else {
            let general = detailed()
            unsafe registration.start(general.operation, token: token, memory: general.memory, completing: self)
        }
    }

    private nonisolated func detailed() -> General {
        if let general = unsafe general { return general }
        let new = General()
        unsafe general = new
        return new
    }
}

// MARK: The sink

extension PendingCall: CompletionSink {
    nonisolated func complete(_ completion: consuming Completion) {
        detailed().completion = completion
        resume()
    }

    @inline(__always)
    nonisolated func receive(_ chunk: consuming Chunk, token: Token) {
        unsafe self.chunk = consume chunk
        resume()
    }

    @inline(__always)
    private nonisolated func resume() {
        guard let job = unsafe job.take() else { return }
        registration.run(job)
    }

    /// What the operation completed with. The next call will not be taken for this one.
    nonisolated func take() -> Completion {
        if let chunk = takeChunk() { return Completion(.lent(chunk)) }
        moveOn()
        let general = detailed()
        unsafe general.memory = .none
        return general.completion.take() ?? .failure(Failure(.other))
    }

    /// What a plain receive has received; nil if it has failed.
    @inline(__always)
    nonisolated func takeChunk() -> Chunk? {
        guard let chunk = unsafe chunk.take() else { return nil }
        moveOn()
        return chunk
    }

    @inline(__always)
    private nonisolated func moveOn() {
        generation.store(generation.load(ordering: .relaxed) &+ 1, ordering: .releasing)
    }
}
