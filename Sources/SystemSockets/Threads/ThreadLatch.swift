package import SocketModel

/// A latch of threads, in real time.
///
/// Sendable without check: `isOpen` is only touched with the condition locked.
package final class ThreadLatch: Latch, @unchecked Sendable {
    private let condition = Condition()
    private var isOpen = false

    package init() {}

    package func open() {
        condition.lock()
        isOpen = true
        condition.broadcast()
        condition.unlock()
    }

    /// Waits on any thread, an executor's too: for what is about to come by itself.
    package func waitBriefly() {
        condition.lock()
        while !isOpen { condition.wait() }
        condition.unlock()
    }

    /// An executor's thread is refused if it would have to wait: everybody else's sockets and tasks would wait with it.
    package func wait(until instant: NetworkInstant) throws(Failure) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        if !isOpen, instant != .distantPast, ExecutorThread.isAnyCurrent { throw Failure(.blockingOnExecutor) }
        while !isOpen {
            if instant == .distantFuture { condition.wait() } else if !condition.wait(until: instant) { break }
        }
        return isOpen
    }
}
