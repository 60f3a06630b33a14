public import SocketModel

/// An executor's thread as the place where tasks run. It lives as long as this object, and as it has tasks to run; a borrowed one's work ends
/// when it is told to.
public final class ThreadExecutor: NetworkExecutor {
    /// The thread.
    public let thread: ExecutorThread

    /// Starts the thread.
    ///
    /// - Throws: ``Failure`` when the system has no thread to give, or what keeps its source from working.
    public init(_ thread: ExecutorThread, number: Int) throws(Failure) {
        self.thread = thread
        try thread.start(self, number: number)
    }

    /// Begins on the calling thread, which then has to ``work()``.
    ///
    /// - Throws: ``Failure`` from its source, which does not work here.
    init(borrowing thread: ExecutorThread) throws(Failure) {
        self.thread = thread
        try thread.borrowThread(self)
    }

    /// Never waits for the thread: this may be it.
    deinit { thread.stop() }

    /// Whether the calling thread is it.
    public var isCurrent: Bool { thread.isCurrent }

    /// Runs a task's next part on the thread.
    public func enqueue(_ job: consuming ExecutorJob) { thread.run(UnownedJob(job)) }

    /// Starts a timer of the thread.
    public func startTimer(until instant: NetworkInstant, completing sink: any CompletionSink) -> any NetworkTimer {
        let timer = Timer(instant, .wake(sink))
        thread.startTimer(timer)
        return ThreadTimer(timer, thread)
    }
}

extension ThreadExecutor: BorrowedThread {
    /// This.
    public var executor: any NetworkExecutor { self }

    /// Runs what there is to run, until ``leave()``.
    public func work() { thread.runBorrowed() }

    /// Ends the work.
    public func leave() { thread.stop() }
}

private final class ThreadTimer: NetworkTimer {
    private let timer: Timer
    private let thread: ExecutorThread

    init(_ timer: Timer, _ thread: ExecutorThread) {
        self.timer = timer
        self.thread = thread
    }

    func cancel() { thread.cancelTimer(timer) }
}
