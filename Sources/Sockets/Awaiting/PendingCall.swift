internal import SocketModel
internal import Synchronization

/// A task's call that waits for an operation: the completion resumes the task. It may be used for one call after another.
///
/// It holds all the call needs meanwhile, so that the suspended task holds little.
///
/// Sendable without check: the task writes before it starts the operation, the executor's thread once, when it completes it, and the
/// task touches it again only after that. The generation is atomic.
@safe final class PendingCall: CompletionSink, @unchecked Sendable {
    private let registration: any Registration
    private let slot: UInt32
    private let generation = Atomic<UInt32>(0)
    /// The task that has a cancellation handler for all its calls, which is its socket's resident; zero when it has left, and if there
    /// never was one.
    private let residentTask: Atomic<UInt>
    let isResident: Bool

    private(set) var operation = Operation(.descriptor)
    private var memory = unsafe OperationMemory.none
    private var continuation: UnsafeContinuation<Void, Never>?
    private var completion: Completion?

    /// A call of a slot of its own among its socket's, for any task or for a resident alone.
    init(_ registration: any Registration, slot: UInt32, resident: CurrentTask? = nil) {
        self.registration = registration
        self.slot = slot
        isResident = resident != nil
        residentTask = Atomic(resident?.identity ?? 0)
    }

    /// Whether it is the call of that task, the resident.
    @inline(__always) func belongs(to task: CurrentTask) -> Bool {
        residentTask.load(ordering: .relaxed) == task.identity
    }

    /// The resident moves out: another task at the same address will not be taken for it.
    func leave() { residentTask.store(0, ordering: .relaxed) }

    /// The present call's token, or the next one's while there is none.
    var token: Token { Token(slot: slot, generation: generation.load(ordering: .relaxed)) }

    /// The operation that is to be started.
    @inline(__always)
    func prepare(_ operation: Operation, _ memory: OperationMemory) {
        self.operation = operation
        unsafe self.memory = memory
    }

    /// Suspends the task until the operation has completed; a cancelled task's is asked to end early.
    @inline(__always)
    func wait() async {
        if isResident { await suspend() } else { await waitAsGuest() }
    }

    @inline(never)
    private func waitAsGuest() async {
        let token = token
        // The form without an isolation parameter does not look for the task's executor on its way in and out.
        await _unsafeInheritExecutor_withTaskCancellationHandler {
            await suspend()
        } onCancel: { [registration] in
            registration.cancel(token)
        }
    }

    @inline(__always)
    private func suspend() async {
        await unsafe _unsafeInheritExecutor_withUnsafeContinuation { continuation in
            unsafe self.continuation = continuation
            start()
        }
    }

    /// Waits until the operation has completed, whether or not the task is cancelled. If `isOver` holds once the operation has been
    /// started, it is asked to end early: who cancelled its token before has found nothing.
    func wait(unless isOver: () -> Bool) async {
        await unsafe _unsafeInheritExecutor_withUnsafeContinuation { continuation in
            unsafe self.continuation = continuation
            start()
            if isOver() { cancel() }
        }
    }

    @inline(never)
    private func start() {
        let token = token
        unsafe registration.start(operation, token: token, memory: memory, completing: self)
        // A cancel that came before the start has found nothing.
        if CurrentTask().isCancelled { registration.cancel(token) }
    }

    func complete(_ completion: consuming Completion) {
        self.completion = completion
        unsafe continuation.take()?.resume()
    }

    /// Ends the pending operation early, if there is one; on any thread.
    func cancel() { registration.cancel(token) }

    /// What the operation completed with. The next call will not be taken for this one.
    @inline(__always)
    func take() -> Completion {
        generation.store(generation.load(ordering: .relaxed) &+ 1, ordering: .sequentiallyConsistent)
        return completion.take() ?? .failure(Failure(.other))
    }
}
