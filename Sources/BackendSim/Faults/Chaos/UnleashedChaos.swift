internal import SocketModel

extension Simulation {
    /// Lets trouble happen by chance from now on, for so long. Then, or when ``UnleashedChaos/end()`` is called, all is healed and the hosts that have
    /// crashed by it run.
    ///
    /// What happens is in the trace. It draws from a stream of its own, so that it changes nothing that is drawn elsewhere; whom it hits depends on
    /// which hosts there are, and run. Faults that are injected meanwhile overlap with it, as any do: of conditions those that were injected last
    /// are in force. A run waits for the programs of a host that is down by it: they will begin anew.
    @discardableResult
    public func unleash(_ chaos: Chaos, for duration: Duration) -> UnleashedChaos {
        let run: ChaosRun? = world.enter {
            world.chaoses += 1
            let run = ChaosRun(world, chaos, number: world.chaoses)
            run.begin(for: duration)
            return run
        }
        if run == nil { _ = world.escaped("unleash") }
        return UnleashedChaos(world, run)
    }
}

/// Trouble that happens by chance, until its time has come or it is ended.
public final class UnleashedChaos: Sendable {
    private let world: World
    private let run: ChaosRun?

    fileprivate init(_ world: World, _ run: ChaosRun?) {
        self.world = world
        self.run = run
    }

    /// Ends it: all that it has done is healed. Again is harmless.
    public func end() {
        let end = { [run] in
            if let run { run.end() }
        }
        world.perform(end)
    }
}

/// What a chaos does.
///
/// Sendable without check: only the thread that carries the simulation on touches it.
private final class ChaosRun: @unchecked Sendable {
    private unowned let world: World
    private let chaos: Chaos
    private let number: Int
    private var intervals: RandomStream
    private var occasions = 0
    private var troubles: [Trouble] = []
    private var isOver = false

    init(_ world: World, _ chaos: Chaos, number: Int) {
        self.world = world
        self.chaos = chaos
        self.number = number
        intervals = world.stream(.chaos, Self.owner(number, 0))
    }

    func begin(for duration: Duration) {
        wait(duration.saturatingNanoseconds) { $0.end() }
        waitForNext()
    }

    func end() {
        isOver = true
        for trouble in troubles { trouble.end() }
        troubles = []
    }

    private func waitForNext() {
        // Time has to pass: a chaos without intervals would never let it.
        wait(max(1000, chaos.interval.draw(&intervals))) { run in
            run.strike()
            run.waitForNext()
        }
    }

    private func wait(_ delay: Int64, _ action: @escaping (ChaosRun) -> Void) {
        world.schedule(ScheduledAction { [self] in if !isOver { action(self) } }, after: delay)
    }

    /// Each occasion has a stream of its own, and so brings the same whatever others have brought.
    private static func owner(_ chaos: Int, _ occasion: Int) -> UInt64 { UInt64(chaos) << 32 | UInt64(occasion) }

    private func strike() {
        occasions += 1
        let id = ChaosTrouble.ID(chaos: number, occasion: occasions)
        guard world.options.troubles?.contains(id) ?? (troubles.count < max(1, chaos.limit)) else { return }
        var draw = ChaosDraw(world.stream(.chaos, Self.owner(number, occasions)), usual: world.options.conditions)
        let hosts = world.hosts.filter { chaos.hosts.contains($0) }
        guard let kind = draw.one(of: chaos.kinds), let host = draw.one(of: hosts), host.kernel != nil else { return }
        let fault = draw.fault(kind, host, among: hosts)
        let duration = draw.duration(chaos.duration)
        world.chaosTroubles.append(
            ChaosTrouble(
                id: id, begin: NetworkInstant(nanoseconds: world.now), duration: .nanoseconds(duration),
                event: fault.map { .fault($0) } ?? .crash(host: host.name)))
        begin(Trouble(host, fault), for: duration)
    }

    private func begin(_ trouble: Trouble, for duration: Int64) {
        troubles.append(trouble)
        wait(duration) { run in
            run.troubles.removeAll { $0 === trouble }
            trouble.end()
        }
    }

    /// Something that has begun, and will end.
    private final class Trouble {
        private let host: SimulatedHost
        private let fault: InjectedFault?
        /// Which of the host's crashes it is.
        private let crash: Int

        /// A fault, or without one a crash.
        init(_ host: SimulatedHost, _ fault: Fault?) {
            self.host = host
            self.fault = fault.map { InjectedFault(host.world, host.world.inject($0), $0) }
            if fault == nil { host.crash(isToRestart: true) }
            crash = host.stops
        }

        func end() {
            if let fault { return fault.heal() }
            // It may have been started, and have crashed again, by somebody else.
            if host.kernel == nil, host.stops == crash { host.restart() }
        }
    }
}
