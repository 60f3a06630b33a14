internal import SocketModel

/// Something that goes wrong in a simulation while it lasts: data, to be injected with ``Simulation/inject(_:)``.
public enum Fault: Hashable, Sendable, Codable {
    /// The ways from some hosts to others have these conditions instead of the usual ones.
    case conditions(LinkConditions, from: HostSelection = .all, to: HostSelection = .all)
    /// No packet gets from one group of hosts to the other, in either direction.
    case partition(HostSelection, HostSelection, Partition = .silent)
    /// No packet gets from some hosts to others; the other direction is not concerned.
    case oneWayPartition(from: HostSelection, to: HostSelection, Partition = .silent)
    /// Packets from some hosts to others are held, and go on in their order when the fault is healed. Nobody is told, as by a silent
    /// partition.
    case hold(from: HostSelection, to: HostSelection)
    /// Certain packets fare badly.
    case rule(PacketRule)
    /// The hosts' clocks are ahead by so much, or behind.
    case clockOffset(Duration, HostSelection)
    /// The hosts' clocks gain so many parts in a billion, or lose: at most half a second a second.
    case clockDrift(Int64, HostSelection)
    /// The hosts' programs stand still; their kernels go on to receive and acknowledge.
    case pause(HostSelection)
    /// So many descriptors there may be on a host, the first three, that are not sockets, included: `RLIMIT_NOFILE`.
    case descriptorLimit(Int, HostSelection)
    /// A send on these hosts takes at most so many bytes of a stream, at least 1.
    case smallSends(most: Int, HostSelection)
    /// A receive on these hosts gives at most so many bytes of a stream, at least 1.
    case shortReceives(most: Int, HostSelection)
    /// Streams on these hosts are read no faster than so many bytes a second, at least 1: what comes faster waits in buffers, and then
    /// with the peer.
    case slowReceives(bytesPerSecond: Int, HostSelection)
    /// A send on these hosts fails so likely, 0...1, for want of buffers: `ENOBUFS`.
    case outOfBuffers(Double, HostSelection)
    /// Look-ups on these hosts fare so, whatever the simulation's names say otherwise.
    case names(NameConditions, HostSelection = .all)

    /// How a partition shows.
    public enum Partition: String, Hashable, Sendable, Codable, CaseIterable {
        /// Packets are lost: peers time out.
        case silent
        /// Packets are lost, and whoever sent them is told: `EHOSTUNREACH`.
        case unreachable
    }
}

/// An injected fault, which lasts until it is healed, or until this object is gone.
public final class InjectedFault: Sendable {
    private let world: World
    let number: Int
    /// What was injected.
    public let fault: Fault

    init(_ world: World, _ number: Int, _ fault: Fault) {
        self.world = world
        self.number = number
        self.fault = fault
    }

    deinit { heal() }

    /// Ends the fault; again is harmless.
    public func heal() {
        let (world, number) = (world, number)
        let heal = { world.heal(number) }
        world.perform(heal)
    }
}

extension Simulation {
    /// Lets something go wrong from now on, until it is healed: by ``InjectedFault/heal()``, or when what is returned is gone.
    ///
    /// ```swift
    /// let simulation = Simulation(seed: 7)
    /// let fault = simulation.inject(.partition(["a"], ["b"]))
    /// try simulation.run(for: .seconds(30))
    /// fault.heal()
    /// ```
    ///
    /// Faults may overlap: where two decide the same, the one that was injected last does. Programs of the simulation may inject faults, too.
    ///
    /// - Returns: What heals the fault. `_ = simulation.inject(…)` heals it at once.
    public func inject(_ fault: Fault) -> InjectedFault { InjectedFault(world, world.inject(fault), fault) }

    /// Lets something go wrong while `body` runs.
    ///
    /// - Throws: what `body` throws.
    public func with<Result, Failure: Error>(
        _ fault: Fault, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let injected = inject(fault)
        defer { injected.heal() }
        return try body()
    }

    /// Lets something go wrong while `body` runs.
    ///
    /// - Throws: what `body` throws.
    nonisolated(nonsending) public func with<Result, Failure: Error>(
        _ fault: Fault, _ body: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let injected = inject(fault)
        defer { injected.heal() }
        return try await body()
    }

    /// Has something done at a later moment: so much time from now.
    ///
    /// It is called between two events and must not wait; it may inject and heal faults, crash hosts, start programs. A moment that the
    /// simulation does not get to never comes. What it refers to is held until then, so the simulation itself should be held weakly.
    public func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) {
        let world = world
        let schedule = { world.schedule(ScheduledAction(action), after: delay.saturatingNanoseconds) }
        world.perform(schedule)
    }
}

/// What somebody wants done at a moment.
final class ScheduledAction: Event {
    private let action: () -> Void

    init(_ action: @escaping () -> Void) { self.action = action }

    override consuming func occur() { action() }
}
