internal import Sockets
internal import Synchronization
internal import Testing

/// A test's body with one seed.
struct SeedRun {
    let simulation: Simulation
    private let sourceLocation: SourceLocation
    /// Whether it is run with some troubles alone.
    private let isChosen: Bool
    /// How these were found; nil if nobody has looked for them, or there were none.
    private let found: String?

    /// The last events are what tells why it failed.
    private static let tracedEvents = 20_000

    init(
        _ seed: UInt64, _ options: SimulationOptions, _ sourceLocation: SourceLocation, found: String? = nil
    ) {
        self.found = found
        isChosen = options.troubles != nil
        simulation = Simulation(seed: seed, options: options)
        simulation.startTracing(limit: Self.tracedEvents)
        self.sourceLocation = sourceLocation
    }

    /// Runs it, and reports its failure.
    func succeeds(_ body: (Simulation) throws -> Void) -> Bool {
        let (hasFailed, thrown) = run(body, isReported: true)
        if let thrown {
            Issue.record(thrown, Comment(rawValue: report(beside: thrown)), sourceLocation: sourceLocation)
        } else if hasFailed {
            Issue.record(Comment(rawValue: report(beside: nil)), sourceLocation: sourceLocation)
        } else {
            return true
        }
        attach()
        return false
    }

    /// Runs it, and tells whether it fails; its issues are known then.
    func fails(_ body: (Simulation) throws -> Void) -> Bool { failure(body) != nil }

    /// Runs it, and tells what it fails with, in words; its issues are known then.
    func failure(_ body: (Simulation) throws -> Void) -> String? {
        let (hasFailed, thrown) = run(body, isReported: false)
        return thrown.map { "\($0)" } ?? (hasFailed ? "an expectation" : nil)
    }

    private func run(
        _ body: (Simulation) throws -> Void, isReported: Bool
    ) -> (hasFailed: Bool, thrown: (any Error)?) {
        let failed = Flag()
        var thrown: (any Error)?
        // This is how to see the issues that are recorded on the way.
        withKnownIssue(isIntermittent: true, sourceLocation: sourceLocation) {
            do {
                try body(simulation)
            } catch {
                thrown = error
            }
        } matching: { issue in
            if issue.isFailure { failed.raise() }
            return !isReported
        }
        return (failed.isRaised, thrown)
    }

    private func report(beside error: (any Error)?) -> String {
        let netstat = simulation.netstat
        let isTold = error.map { "\($0)".contains(netstat) } ?? false
        return "seed \(simulation.seed) fails after \(simulation.now) of virtual time; to run it alone: \(command)"
            + troubles + (isTold ? "" : "\n\(netstat)")
    }

    /// What chance has brought about.
    private var troubles: String {
        let all = simulation.troubles
        if let found {
            return "\nit fails with \(all.count) \(found):" + list(all)
        }
        if all.isEmpty { return "" }
        if isChosen { return "\nit has had these troubles:" + list(all) }
        return
            "\nit has had \(all.count) troubles; to find the few that do: \(TroubleChoice.variable)=fewest \(command)"
    }

    private func list(_ troubles: [ChaosTrouble]) -> String {
        troubles.map { "\n  \($0.id)  \($0)" }.joined()
    }

    private var command: String {
        let place = Test.current.map { "\($0.sourceLocation.fileName):\($0.sourceLocation.line):" }
        let filter = place.map { " --filter '\($0)'" } ?? ""
        let some = !isChosen ? "" : " \(TroubleChoice.variable)=\(ChaosTrouble.numbers(of: simulation.troubles))"
        return "\(SeedChoice.variable)=\(simulation.seed)\(some) swift test\(filter)"
    }

    /// The test and the seed, as part of a file's name.
    private var label: String {
        let name = Test.current?.name.map { $0.isLetter || $0.isNumber ? $0 : "-" } ?? []
        return String(name).split(separator: "-").joined(separator: "-") + "-seed-\(simulation.seed)"
    }

    /// Keeps with the test what is too long for its report.
    private func attach() {
        Attachment.record(
            simulation.netstat, named: "netstat-\(label).txt", sourceLocation: sourceLocation)
        guard let trace = simulation.trace else { return }
        Attachment.record(trace.text, named: "trace-\(label).txt", sourceLocation: sourceLocation)
        Attachment.record(
            trace.pcapng, named: "trace-\(label).pcapng", sourceLocation: sourceLocation)
    }
}

/// Something that is raised once, by any thread.
private final class Flag: Sendable {
    private let flag = Atomic(false)

    func raise() { flag.store(true, ordering: .relaxed) }
    var isRaised: Bool { flag.load(ordering: .relaxed) }
}
