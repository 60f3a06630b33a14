import Sockets
import Testing

/// A test that is `async` awaits the run.
@Suite struct AwaitedRunTests {
    @Test func runsOnAThreadOfItsOwn() async throws {
        let pair = EchoPair()
        pair.exchange(3)
        try await pair.simulation.run()
        #expect(pair.simulation.now.nanoseconds == 800_000)
        try await pair.simulation.run(for: .seconds(1))
        #expect(pair.simulation.now.nanoseconds == 1_000_800_000)
    }

    @Test func endsInTimeOrSaysWhoHasNot() async throws {
        let pair = EchoPair()
        pair.exchange(3)
        try await pair.simulation.run(atMost: .milliseconds(1))
        #expect(pair.simulation.now.nanoseconds == 800_000)
        pair.client.run("sleeper") { network in try await network.sleep(for: .seconds(10)) }
        let error = await #expect(throws: SimulationError.self) { try await pair.simulation.run(atMost: .seconds(2)) }
        guard case .unfinished(.seconds(2), let netstat) = error else {
            Issue.record("not unfinished: \(String(describing: error))")
            return
        }
        #expect(netstat.hasPrefix("sleeper on client has not ended"))
        #expect(pair.simulation.now.nanoseconds == 2_000_800_000)
        try await pair.simulation.run(atMost: .seconds(8))
        #expect(pair.simulation.now.nanoseconds == 10_000_800_000)
    }

    @Test func whoSleepsBesideAServerHasNotEnded() async throws {
        let simulation = Simulation()
        simulation.host("a").run("server") { network in _ = try await network.listen(port: 7).accept() }
        simulation.host("a").run("sleeper") { network in try await network.sleep(for: .seconds(100)) }
        await #expect(throws: SimulationError.self) { try await simulation.run(atMost: .seconds(5)) }
        #expect(simulation.now.nanoseconds == 5_000_000_000)
    }

    @Test func aServerThatWaitsForConnectionsIsNotWaitedFor() async throws {
        let simulation = Simulation()
        simulation.host("a").run { network in _ = try await network.listen(port: 7).accept() }
        try await simulation.run(atMost: .seconds(1))
    }

    @Test func passesOnWhatProgramsThrow() async {
        let simulation = Simulation()
        simulation.host("a").run { _ in throw EchoPair.WrongAnswer() }
        await #expect(throws: SimulationError.self) { try await simulation.run() }
    }

    @Test func cancellingStopsIt() async throws {
        let simulation = Simulation()
        simulation.host("a").run { network in
            while true { try await network.sleep(for: .seconds(1)) }
        }
        let task = Task { try await simulation.run() }
        try await Task.sleep(for: .milliseconds(5))
        task.cancel()
        let error = await #expect(throws: SimulationError.self) { try await task.value }
        guard case .cancelled? = error else {
            Issue.record("not cancelled: \(String(describing: error))")
            return
        }
        try await simulation.run(for: .seconds(1))
    }
}
