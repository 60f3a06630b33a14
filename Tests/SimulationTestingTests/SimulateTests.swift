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

    private struct Wrong: Error {}
}
