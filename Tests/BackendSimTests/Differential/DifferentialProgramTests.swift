import Glibc
import SocketModel
import Testing

/// Programs that nobody has thought of: random calls of TCP and UDP sockets, on the kernel and on the simulator.
///
/// More of them, in another shell: `SOCKETS_SEEDS=1000..<9000 swift test --filter DifferentialProgramTests`.
@Suite struct DifferentialProgramTests {
    private static let groups = 12
    private static let seeds = chosenSeeds()

    @Test(arguments: 0..<groups) func comesToTheSame(_ group: Int) throws {
        for seed in Self.seeds where Int(seed) % Self.groups == group {
            let comparison = try Comparison(ProgramGenerator.program(seed: seed))
            guard comparison.divergence != nil else { continue }
            Issue.record("seed \(seed)\n\(try comparison.minimized().report)")
            return
        }
    }

    /// The generator is worth something: what it makes is compared nearly always, and does not only fail.
    @Test func programsLeadSomewhere() throws {
        let comparisons = try (0..<40).map { try Comparison(ProgramGenerator.program(seed: $0), confirms: false) }
        let steps = comparisons.reduce(0) { $0 + $1.steps.count }
        let results = comparisons.flatMap(\.results)
        #expect(results.count > steps * 8 / 10)
        #expect(results.contains { $0.kernel.hasPrefix("from ") })
        #expect(results.count { $0.kernel.hasPrefix("done") } > results.count / 4)
    }

    private static func chosenSeeds() -> Range<UInt64> {
        let asked = unsafe getenv("SOCKETS_SEEDS").map { unsafe String(cString: $0) } ?? ""
        let ends = asked.split(separator: "..<").compactMap { UInt64($0) }
        return ends.count == 2 && ends[0] < ends[1] ? ends[0]..<ends[1] : 0..<240
    }
}
