internal import SocketModel

/// A reactor as the place where tasks run. The reactor's thread lives as long as this object, and as it has tasks to run.
final class ReactorExecutor: NetworkExecutor {
    let reactor: Reactor

    /// Throws when the system has no descriptor or no thread to give.
    init(number: Int) throws(Failure) {
        reactor = try Reactor()
        try reactor.start(self, number: number)
    }

    /// Never waits for the thread: this may be it.
    deinit { reactor.stop() }

    var isCurrent: Bool { reactor.isCurrent }

    func enqueue(_ job: consuming ExecutorJob) { reactor.run(UnownedJob(job)) }

    func startTimer(until instant: NetworkInstant, completing sink: any CompletionSink) -> any NetworkTimer {
        let timer = Timer(instant, .wake(sink))
        reactor.startTimer(timer)
        return ReactorTimer(timer, reactor)
    }
}

private final class ReactorTimer: NetworkTimer {
    private let timer: Timer
    private let reactor: Reactor

    init(_ timer: Timer, _ reactor: Reactor) {
        self.timer = timer
        self.reactor = reactor
    }

    func cancel() { reactor.cancelTimer(timer) }
}
