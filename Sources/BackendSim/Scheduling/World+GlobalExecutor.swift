internal import CConcurrency
internal import SocketModel

/// Which of a simulation's tasks go to the global executor, and whether they may.
struct Departures {
    /// The host on whose behalf the last event occurred: whoever it has resumed is one of its tasks.
    var kernel: HostKernel?
    /// The first host of which a task has gone.
    fileprivate(set) var first: String?
    /// Whether this process's runtime tells of them.
    private(set) var isTold = false

    /// Has the runtime ask each simulation of what its own threads enqueue: many may run in a process.
    mutating func begin() { isTold = unsafe cconcurrency_hook(takeGlobal) }
}

private func takeGlobal(_ world: UnsafeMutableRawPointer?, _ job: UnsafeMutableRawPointer?) -> Bool {
    guard let world = unsafe world, let job = unsafe job else { return false }
    return unsafe Unmanaged<World>.fromOpaque(world).takeUnretainedValue()
        .take(unsafeBitCast(job, to: UnownedJob.self))
}

extension HostKernel {
    /// An event occurs that resumes one of its tasks.
    func isResuming() {
        if world.options.capturesGlobalExecutor { world.departures.kernel = self }
    }
}

extension World {
    /// The host whose program runs, or was resumed.
    private var running: HostKernel? {
        switch current {
        case .job(let kernel): kernel
        case .thread(let thread): thread.kernel
        case .outside: departures.kernel
        }
    }

    /// Has a job that was meant for the global executor run on the host that has enqueued it, if the options say so.
    fileprivate func take(_ job: UnownedJob) -> Bool {
        guard let kernel = running else { return false }
        guard options.capturesGlobalExecutor else {
            if departures.first == nil { departures.first = kernel.name }
            return false
        }
        ready.append(.job(job, kernel))
        return true
    }

    func refuseUntold() throws(SimulationError) {
        if options.capturesGlobalExecutor, !departures.isTold { throw .notCapturing }
    }
}
