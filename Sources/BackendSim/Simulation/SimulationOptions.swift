public import SocketModel

/// What a simulation is made with, beside its seed.
public struct SimulationOptions: Sendable {
    /// How long a packet from a host to itself is under way.
    public var loopbackLatency: Duration = .microseconds(10)
    /// The conditions between any two hosts, unless others are set.
    public var conditions = LinkConditions()
    /// The largest packet between two hosts, in bytes with its network header: the MTU. Held to 1280...65535.
    public var maximumPacket = 1500
    /// Whether the seed decides which goes first of tasks, threads and timers that are ready at the same instant. Otherwise they go in the order in
    /// which they became ready, whatever the seed: on, a range of seeds finds races between the tasks of a host, too.
    public var shufflesTasks = false
    /// The only troubles that chaoses bring about, by what ``Simulation/troubles`` told of another run with the same seed; nil for all. Whatever else
    /// happens stays the same, but for what follows from them.
    public var troubles: Set<ChaosTrouble.ID>?
    /// How much may happen at one instant of virtual time before the run is given up as one that never ends: steps, and calls
    /// that need not wait.
    public var stepsAtOneInstant = 10_000_000
    /// After how many seconds of real time a line is written to standard error about a simulated thread that does not come back, as it
    /// waits for a lock, say. Nothing else happens then.
    public var watchdogSeconds = 10
    /// Whether what programs enqueue on the global executor runs on their host instead: unstructured and detached tasks, and their sleeps.
    ///
    /// The main actor is not captured, nor is a sleep on a foreign clock by an actor's method in such a task. A sleep on a foreign clock is
    /// rounded up to whole milliseconds, to be the same every time unless the machine stalls; one on the network's is exact. Where the
    /// runtime has no hook a run fails with ``SimulationError/notCapturing``.
    public var capturesGlobalExecutor = false
    /// Where `sendFile` reads; without a source every file is a bad descriptor.
    public var fileSource: (any SimulatedFileSource)?

    /// The defaults.
    public init() {}
}

extension SimulationOptions {
    /// The same with its numbers in their bounds: none of them traps.
    var bounded: SimulationOptions {
        var bounded = self
        bounded.maximumPacket = min(max(maximumPacket, 1280), 65_535)
        return bounded
    }
}

/// What a simulated `sendFile` reads from: a program's files by number, supplied by whoever tests it.
public protocol SimulatedFileSource: Sendable {
    /// At most `count` bytes of file `descriptor` from `offset`; none at its end.
    ///
    /// - Throws: the error number that the call is to fail with.
    func read(_ descriptor: Int32, _ offset: Int64, _ count: Int) throws(Errno) -> [UInt8]
}
