internal import SocketModel

/// A task's call that waits for a started operation: the completion resumes the task. It may be used for one call after another.
///
/// Sendable without check: the task writes before it starts the operation, the executor's thread once, when it completes it, and the
/// task touches it again only after that.
@safe final class PendingCall: CompletionSink, @unchecked Sendable {
    private var continuation: UnsafeContinuation<Void, Never>?
    private var completion: Completion?
    private let slot: UInt32
    private var generation: UInt32 = 0

    /// A call of a slot of its own among its socket's.
    init(slot: UInt32) { self.slot = slot }

    /// The present call's token.
    var token: Token { Token(slot: slot, generation: generation) }

    func complete(_ completion: Completion) {
        self.completion = completion
        unsafe continuation.take()?.resume()
    }

    /// Suspends the task until the operation that `start` starts has completed; when the task is cancelled, `cancel` is called, perhaps
    /// more than once and on any thread. The next call will not be taken for this one.
    @inline(__always)
    func wait(start: () -> Void, cancel: @Sendable () -> Void) async -> Completion? {
        await _unsafeInheritExecutor_withTaskCancellationHandler {
            await unsafe _unsafeInheritExecutor_withUnsafeContinuation { continuation in
                unsafe self.continuation = continuation
                start()
                // A cancel that came before the start has found nothing.
                if Task.isCancelled { cancel() }
            }
        } onCancel: {
            cancel()
        }
        generation &+= 1
        return completion.take()
    }
}
