public import Sockets
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
/// Where a ``Chaos`` has brought trouble about, the failure tells how much, and how to find the few of it that do: with `SIMULATION_TROUBLES=fewest` a seed
/// that fails is run again with fewer and fewer, 200 times at most, and reported with the fewest it fails with, and the command that runs it with
/// these alone. The body must not count on being run once for each seed then, and what its expectations tell on the way is told as known.
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
    let course = SimulationCourse(seeds: .ofEnvironment, troubles: .ofEnvironment, options, sourceLocation)
    course.run(seeds, body)
}
