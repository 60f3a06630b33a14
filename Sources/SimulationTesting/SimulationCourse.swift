internal import Sockets
internal import Testing

/// Which runs a test's body gets: those that it asks for, unless the environment asks for others.
struct SimulationCourse {
    private let seeds: SeedChoice
    private let troubles: TroubleChoice
    private let options: SimulationOptions
    private let sourceLocation: SourceLocation

    init(seeds: SeedChoice, troubles: TroubleChoice, _ options: SimulationOptions, _ sourceLocation: SourceLocation) {
        self.seeds = seeds
        self.troubles = troubles
        self.options = options
        self.sourceLocation = sourceLocation
    }

    /// How often a seed is run that fails, to find the fewest troubles it takes.
    private static let mostRuns = 200

    /// Runs it, one seed after the other, until one fails.
    func run(_ asked: Range<UInt64>, _ body: (Simulation) throws -> Void) {
        switch seeds {
        case .all:
            if asked.isEmpty { Issue.record("there is no seed to run", sourceLocation: sourceLocation) }
            for seed in asked where !succeeds(seed, body) { return }
        case .one(let seed): _ = succeeds(seed, body)
        case .range(let range):
            for seed in range {
                guard succeeds(seed, body) else { return }
                tell(seed, of: range)
            }
        case .unreadable(let text):
            refuse(SeedChoice.variable, text, "a number, or a range as 0..<1000")
        }
    }

    private func refuse(_ variable: String, _ text: String, _ rule: String) {
        Issue.record("\(variable) is \"\(text)\", and has to be \(rule)", sourceLocation: sourceLocation)
    }

    /// Runs a seed, and reports its failure.
    private func succeeds(_ seed: UInt64, _ body: (Simulation) throws -> Void) -> Bool {
        switch troubles {
        case .all: return SeedRun(seed, options, sourceLocation).succeeds(body)
        case .some(let ids) where !ids.isEmpty && seeds.isMany:
            Issue.record(
                "\(TroubleChoice.variable) tells troubles of one seed: \(SeedChoice.variable) must tell which",
                sourceLocation: sourceLocation)
            return false
        case .some(let ids):
            let run = SeedRun(seed, options.with(ids), sourceLocation)
            return run.succeeds(body) && hasHad(ids, run.simulation)
        case .fewest: return succeedsWithFewest(seed, body)
        case .unreadable(let text):
            refuse(TroubleChoice.variable, text, "fewest, none, or numbers of troubles as 1.3,1.12")
            return false
        }
    }

    /// Whether a run that has gone well has had all the troubles it was to have: else that tells nothing.
    private func hasHad(_ ids: Set<ChaosTrouble.ID>, _ simulation: Simulation) -> Bool {
        guard let lack = simulation.lack(of: ids) else { return true }
        Issue.record(Comment(rawValue: lack), sourceLocation: sourceLocation)
        return false
    }

    /// Runs a seed, and if it fails runs it with fewer and fewer troubles, and reports the failure with the fewest.
    private func succeedsWithFewest(_ seed: UInt64, _ body: (Simulation) throws -> Void) -> Bool {
        let first = SeedRun(seed, options, sourceLocation)
        guard let failure = first.failure(body) else { return true }
        let all = first.simulation.troubles
        print("seed \(seed) fails with \(all.count) troubles; running it with fewer")
        var runs = 0
        let fewest = ChaosTrouble.fewest(of: all, attempts: Self.mostRuns) { some in
            runs += 1
            return SeedRun(seed, options.with(Set(some.map(\.id))), sourceLocation).fails(body)
        }
        let isDone = runs < Self.mostRuns
        let found =
            "of its \(all.count) troubles, found in \(runs) runs" + (isDone ? "" : ", of which there may be no more")
        let last = SeedRun(seed, options.with(Set(fewest.map(\.id))), sourceLocation, found: all.isEmpty ? nil : found)
        // It has failed so before; else something beside the seed decides.
        if last.succeeds(body) {
            Issue.record(
                "seed \(seed) fails in one run and not in the next; the first failed with: \(failure)",
                sourceLocation: sourceLocation)
        }
        return false
    }

    /// Who asks for many seeds waits long: a line for each tenth.
    private func tell(_ seed: UInt64, of range: Range<UInt64>) {
        let (done, count) = (seed - range.lowerBound + 1, range.upperBound - range.lowerBound)
        let tenths = { (number: UInt64) in
            number.multipliedFullWidth(by: 10).high > 0 ? 0 : number * 10 / count
        }
        guard tenths(done) > tenths(done - 1) else { return }
        print("\(Test.current?.name ?? "simulate"): \(done) of \(count) seeds, none has failed")
    }
}

extension SimulationOptions {
    fileprivate func with(_ troubles: Set<ChaosTrouble.ID>) -> SimulationOptions {
        var options = self
        options.troubles = troubles
        return options
    }
}
