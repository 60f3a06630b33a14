public import SocketModel

/// A whole network in memory and in virtual time: hosts, the links between them, and what runs on the hosts. The seed decides
/// everything: the same programs with the same seed do the same.
///
/// Sendable without check: one thread at a time carries it on, and all others are turned away.
public final class Simulation: @unchecked Sendable {
    let world: World

    /// A network without hosts, at the beginning of its time.
    public init(seed: UInt64 = 0, options: SimulationOptions = SimulationOptions()) {
        world = World(seed: seed, options: options)
    }

    deinit { world.tearDown() }

    /// The seed.
    public var seed: UInt64 { world.seed }

    /// The present: how long the simulation has lasted.
    public var now: NetworkInstant { NetworkInstant(nanoseconds: world.now) }

    /// A hash over all that has happened: two runs with the same hash have done the same.
    public var hash: UInt64 { world.hash.value }

    /// The host of that name, made when it is asked for first.
    public func host(_ name: String) -> SimulatedHost { world.host(name) }

    /// All hosts, in the order they were made.
    public var hosts: [SimulatedHost] { world.hosts }

    /// What is open and who waits, host by host: a row a socket, as `netstat(8)` has it, with the calls of tasks and threads that wait for it and
    /// since when; then the threads that wait for something else.
    public var netstat: String { world.netstat }

    /// Lets so much time pass.
    ///
    /// - Throws: ``SimulationError`` at the first thing that goes wrong: a program has thrown, or waits for what can never happen.
    @available(*, noasync, message: "this keeps the thread until it is done")
    public func run(for duration: Duration) throws(SimulationError) {
        let end = NetworkInstant(nanoseconds: world.now).advanced(by: duration).nanoseconds
        try world.run(until: end)
    }

    /// Lets time pass until all programs that run in the foreground have ended.
    ///
    /// - Throws: ``SimulationError`` as ``run(for:)``.
    @available(*, noasync, message: "this keeps the thread until it is done")
    public func run() throws(SimulationError) { try world.run(until: nil) }
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

    /// Runs until a moment, or until the foreground's programs have ended.
    func run(until end: Int64?) throws(SimulationError) {
        let result = enter { Result { () throws(SimulationError) in try runInside(until: end) } }
        guard let result else { throw .escaped("another thread runs the simulation") }
        try result.get()
    }

    private func runInside(until end: Int64?) throws(SimulationError) {
        try refuseUntold()
        while troubles.isEmpty {
            if end == nil, !hosts.contains(where: \.hasForeground) { return }
            if isLivelocked { throw .livelock(steps: options.stepsAtOneInstant, netstat: netstat) }
            guard step(until: end ?? .max) else { break }
        }
        if troubles.isEmpty, events.next == nil, isStuck {
            waitForMail()
            if troubles.isEmpty { throw stuckness }
        }
        if !troubles.isEmpty { throw troubles.removeFirst() }
        if let end { now = max(now, end) }
    }

    private var stuckness: SimulationError {
        guard let name = departures.first else { return .stuck(netstat: netstat) }
        return .escaped(
            "nothing can happen any more, and a task of \(name) has gone to the global executor, as Task { } and Task.detached do"
        )
    }

    /// Whether a program of the foreground waits for what nobody will do; one that only accepts may wait for ever.
    private var isStuck: Bool {
        hosts.contains { $0.hasForeground && !$0.waitsForConnectionsOnly }
    }
}

extension SimulatedHost {
    /// Whether all that waits on it waits for connections.
    var waitsForConnectionsOnly: Bool {
        guard let kernel else { return true }
        let waiting = kernel.descriptors.all.flatMap { $0.entry.socket.places.flatMap(\.waitingOperations) }
        return !waiting.isEmpty && waiting.allSatisfy { $0.name == .accept }
    }
}
