internal import SocketModel
internal import SystemSockets

// Calls of programs that go on when their host has crashed.
extension HostKernel {
    /// How many calls a thread may make after the crash, and how many tasks may before somebody is told.
    private static let (threadPatience, taskPatience) = (10_000, 1_000_000)

    /// The failure of a call after the crash. One who tries again and again, whatever the error, is complained of; a thread is left where
    /// it is then, as nothing else would end it.
    func failLate() -> Failure {
        guard world.isInside else { return Failure(.hostCrashed) }
        switch world.current {
        case .thread(let thread):
            thread.lateCalls += 1
            if thread.lateCalls == Self.threadPatience {
                complain("the thread \"\(thread.name)\"", "and is left where it is")
                thread.park()
            }
        case .job:
            lateCalls += 1
            if lateCalls == Self.taskPatience { complain("a task", "and the simulation waits for it") }
        case .outside: break
        }
        return Failure(.hostCrashed)
    }

    private func complain(_ who: String, _ consequence: String) {
        StandardError.write(
            line: "simulation: \(who) of \(name) goes on calling after its host has crashed, \(consequence): "
                + "end its loop at the error hostCrashed")
    }
}
