import Glibc
import SocketModel
import TestSupport
import Testing

/// Programs that nobody has thought of: random calls of TCP and UDP sockets, on every backend of the kernel's and on the simulator, on one
/// host and on several.
///
/// More of them, in another shell: `SOCKETS_SEEDS=1000..<9000 swift test --enable-all-traits --filter DifferentialProgramTests`.
@Suite struct DifferentialProgramTests {
    private static let groups = 12

    @Test(arguments: 0..<groups) func comesToTheSame(_ group: Int) throws {
        try check(seeds(240).filter { Int($0) % Self.groups == group }, on: .posix)
    }

    @Test(arguments: Rig.alone) func comesToTheSameOnEveryBackend(_ rig: Rig) throws { try check(seeds(40), on: rig) }

    @Test(.needsKernelHosts, arguments: Rig.several) func comesToTheSameOnSeveralHosts(_ rig: Rig) throws {
        try check(seeds(60), on: rig)
    }

    /// Of all seeds' programs, the first that differs, as short as it can be made.
    private func check(_ seeds: some Sequence<UInt64>, on rig: Rig) throws {
        for seed in seeds {
            let program = ProgramGenerator.program(seed: seed, hostCount: rig.hostCount)
            let comparison = try Comparison(program, on: rig)
            guard comparison.divergence != nil else { continue }
            Issue.record(
                """
                \(rig.testDescription): seed \(seed). Again: SOCKETS_SEEDS=\(seed)..<\(seed + 1) swift test \
                --enable-all-traits --filter DifferentialProgramTests
                \(try comparison.minimized().report)
                """)
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

    /// So many, unless others are asked for.
    private func seeds(_ count: UInt64) -> Range<UInt64> {
        let asked = unsafe getenv("SOCKETS_SEEDS").map { unsafe String(cString: $0) } ?? ""
        let ends = asked.split(separator: "..<").compactMap { UInt64($0) }
        return ends.count == 2 && ends[0] < ends[1] ? ends[0]..<ends[1] : 0..<count
    }
}
