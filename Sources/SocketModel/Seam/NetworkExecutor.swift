/// One thread of a backend, which owns sockets and runs tasks: what runs on it awaits its sockets without a change of thread.
public protocol NetworkExecutor: TaskExecutor {
    /// Whether the calling thread is this executor's.
    var isCurrent: Bool { get }

    /// Lets `sink` have one completion on this executor's thread: ``Outcome/done`` when `instant` has come, or the failure
    /// ``SocketError/Code/cancelled`` when the timer is cancelled before. Any thread may ask.
    func startTimer(until instant: NetworkInstant, completing sink: any CompletionSink) -> any NetworkTimer
}

/// A started timer.
public protocol NetworkTimer: AnyObject, Sendable {
    /// Ends it early; it completes nevertheless. Afterwards, or again, it does nothing. Any thread may ask.
    func cancel()
}
