/// What can run at the present instant: parts of tasks, threads, and what waits for no task.
enum ReadyEntry {
    case job(UnownedJob, HostKernel)
    case thread(SimulatedThread)
    /// Calls that were put off.
    case place(SimulatedRegistration)
    /// A timer that is due.
    case timer(SimulatedTimer)

    var kernel: HostKernel {
        switch self {
        case .job(_, let kernel): kernel
        case .thread(let thread): thread.kernel
        case .place(let place): place.kernel
        case .timer(let timer): timer.kernel
        }
    }
}
