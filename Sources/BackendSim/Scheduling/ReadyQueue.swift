/// What can run at the present instant, first come, first served: parts of tasks, threads, and what waits for no task.
struct ReadyQueue {
    /// What can run.
    enum Entry {
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

    private var entries: [Entry?] = Array(repeating: nil, count: 16)
    private var start = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    var first: Entry? { count > 0 ? entries[start] : nil }

    mutating func append(_ entry: Entry) {
        if count == entries.count { grow() }
        entries[(start + count) & (entries.count - 1)] = entry
        count += 1
    }

    mutating func removeFirst() -> Entry? {
        guard count > 0 else { return nil }
        let entry = entries[start].take()
        start = (start + 1) & (entries.count - 1)
        count -= 1
        return entry
    }

    private mutating func grow() {
        let ordered = entries[start...] + entries[..<start]
        entries = Array(ordered) + Array(repeating: nil, count: entries.count)
        start = 0
    }
}
