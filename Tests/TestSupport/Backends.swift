public import Sockets

#if URing
    import BackendURing
#endif

/// A way to run a program, by name, so that it can travel into a child process.
public enum TestBackend: String, CaseIterable, Codable, Sendable, CustomStringConvertible {
    case posix
    case recordedPOSIX
    case posixUnderAnEmptyFaultPlan
    #if URing
        case uring
        /// What an older kernel leaves of it.
        case uringWithoutFeatures
        case uringOfWholeBuffers
    #endif
    /// Inside of a fence that lets everything through: somebody else's wrapper, which runs when `SOCKETS_BACKENDS` names it.
    case fencedPOSIX
    /// A host of a simulated network. Outside of ``run(_:)`` each network has a simulation of its own, which its blocking calls carry on.
    case simulation

    /// The choice to make a network with.
    public var choice: BackendChoice { choice(threads: 1) }

    /// The choice to make a network with that has so many executors.
    public func choice(threads: Int) -> BackendChoice {
        switch self {
        case .posix: .posix(threads: threads)
        case .recordedPOSIX: .posix(threads: threads).recorded(by: Recorder(capacity: 16))
        case .posixUnderAnEmptyFaultPlan: .posix(threads: threads).injecting(FaultPlan())
        case .fencedPOSIX: .posix(threads: threads).wrapped { Fence($0, to: Fence.everywhere) }
        #if URing
            case .uring: .uring(URingOptions(threads: threads))
            case .uringWithoutFeatures: .uring(URingOptions(threads: threads, without: .all))
            case .uringOfWholeBuffers: .uring(URingOptions(threads: threads, without: .incrementalBuffers))
        #endif
        case .simulation: .simulated(threads: threads)
        }
    }

    /// A new network. In ``run(_:)`` it has the machine of the network that is there, which in a simulation is one host.
    public func network(threads: Int = 1) throws(SocketError) -> Network { try Network(choice(threads: threads)) }

    /// The backend and what wraps it.
    public var description: String { rawValue }
}

extension Deadline {
    /// A safety net: nothing here takes that long unless it hangs. Tests that block share few threads with those that await, which may have
    /// to wait for them to begin.
    public static var net: Deadline { .within(.seconds(300)) }
}

extension Fence {
    /// All addresses there are.
    static var everywhere: [IPPrefix] {
        [IPAddress.v4(.any), .v6(.any)].compactMap { try? IPPrefix($0, length: 0) }
    }
}
