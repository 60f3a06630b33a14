import Locks
import Sockets
import Testing

@testable import SimulationTesting

@Suite struct `Simulating a range of seeds` {
    /// The issues that `body` records.
    private func issues(_ body: () throws -> Void) rethrows -> [String] {
        let found = Lock<[String]>([])
        try withKnownIssue(isIntermittent: true) {
            try body()
        } matching: { issue in
            found.withLock { $0.append("\(issue)") }
            return true
        }
        return found.withLock { $0 }
    }

    @Test func `runs each once, in order`() {
        var seeds: [UInt64] = []
        simulate(seeds: 3..<6) { seeds.append($0.seed) }
        #expect(seeds == [3, 4, 5])
    }

    @Test func `stops at an error, with the seed, the command and what was open`() {
        var seeds: [UInt64] = []
        let issues = issues {
            simulate(seeds: 0..<10) { simulation in
                seeds.append(simulation.seed)
                simulation.host("server").run { network in
                    let listener = try await network.listen("0.0.0.0:7")
                    try await network.sleep(for: .seconds(1))
                    if simulation.seed == 2 { throw Wrong() }
                    try await listener.close()
                }
                try simulation.run()
            }
        }
        #expect(seeds == [0, 1, 2])
        #expect(issues.count == 1)
        for text in [
            "seed 2 fails", "SIMULATION_SEED=2 swift test --filter 'SimulateTests.swift:", "server (", "Wrong",
        ] {
            #expect(issues.first?.contains(text) == true, "\(text)")
        }
    }

    @Test func `stops at an expectation of an awaited program`() {
        var count = 0
        let issues = issues {
            simulate(seeds: 0..<10) { simulation in
                count += 1
                simulation.host("client").run { network in
                    try await network.sleep(for: .seconds(1))
                    #expect(simulation.seed != 1)
                }
                try simulation.run()
            }
        }
        #expect(count == 2)
        #expect(issues.count == 2)
        #expect(issues.last?.contains("seed 1 fails") == true)
    }

    @Test(arguments: [
        (nil, SeedChoice.all), ("", .all), ("17", .one(17)), ("0xff", .one(255)), ("-1", .unreadable("-1")),
        ("x", .unreadable("x")), ("5..<0x10", .range(5..<16)), ("5..<5", .unreadable("5..<5")),
        ("..<5", .unreadable("..<5")),
    ]) func `reads what the environment asks for`(text: String?, choice: SeedChoice) {
        #expect(SeedChoice(text) == choice)
    }

    @Test(arguments: [
        (nil, TroubleChoice.all), ("", .all), ("fewest", .fewest), ("none", .some([])),
        ("1.3,2.14", .some([.init(chaos: 1, occasion: 3), .init(chaos: 2, occasion: 14)])),
        ("1.3,", .unreadable("1.3,")), ("1", .unreadable("1")), ("0.1", .unreadable("0.1")),
        ("few", .unreadable("few")),
    ]) func `reads which troubles the environment asks for`(text: String?, choice: TroubleChoice) {
        #expect(TroubleChoice(text) == choice)
    }

    /// A host that must not be down at the tenth second, nor paused later, in a minute of trouble. Calls `each` before each run.
    private func troubled(
        _ seeds: SeedChoice, _ troubles: TroubleChoice, each: (Simulation) -> Void = { _ in }
    ) -> [String] {
        issues {
            let course = SimulationCourse(seeds: seeds, troubles: troubles, SimulationOptions(), #_sourceLocation)
            course.run(0..<100) { simulation in
                each(simulation)
                let host = simulation.host("server")
                for name in ["a", "b", "c"] { _ = simulation.host(name) }
                simulation.unleash(Chaos(), for: .seconds(60))
                try simulation.run(for: .seconds(60))
                if simulation.troubles.contains(where: { $0.event == .crash(host: host.name) }) { throw Wrong() }
            }
        }
    }

    @Test func `what chance has brought about is counted, and fewer of it found`() throws {
        let first = try #require(troubled(.all, .all).first)
        let seed = try #require(first.firstMatch(of: #/seed (\d+) fails/#).flatMap { UInt64($0.1) })
        let command = "SIMULATION_TROUBLES=fewest SIMULATION_SEED=\(seed) swift test --filter 'SimulateTests.swift:"
        #expect(first.contains(#/it has had \d+ troubles; to find the few that do: /#) && first.contains(command))

        var runs = 0
        let few = troubled(.one(seed), .fewest) { _ in runs += 1 }
        let told = try #require(few.first)
        #expect(few.count == 1 && runs > 3)
        #expect(
            told.contains(
                #/it fails with 1 of its \d+ troubles, found in \d+ runs:\n  1\.\d+  at .*: a crash of server/#))
        let id = try #require(told.firstMatch(of: #/SIMULATION_TROUBLES=(1\.\d+) swift/#)).1
        #expect(troubled(.one(seed), TroubleChoice(String(id))).first?.contains("=\(id) swift") == true)
        #expect(troubled(.one(seed), .some([])).isEmpty)
        let unknown = ChaosTrouble.ID(chaos: 1, occasion: 9999)
        #expect(troubled(.one(seed), .some([unknown])).first?.contains("seed \(seed) has no trouble 1.9999") == true)
        #expect(troubled(.all, TroubleChoice(String(id))).first?.contains("SIMULATION_SEED must tell which") == true)
        #expect(troubled(.one(seed), .unreadable("x")).first?.contains("SIMULATION_TROUBLES is") == true)
    }

    private struct Wrong: Error {}
}
