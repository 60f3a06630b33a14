public import SocketModel

/// Two runs of a simulation, with the same seed, that did not do the same: something decided that is neither the seed nor the program, such
/// as the wall clock, a random number from elsewhere, the order of a set, or another thread.
public struct SimulationDivergence: Error, Sendable, CustomStringConvertible {
    /// What happened in a run where the other did something else.
    public struct Step: Hashable, Sendable {
        /// When.
        public let time: NetworkInstant
        /// What, in words.
        public let words: String
    }

    /// The seed of both.
    public let seed: UInt64
    /// Which step of the run it was, from 0.
    public let index: Int
    /// What the first run did; nil if it had ended.
    public let first: Step?
    /// What the second run did; nil if it had ended.
    public let second: Step?

    /// Both in words.
    public var description: String {
        func words(_ step: Step?) -> String {
            step.map { "at \(seconds($0.time.nanoseconds)) s \($0.words)" } ?? "nothing happens any more"
        }
        let same = first == second ? ", in what is sent or written" : ""
        return """
            with seed \(seed) two runs differ at step \(index)\(same):
              first run:  \(words(first))
              second run: \(words(second))
            does a program use a clock or a random number that is not its network's?
            """
    }
}

extension Simulation {
    /// Runs a simulation twice, and makes sure that both runs do the same, step by step.
    ///
    /// ```swift
    /// try Simulation.verify(seed: 42, for: .seconds(60)) { simulation in
    ///     let receiver = try simulation.host("b").network.socket(.ipv4, .datagram)
    ///     try receiver.bind(to: "0.0.0.0", port: 5000)
    ///     try simulation.host("a").network.socket(.ipv4, .datagram).send("hi", to: "b", port: 5000)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - seed: The seed of both.
    ///   - options: What both are made with.
    ///   - duration: How long they run; without it until the programs in the foreground have ended.
    ///   - stepLimit: How many steps of the first run are remembered, of 32 bytes each. Of later ones only what came of them is compared.
    ///   - setUp: Makes hosts and programs; called once a run.
    /// - Returns: The hash of both.
    /// - Throws: ``SimulationDivergence`` with the first difference; if there is none, what the runs or `setUp` threw.
    @available(*, noasync, message: "this keeps the thread until it is done")
    @discardableResult
    public static func verify(
        seed: UInt64 = 0, options: SimulationOptions = SimulationOptions(), for duration: Duration? = nil,
        stepLimit: Int = 4_000_000, _ setUp: (Simulation) throws -> Void
    ) throws -> UInt64 {
        func run() -> WitnessedRun {
            let (simulation, witness) = witnessed(seed, options, stepLimit)
            do {
                try setUp(simulation)
                if let duration { try simulation.run(for: duration) } else { try simulation.run() }
            } catch {
                return WitnessedRun(simulation, witness, error)
            }
            return WitnessedRun(simulation, witness, nil)
        }
        return try run().agreement(with: run())
    }

    /// As the form that keeps the thread, with the runs on threads of their own while the calling task is suspended: for tests that are `async`.
    ///
    /// - Throws: As that, and ``SimulationError/cancelled``.
    @discardableResult
    public static func verify(
        seed: UInt64 = 0, options: SimulationOptions = SimulationOptions(), for duration: Duration? = nil,
        stepLimit: Int = 4_000_000, _ setUp: (Simulation) throws -> Void
    ) async throws -> UInt64 {
        func run() async -> WitnessedRun {
            let (simulation, witness) = witnessed(seed, options, stepLimit)
            do {
                try setUp(simulation)
                if let duration { try await simulation.run(for: duration) } else { try await simulation.run() }
            } catch {
                return WitnessedRun(simulation, witness, error)
            }
            return WitnessedRun(simulation, witness, nil)
        }
        let first = await run()
        return try await first.agreement(with: run())
    }

    private static func witnessed(
        _ seed: UInt64, _ options: SimulationOptions, _ limit: Int
    ) -> (Simulation, Witness) {
        let simulation = Simulation(seed: seed, options: options)
        let witness = Witness(limit: limit)
        simulation.world.witness = witness
        return (simulation, witness)
    }
}

/// What there is to compare of a run, when it is over.
private struct WitnessedRun {
    let seed: UInt64
    let steps: [Witness.Step]
    let count: Int
    let hash: UInt64
    let end: Int64
    let error: (any Error)?
    private let hosts: [String]

    init(_ simulation: Simulation, _ witness: Witness, _ error: (any Error)?) {
        simulation.world.witness = nil
        seed = simulation.seed
        self.error = error
        (steps, count) = (witness.steps, witness.count)
        (hash, end) = (simulation.hash, simulation.world.now)
        hosts = simulation.hosts.map(\.name)
    }

    /// The hash of both, if they are the same.
    func agreement(with other: WitnessedRun) throws -> UInt64 {
        // Who has left the simulation is why they differ, if they do.
        if let error = escape ?? other.escape { throw error }
        if let divergence = divergence(from: other) { throw divergence }
        if let error = error ?? other.error { throw error }
        return hash
    }

    private var escape: SimulationError? {
        if case .escaped? = error as? SimulationError { error as? SimulationError } else { nil }
    }

    private func divergence(from other: WitnessedRun) -> SimulationDivergence? {
        guard let index = index(of: other) else { return nil }
        return SimulationDivergence(seed: seed, index: index, first: step(index), second: other.step(index))
    }

    /// The first step that differs.
    private func index(of other: WitnessedRun) -> Int? {
        for (index, (one, another)) in zip(steps, other.steps).enumerated() where one != another {
            // What has happened before differs: so the step before was another, though it looked the same.
            return one.hash != another.hash && index > 0 ? index - 1 : index
        }
        if count == other.count, hash == other.hash, end == other.end { return nil }
        let remembered = min(steps.count, other.steps.count)
        let isLast = count == other.count && count == remembered
        return isLast ? max(remembered - 1, 0) : remembered
    }

    private func step(_ index: Int) -> SimulationDivergence.Step? {
        guard index < steps.count else { return count > steps.count ? beyond : nil }
        let name = { (host: Int) in host > 0 && host <= hosts.count ? hosts[host - 1] : "nobody" }
        return SimulationDivergence.Step(
            time: NetworkInstant(nanoseconds: steps[index].time), words: steps[index].what.words(name))
    }

    /// Of a step that is not remembered.
    private var beyond: SimulationDivergence.Step {
        SimulationDivergence.Step(
            time: NetworkInstant(nanoseconds: end),
            words: "the run has ended after \(count) steps, of which \(steps.count) were remembered")
    }
}
