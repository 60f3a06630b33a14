/// The calling thread as an executor's, between ``Backend/borrowThread()`` and the end of ``work()``.
public protocol BorrowedThread: AnyObject, Sendable {
    /// The executor whose thread it is: the first of the backend's.
    var executor: any NetworkExecutor { get }

    /// Runs what the executor has to run, until ``leave()`` was called and nothing is left that could run; on the thread that was borrowed, once.
    ///
    /// Timers that are pending then are cancelled. A task that still prefers the executor later is run on a thread of its own.
    func work()

    /// Lets ``work()`` come to its end. All sockets of the backend must be closed by then. Any thread may call it.
    func leave()
}
