internal import Synchronization

/// The task that serves a socket, and its calls.
///
/// A task may be cancelled while it is suspended, so each suspension needs a cancellation handler, which is recorded with the task and
/// removed again under a lock of the runtime's. A resident has installed one for its whole stay, which cancels whatever call is pending:
/// its own calls need none. That takes away a quarter of what a suspension costs beside the kernel.
final class Resident: Sendable {
    let call: PendingCall
    private let task: Atomic<UInt>

    /// The current task moves in.
    init(_ call: PendingCall) {
        self.call = call
        task = Atomic(CurrentTask().identity)
    }

    /// Whether that task is the resident.
    @inline(__always) func isSame(_ other: CurrentTask) -> Bool { task.load(ordering: .relaxed) == other.identity }

    /// The task moves out; another one at the same address will not be taken for it.
    func leave() { task.store(0, ordering: .relaxed) }
}
