import Sockets

/// One run of a scenario with one seed.
struct ScenarioRun {
    let simulation: Simulation
    /// Why it failed; nil if it did not.
    private(set) var error: SimulationError?
    private let scenario: any Scenario

    /// - Parameter troubles: The only ones that its chaoses bring about; nil for all.
    init(_ name: ScenarioName, seed: UInt64, troubles: Set<ChaosTrouble.ID>? = nil, isTraced: Bool) {
        let type = name.type
        var options = type.options
        options.troubles = troubles
        simulation = Simulation(seed: seed, options: options)
        if isTraced { simulation.startTracing() }
        scenario = type.init(simulation)
        do throws(SimulationError) {
            try simulation.run(until: type.duration)
        } catch {
            self.error = error
        }
    }

    var outcome: String {
        "\(scenario.outcome), in \(Duration.nanoseconds(simulation.now.nanoseconds).inMilliseconds) of virtual time"
    }
}

extension Simulation {
    /// Runs until all programs in the foreground have ended, for so long at most.
    fileprivate func run(until duration: Duration) throws(SimulationError) {
        // Whoever has not ended after so long is complained of as who can never end.
        hosts.first?.run("watch", inBackground: true) { network in
            try await network.sleep(for: duration)
            throw ScenarioFailure(description: "it has not ended after \(duration.inMilliseconds) of virtual time")
        }
        try run()
    }
}

/// A hash as the last line of a run has it: 16 digits.
func hexadecimal(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
