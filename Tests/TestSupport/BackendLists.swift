internal import Glibc

/// The lists of backends that conformance tests run over.
public enum Backends {
    /// All that this package's users get, unless `SOCKETS_BACKENDS` names some, with commas between.
    public static let all: [TestBackend] = {
        guard let names = unsafe getenv("SOCKETS_BACKENDS") else {
            return TestBackend.allCases.filter { $0 != .fencedPOSIX }
        }
        return unsafe String(cString: names).split(separator: ",").map { name in
            guard let backend = TestBackend(rawValue: String(name)) else {
                preconditionFailure("SOCKETS_BACKENDS: no backend is called \(name)")
            }
            return backend
        }
    }()

    /// Those that carry operations out in ways of their own: enough for what takes long, which a wrapper does not change.
    public static let distinct: [TestBackend] = {
        #if URing
            all.filter { [.posix, .uring, .simulation].contains($0) }
        #else
            all.filter { [.posix, .simulation].contains($0) }
        #endif
    }()

    /// Those of the machine's kernel, for a test that is about a matter of its own: why a simulation has no part in it.
    public static func kernel(_ matter: KernelMatter) -> [TestBackend] { all.filter { $0 != .simulation } }

    /// Of ``distinct``, those of the machine's kernel.
    public static func distinctKernel(_ matter: KernelMatter) -> [TestBackend] {
        distinct.filter { $0 != .simulation }
    }
}

/// What a simulated host has not, so that a test about it runs on the machine's kernel alone.
public enum KernelMatter: Sendable {
    /// Descriptors of the process, which other calls than a network's read, change and close: a simulated host's numbers are its own.
    case descriptorsOfTheProcess
    /// Child processes and signals: a simulated host runs one process, which cannot fork.
    case processes
    /// Several executors: a simulated host has one, which runs everything.
    case severalExecutors
    /// The main actor's thread, and others that a test parks or looks at: nothing outside of a simulation may run in it.
    case foreignThreads
    /// What the process counts of itself: memory, threads, time on the processor.
    case accountsOfTheProcess
    /// Time that passes while somebody is always at work.
    case timeThatPasses
    /// Urgent data, which a simulated host refuses.
    case urgentData
    /// Queues of errors, `IP_RECVERR`, which a simulated host refuses.
    case errorQueues
    /// Frames of a link, which a simulated host has not.
    case packetSockets
    /// Messages of one socket to several UNIX peers, one of whom is full: a simulated host sends them in their order, so all wait.
    case severalUNIXPeers
    /// Other programs as peers, which have no part in a simulation.
    case otherPrograms
    /// Hosts made of the machine's own parts: a simulation has hosts of its own, and is tested on those.
    case ownHosts
    /// How long computing takes: nothing in a simulation, so what never waits never comes to a deadline.
    case computingTime
}
