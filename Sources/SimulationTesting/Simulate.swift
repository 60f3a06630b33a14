public import Sockets
internal import Synchronization
public import Testing

/// Runs a test's body with one simulation after another, one for each seed, until one fails: with an error, or with an expectation.
///
/// ```swift
/// import SimulationTesting
/// import Testing
///
/// @Test func aMessageComesBack() {
///     simulate(seeds: 0..<100) { simulation in
///         simulation.host("server").run(inBackground: true) { network in
///             try await network.listen(port: 7).serve { connection in
///                 while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
///             }
///         }
///         simulation.host("client").run { network in
///             let socket = try await network.connect(to: "server", port: 7)
///             try await socket.sendAll("hello")
///             #expect(try await socket.receiveExactly(5) == "hello")
///         }
///         try simulation.run()
///     }
/// }
/// ```
///
/// The failure tells the seed, the command that runs it again and alone, and what was open then. That is attached to the test as well, and so
/// are the last 20,000 events, as text and as a capture; `swift test --attachments-path` says where to.
/// With the environment variable `SIMULATION_SEED` that seed alone is run, whatever `seeds` are, or a range of them: `SIMULATION_SEED='0..<1000000'` makes
/// a test that is quick in everyday use one that runs all night.
///
/// An expectation in a blocking program, which runs on a thread that Swift Testing does not know, fails the test without this report: have
/// such a program throw.
///
/// - Parameters:
///   - seeds: The seeds, in their order.
///   - options: What each simulation is made with.
///   - body: Makes hosts and programs, and runs the simulation.
public func simulate(
    seeds: Range<UInt64>, options: SimulationOptions = SimulationOptions(),
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Simulation) throws -> Void
) {
    func run(_ seeds: Range<UInt64>, _ each: (UInt64) -> Void = { _ in }) {
        for seed in seeds {
            guard SeedRun(seed, options, sourceLocation).succeeds(body) else { return }
            each(seed)
        }
    }
    switch SeedChoice.ofEnvironment {
    case .all:
        if seeds.isEmpty { Issue.record("there is no seed to run", sourceLocation: sourceLocation) }
        run(seeds)
    case .one(let seed): _ = SeedRun(seed, options, sourceLocation).succeeds(body)
    case .range(let range): run(range) { seed in tell(seed, of: range) }
    case .unreadable(let text):
        Issue.record(
            "\(SeedChoice.variable) is \"\(text)\", and has to be a number, or a range as 0..<1000",
            sourceLocation: sourceLocation)
    }
}

/// Who asks for many seeds waits long: a line for each tenth.
private func tell(_ seed: UInt64, of range: Range<UInt64>) {
    let (done, count) = (seed - range.lowerBound + 1, range.upperBound - range.lowerBound)
    let tenths = { (number: UInt64) in number.multipliedFullWidth(by: 10).high > 0 ? 0 : number * 10 / count }
    guard tenths(done) > tenths(done - 1) else { return }
    print("\(Test.current?.name ?? "simulate"): \(done) of \(count) seeds, none has failed")
}

/// A test's body with one seed.
private struct SeedRun {
    private let simulation: Simulation
    private let sourceLocation: SourceLocation

    /// The last events are what tells why it failed.
    private static let tracedEvents = 20_000

    init(_ seed: UInt64, _ options: SimulationOptions, _ sourceLocation: SourceLocation) {
        simulation = Simulation(seed: seed, options: options)
        simulation.startTracing(limit: Self.tracedEvents)
        self.sourceLocation = sourceLocation
    }

    /// Runs it, and reports its failure.
    func succeeds(_ body: (Simulation) throws -> Void) -> Bool {
        let failed = Flag()
        var thrown: (any Error)?
        // None is known: this is how to see the issues that are recorded on the way.
        withKnownIssue(isIntermittent: true, sourceLocation: sourceLocation) {
            do {
                try body(simulation)
            } catch {
                thrown = error
            }
        } matching: { issue in
            if issue.isFailure { failed.raise() }
            return false
        }
        if let thrown {
            Issue.record(thrown, Comment(rawValue: report(beside: thrown)), sourceLocation: sourceLocation)
        } else if failed.isRaised {
            Issue.record(Comment(rawValue: report(beside: nil)), sourceLocation: sourceLocation)
        } else {
            return true
        }
        attach()
        return false
    }

    private func report(beside error: (any Error)?) -> String {
        let netstat = simulation.netstat
        let isTold = error.map { "\($0)".contains(netstat) } ?? false
        return "seed \(simulation.seed) fails after \(simulation.now) of virtual time; to run it alone: \(command)"
            + (isTold ? "" : "\n\(netstat)")
    }

    private var command: String {
        let place = Test.current.map { "\($0.sourceLocation.fileName):\($0.sourceLocation.line):" }
        let filter = place.map { " --filter '\($0)'" } ?? ""
        return "\(SeedChoice.variable)=\(simulation.seed) swift test\(filter)"
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
