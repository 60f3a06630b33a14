/// Trouble by chance: of which kinds, how often, for how long. It is let loose with ``Simulation/unleash(_:for:)``, and the seed decides the rest.
///
/// ```swift
/// let simulation = Simulation(seed: 7)
/// var chaos = Chaos(.crash, .isolation, .slowLinks)
/// chaos.hosts = ["a", "b", "c"]
/// chaos.duration = .uniform(.seconds(1)...(.seconds(20)))
/// simulation.unleash(chaos, for: .seconds(60))
/// try simulation.run(for: .seconds(60))
/// // All hosts run and all is healed: what was promised must hold, and soon be done.
/// try simulation.run(atMost: .seconds(30))
/// ```
public struct Chaos: Hashable, Sendable, Codable {
    /// What may happen, each as likely as any other; a kind that is there twice is twice as likely. None: nothing happens.
    public var kinds: [Kind]
    /// Whom it happens to. Hosts that are made later are included.
    public var hosts: HostSelection = .all
    /// How long it is from the beginning of one trouble to that of the next, and to the first: at least a microsecond.
    public var interval: Distribution = .exponential(mean: .seconds(5))
    /// How long one lasts.
    public var duration: Distribution = .exponential(mean: .seconds(3))
    /// How many there may be at once, at least 1; while there are, no other begins.
    public var limit = 2

    /// Trouble of all kinds.
    public init() { kinds = Kind.allCases }

    /// Trouble of these kinds.
    public init(_ kinds: Kind...) { self.kinds = kinds }
}

extension Chaos {
    /// What may happen, to a host that is chosen by chance.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// It crashes, and restarts: ``SimulatedHost/crash()``.
        case crash
        /// Its programs stand still: ``Fault/pause(_:)``.
        case pause
        /// No packet gets from it to any other, or back. Whether peers are told is left to chance, here and in ``split``.
        case isolation
        /// All hosts fall into two groups, with no packet between them: ``Fault/partition(_:_:_:)``.
        case split
        /// No packet gets from it to any other; or to it, from any other.
        case deafness
        /// Packets from it, or to it, are held, and go on when it is over: ``Fault/hold(from:to:)``.
        case hold
        /// Packets from it take longer, now and then as long as two seconds.
        case slowLinks
        /// Packets from it are lost, as many as every other.
        case loss
        /// Packets from it arrive twice, and in another order.
        case disorder
        /// Its clock is half a minute ahead at most, or behind.
        case clockOffset
        /// Its clock gains a hundredth at most, or loses.
        case clockDrift
        /// Its sends and receives are of a few bytes.
        case smallTransfers
        /// Its streams are read slowly, 1 to 64 KiB a second.
        case slowReceives
        /// Its sends fail now and then for want of buffers.
        case outOfBuffers
        /// Its look-ups fail, or take long.
        case names
    }
}
