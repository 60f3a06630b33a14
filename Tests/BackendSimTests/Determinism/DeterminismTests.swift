import Sockets
import Testing

@testable import sock

/// Nothing but the seed and the program decides what happens, in this process or another.
@Suite struct DeterminismTests {
    private static let seeds: Range<UInt64> = 0..<12

    /// The hash of each seed's run, and what came of it.
    private static func hashes() -> [String] {
        seeds.map { seed in
            let run = ScenarioRun(.medley, seed: seed, isTraced: false)
            return "\(seed) \(hexadecimal(run.simulation.hash)) \(run.outcome)"
        }
    }

    @Test func twoRunsAreTheSame() {
        let hashes = Self.hashes()
        #expect(hashes == Self.hashes())
        #expect(Set(hashes).count == Self.seeds.count)
    }

    /// Where dictionaries have another order, and memory other places.
    @Test func anotherProcessDoesTheSame() async throws {
        let child = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            for line in Self.hashes() { print("hash", line) }
        }
        let output = String(decoding: try #require(child).standardOutputContent, as: UTF8.self)
        let lines = output.split(separator: "\n").filter { $0.hasPrefix("hash ") }.map { String($0.dropFirst(5)) }
        #expect(lines == Self.hashes())
    }

    /// What is compared is worth it.
    @Test func everythingTakesPart() {
        let outcomes = Self.seeds.map { ScenarioRun(.medley, seed: $0, isTraced: false) }
        for run in outcomes { #expect(run.error == nil, "seed \(run.simulation.seed)") }
    }

    @Test func aStepForStepComparisonFindsNothing() throws {
        for seed in Self.seeds {
            try Simulation.verify(seed: seed, options: MedleyScenario.options) { _ = MedleyScenario($0) }
        }
    }
}
