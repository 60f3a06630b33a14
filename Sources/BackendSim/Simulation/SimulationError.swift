/// How a simulation's run went wrong.
public enum SimulationError: Error, Sendable, CustomStringConvertible {
    /// A program has thrown, in the foreground or in the background: its host, its name, and what it threw.
    case programFailed(host: String, program: String, any Error)
    /// Nothing can ever happen any more, and a program in the foreground waits, for something else than connections.
    case stuck(netstat: String)
    /// Programs in the foreground have not ended in the time that ``Simulation/run(atMost:)`` was given for it.
    case unfinished(after: Duration, netstat: String)
    /// So much has happened at one instant, as ``SimulationOptions/stepsAtOneInstant`` says, that time will hardly ever pass again.
    case livelock(steps: Int, netstat: String)
    /// Something of the simulation ran outside of it, where its order is nobody's choice: in a detached task, on a thread of its own, by
    /// another clock. What it was, in words.
    case escaped(String)
    /// The task that awaited the run was cancelled.
    case cancelled
    /// The system had no thread to give to the run.
    case noThread(String)
    /// The simulation was to capture the global executor, and this process's concurrency runtime has no hook for it.
    case notCapturing

    /// What went wrong, and where.
    public var description: String {
        switch self {
        case .programFailed(let host, let program, let error): "\(program) on \(host) failed: \(error)"
        case .stuck(let netstat): "nothing can happen any more, and a program waits:\n\(netstat)"
        case .unfinished(let limit, let netstat): "not all programs have ended within \(limit):\n\(netstat)"
        case .livelock(let steps, let netstat):
            "more than \(steps) steps at one instant: does a program send or poll without end?\n\(netstat)"
        case .escaped(let text): "\(text): \(World.wayBack)"
        case .cancelled: "the run was cancelled"
        case .noThread(let reason): "there is no thread for the run: \(reason)"
        case .notCapturing:
            "the simulation cannot capture the global executor: there is no swift_task_enqueueGlobal_hook; is the runtime linked statically?"
        }
    }
}
