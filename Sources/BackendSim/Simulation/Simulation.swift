public import SocketModel

/// A whole network in memory and in virtual time: hosts, the links between them, and what runs on the hosts. The seed decides
/// everything: the same programs with the same seed do the same.
///
/// Make hosts with ``host(_:)``, give them programs with `run`, then let time pass with ``run()`` or ``run(for:)``. In between the simulation
/// stands still, and everything may be looked at and changed.
///
/// It holds its programs: one that refers to the simulation must do so weakly, or neither is ever freed. One thread uses it at a time, the one
/// that runs it or a program of it: what others do is refused, and reported by the run.
///
/// Sendable without check: one thread at a time carries it on, and all others are turned away.
public final class Simulation: @unchecked Sendable {
    let world: World

    /// A network without hosts, at the beginning of its time.
    ///
    /// - Parameters:
    ///   - seed: What decides all that is random.
    ///   - options: What cannot be changed later. Numbers out of bounds are brought into them.
    public init(seed: UInt64 = 0, options: SimulationOptions = SimulationOptions()) {
        world = World(seed: seed, options: options)
    }

    deinit { world.tearDown() }

    /// The seed.
    public var seed: UInt64 { world.seed }

    /// The present: how long the simulation has lasted.
    public var now: NetworkInstant { NetworkInstant(nanoseconds: world.now) }

    /// A hash over all that has happened so far: what was sent, where and when it arrived, what was looked up and written to stores, how many
    /// steps that took, and what time it is. Two runs with the same hash have done the same, in this process or another.
    public var hash: UInt64 {
        var hash = world.hash
        hash.fold(UInt64(bitPattern: world.now), world.happened)
        return hash.value
    }

    /// The host of that name, made when it is asked for first; it runs from then on.
    ///
    /// Any text is a name. Upper and lower case differ here, but not in look-ups, which find the host that was made first; and what
    /// could not be a host's name in DNS, such as an empty text, cannot be looked up.
    public func host(_ name: String) -> SimulatedHost {
        if let host = world.enter({ world.host(name) }) { return host }
        _ = world.escaped("host")
        // One of another world, that never runs.
        return World(seed: seed, options: world.options).host(name)
    }

    /// All hosts, in the order they were made.
    public var hosts: [SimulatedHost] { world.enter { world.hosts } ?? [] }

    /// What is open and who waits, host by host: a row a socket, as `netstat(8)` has it, with the calls of tasks and threads that wait for it and
    /// since when; then the threads that wait for something else.
    public var netstat: String {
        world.enter { world.netstat } ?? "another thread runs the simulation\n"
    }

    /// Lets so much virtual time pass, whatever programs have ended, and returns at its end. Negative durations let none pass.
    ///
    /// - Throws: ``SimulationError`` at the first thing that goes wrong: a program has thrown, or waits for what can never happen.
    ///   Then the simulation stands still, and may be run on.
    @available(*, noasync, message: "this keeps the thread until it is done")
    public func run(for duration: Duration) throws(SimulationError) {
        try world.run(until: world.moment(after: duration))
    }

    /// Lets time pass until all programs that run in the foreground have ended.
    ///
    /// Servers that only wait for connections do not keep it; others that may wait for ever are started with `inBackground: true`.
    ///
    /// - Throws: ``SimulationError`` as ``run(for:)``.
    @available(*, noasync, message: "this keeps the thread until it is done")
    public func run() throws(SimulationError) { try world.run(until: nil) }

    /// Lets time pass until all programs that run in the foreground have ended, as ``run()``, but no more than so much.
    ///
    /// - Throws: ``SimulationError`` as ``run(for:)``, and ``SimulationError/unfinished(after:netstat:)`` when the time is over and they have not.
    @available(*, noasync, message: "this keeps the thread until it is done")
    public func run(atMost duration: Duration) throws(SimulationError) {
        try world.run(until: nil, atMost: duration)
    }
}

