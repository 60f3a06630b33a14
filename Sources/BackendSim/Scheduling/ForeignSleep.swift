internal import CConcurrency
internal import SocketModel
@_spi(ExperimentalScheduling) internal import _Concurrency

/// A sleep on a clock that is not the network's, as `Task.sleep(for:)` is: it ends in virtual time nevertheless.
final class ForeignSleep: HostAlarm {
    private var job: UnownedJob?

    init(_ kernel: HostKernel, _ job: UnownedJob) {
        self.job = job
        super.init(kernel)
    }

    /// All that the job does is to resume the sleeper, which comes back by itself.
    override consuming func occur() {
        kernel.isResuming()
        guard let job = job.take() else { return }
        unsafe cconcurrency_run(unsafeBitCast(job, to: UnsafeMutableRawPointer.self))
    }

    override func fail() {
        kernel.world.events.remove(self)
        occur()
    }
}

// The concurrency runtime asks the executor of a task that sleeps on one of its own clocks.
@available(macOS 26.4, iOS 26.4, watchOS 26.4, tvOS 26.4, visionOS 26.4, *)
extension HostKernel: SchedulingExecutor {
    func enqueue<Sleeping: Clock>(
        _ job: consuming ExecutorJob, after delay: Sleeping.Duration, tolerance: Sleeping.Duration?, clock: Sleeping
    ) { sleep(UnownedJob(job), for: delay as? Duration, on: "\(Sleeping.self)") }

    func enqueue<Sleeping: Clock>(
        _ job: consuming ExecutorJob, at instant: Sleeping.Instant, tolerance: Sleeping.Duration?, clock: Sleeping
    ) {
        sleep(UnownedJob(job), for: clock.now.duration(to: instant) as? Duration, on: "\(Sleeping.self)")
    }

    private func sleep(_ job: UnownedJob, for duration: Duration?, on clock: String) {
        let start = { [self] in begin(ForeignSleep(self, job), for: duration ?? .zero, on: clock) }
        world.perform(start)
    }

    private func begin(_ sleep: ForeignSleep, for duration: Duration, on clock: String) {
        if isCrashed { return sleep.fail() }
        if !world.options.capturesGlobalExecutor {
            world.troubles.append(.escaped("a task of \(name) sleeps on a \(clock), which is none of the simulation's"))
        }
        world.schedule(sleep, after: duration.wholeMilliseconds)
    }
}

extension Duration {
    /// Rounded up, in nanoseconds. The machine's clock has gone on a little since the sleeper asked it: most sleeps are as long as they
    /// were meant to be then.
    fileprivate var wholeMilliseconds: Int64 {
        let millisecond: Int64 = 1_000_000
        let (sum, overflow) = max(0, saturatingNanoseconds).addingReportingOverflow(millisecond - 1)
        return overflow ? .max : sum / millisecond * millisecond
    }
}
