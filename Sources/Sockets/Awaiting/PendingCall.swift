internal import SocketModel
internal import Synchronization

/// A task's call that waits for a started operation: the completion resumes the task. It may be used for one call after another.
///
/// Sendable without check: the task writes before it starts the operation, the executor's thread once, when it completes it, and the
/// task touches it again only after that. The generation is atomic.
@safe final class PendingCall: CompletionSink, @unchecked Sendable {
    private var continuation: UnsafeContinuation<Void, Never>?
    private var completion: Completion?
    private let slot: UInt32
    private let generation = Atomic<UInt32>(0)

    /// A call of a slot of its own among its socket's.
    init(slot: UInt32) { self.slot = slot }

    /// The present call's token, or the next one's while there is none.
    var token: Token {
        @inline(__always) get { Token(slot: slot, generation: generation.load(ordering: .relaxed)) }
    }

    func complete(_ completion: consuming Completion) {
        self.completion = completion
        unsafe continuation.take()?.resume()
    }

    /// Suspends the task until the operation that `start` starts has completed. A cancel that came before the start has found nothing:
    /// then `cancel` is called once more.
    @inline(__always)
    func wait(_ task: CurrentTask, start: () -> Void, cancel: () -> Void) async {
        await unsafe _unsafeInheritExecutor_withUnsafeContinuation { continuation in
            unsafe self.continuation = continuation
            start()
            if task.isCancelled { cancel() }
        }
    }

    /// What the operation completed with. The next call will not be taken for this one.
    @inline(__always)
    func take() -> Completion {
        generation.store(generation.load(ordering: .relaxed) &+ 1, ordering: .sequentiallyConsistent)
        return completion.take() ?? .failure(Failure(.other))
    }
}