extension World {
    func host(_ name: String) -> SimulatedHost {
        if let host = hosts.first(where: { $0.name == name }) { return host }
        let host = SimulatedHost(self, name: name, number: hosts.count + 1)
        hosts.append(host)
        fabric.add(host, host.addresses)
        note(.start(host: host.number))
        return host
    }

    /// Runs until a moment, or until the foreground's programs have ended, for which they may have so much time.
    func run(until end: Int64?, atMost limit: Duration? = nil) throws(SimulationError) {
        if isInside { throw .escaped("the simulation runs already, and was told to run by what runs in it") }
        let result = enter { Result { () throws(SimulationError) in try runInside(until: end, limit) } }
        guard let result else { throw .escaped("another thread runs the simulation") }
        try result.get()
    }

    private func runInside(until end: Int64?, _ limit: Duration?) throws(SimulationError) {
        try refuseUntold()
        let last = limit.map { moment(after: $0) } ?? end ?? Self.endOfTime
        while troubles.isEmpty {
            if end == nil, !hasForeground { break }
            if isLivelocked { break }
            guard step(until: last) else { break }
        }
        readMail()
        // Whatever programs make of that.
        if isLivelocked { throw livelock }
        if troubles.isEmpty, events.first?.instant ?? .max > Self.endOfTime, isStuck {
            waitForMail()
            if troubles.isEmpty { throw stuckness }
        }
        if !troubles.isEmpty { throw troubles.removeFirst() }
        // What only waits for connections, while nothing else can happen, is not waited for.
        if let limit, hasForeground, events.first != nil {
            now = max(now, last)
            throw .unfinished(after: limit, netstat: waitingPrograms + netstat)
        }
        if let end { now = max(now, end) }
    }

    /// So much time from now; the end of time if that is sooner.
    func moment(after duration: Duration) -> Int64 {
        min(NetworkInstant(nanoseconds: now).advanced(by: duration).nanoseconds, Self.endOfTime)
    }

    /// Whether a program of the foreground has not ended: the one that was found last is asked first.
    private var hasForeground: Bool {
        if awaited?.isPending == true { return true }
        awaited = hosts.lazy.compactMap(\.foreground).first
        return awaited != nil
    }

    private var livelock: SimulationError { .livelock(steps: options.stepsAtOneInstant, netstat: netstat) }

    private var stuckness: SimulationError {
        guard let name = departures.first else { return .stuck(netstat: waitingPrograms + netstat) }
        return .escaped(
            "nothing can happen any more, and a task of \(name) has gone to the global executor, as Task { } and Task.detached do"
        )
    }

    /// The programs that have not ended, a line each.
    private var waitingPrograms: String {
        let lines = hosts.flatMap { host in
            host.programs.filter { $0.isForeground && $0.isPending }.map { program in
                "\(program.name) on \(host.name) has not ended" + (host.waits ? "" : Self.waitsElsewhere)
            }
        }
        return lines.map { "\($0)\n" }.joined()
    }

    private static let waitsElsewhere =
        ", and waits for nothing of the simulation's: for a continuation, say, an AsyncStream or the main actor"

    /// Whether a program of the foreground waits; one that only accepts may do so for ever.
    private var isStuck: Bool {
        hosts.contains { $0.foreground != nil && !$0.waitsForConnectionsOnly }
    }
}

extension SimulatedHost {
    /// Whether anything waits on it for something that the simulation knows of.
    fileprivate var waits: Bool {
        guard let kernel else { return false }
        return kernel.parkings.contains { !$0.isOver }
            || kernel.descriptors.all.contains { $0.entry.socket.places.contains { !$0.waitingOperations.isEmpty } }
    }

    /// Whether all that waits on it waits for connections.
    var waitsForConnectionsOnly: Bool {
        guard let kernel else { return true }
        let waiting = kernel.descriptors.all.flatMap { $0.entry.socket.places.flatMap(\.waitingOperations) }
        return !waiting.isEmpty && waiting.allSatisfy { $0.name == .accept }
    }
}
