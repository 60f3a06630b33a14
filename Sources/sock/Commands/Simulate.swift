import ArgumentParser
import Sockets

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run programs on a simulated network, of which a seed decides everything.",
        discussion: """
            SCENARIO is one of:
            \(ScenarioName.allCases.map { "  \($0.rawValue.padded(to: 10))  \($0.type.summary)" }.joined(separator: "\n"))

            Nothing leaves the process, and no time passes but the network's own. The same seed does the same, on every machine: the last \
            line, "hash: " and 16 digits, tells what has happened in short.

            With --seeds it runs once for each, and says which seeds fail, and how to run them again; after ten failures it ends. The hash is \
            that of all runs. With --shard I/N only every N-th seed is run, from the I-th (from 0) on, so that N machines share the work; \
            without it job arrays tell the shard: Slurm by SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT, GitLab by CI_NODE_INDEX and \
            CI_NODE_TOTAL, Kubernetes by JOB_COMPLETION_INDEX, together with --shards N.
            With --hashes nothing but a line a seed is printed, and no failure ends it: two builds, or machines, must print the same.

            With --fewest a seed that fails under trouble by chance is run again with fewer and fewer of it, and what it still fails with is told.

            Exit code 1 means that a run failed; with --hashes that is no failure.

            EXAMPLES
              sock simulate echo --seed 42 --text
              sock simulate echo --seed 42 --trace echo.pcapng --diagram echo.svg --events 40
              sock simulate echo --seeds '0..<10000' --shard 3/8
              sock simulate lease --seed 3 --fewest
            """)

    @Argument(help: "What to run.")
    var scenario: ScenarioName

    @Option(help: ArgumentHelp("The seed of one run. (default: 0)", valueName: "number"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Run once for each of these seeds: 'A..<B', in quotes.", valueName: "range"))
    var seeds: SeedRange?

    @Option(help: ArgumentHelp("With --seeds, which part of them: I/N, from 0.", valueName: "part"))
    var shard: Shard?

    @Option(
        help: ArgumentHelp("With --seeds, of how many parts the job array's index tells one.", valueName: "count"))
    var shards: UInt64?

    @Option(help: ArgumentHelp("Write the packets to this file, for Wireshark.", valueName: "file"))
    var trace: String?

    @Option(
        help: ArgumentHelp("Draw the packets to this file, as a sequence diagram in SVG.", valueName: "file"))
    var diagram: String?

    @Option(help: ArgumentHelp("How many events a diagram shows, the first ones. (default: 500)", valueName: "count"))
    var events: Int?

    @Flag(help: "With --seeds, print each run's hash, failed or not, and what came of it: for comparing builds.")
    var hashes = false

    @Option(
        help: ArgumentHelp(
            "Of what goes wrong by chance, bring about these alone: 1.3,1.12 or none.", valueName: "numbers"))
    var troubles: TroubleList?

    @Flag(help: "Find the fewest of what goes wrong by chance that a seed fails with.")
    var fewest = false

    @Flag(help: "Print what happens, a line an event.")
    var text = false

    func validate() throws {
        if seeds != nil, seed != nil { throw ValidationError("--seed and --seeds exclude each other") }
        if seeds != nil, trace != nil || diagram != nil || text || fewest || troubles != nil {
            throw ValidationError("--trace, --diagram, --text, --fewest and --troubles go with one seed: --seed")
        }
        if fewest, troubles != nil { throw ValidationError("--fewest and --troubles exclude each other") }
        if seeds == nil, shard != nil || shards != nil || hashes {
            throw ValidationError("--shard, --shards and --hashes go with --seeds")
        }
        if shard != nil, shards != nil { throw ValidationError("--shard I/N says how many parts there are") }
        if let events, events < 1 { throw ValidationError("--events must be at least 1") }
        if events != nil, diagram == nil { throw ValidationError("--events goes with --diagram") }
        if shards == 0 { throw ValidationError("--shards must be at least 1") }
    }

    func run() throws {
        StandardStreams.reserve()
        if let seeds {
            let part = try shard ?? JobArray.shard(count: shards) ?? .whole
            return try Sweep(name: scenario, range: seeds.range, shard: part, tellsHashes: hashes).run()
        }
        let chosen = fewest ? fewestTroubles : troubles?.ids
        let isTraced = trace != nil || diagram != nil || text
        let run = ScenarioRun(scenario, seed: seed ?? 0, troubles: chosen, isTraced: isTraced)
        if let seen = run.simulation.trace { try show(seen) }
        say("seed \(run.simulation.seed): \(run.outcome)")
        if let error = run.error {
            complain("seed \(run.simulation.seed) failed: \(error)")
            complain("its sockets:\n\(run.simulation.netstat)")
        }
        say("hash: \(hexadecimal(run.simulation.hash))")
        if run.error != nil { throw ExitCode.failure }
        if let lack = run.simulation.lack(of: chosen ?? []) {
            complain(lack)
            throw ExitCode.failure
        }
    }

    /// The fewest that the seed fails with, which are told; nil, for all, if it does not fail.
    private var fewestTroubles: Set<ChaosTrouble.ID>? {
        let (scenario, seed) = (scenario, seed ?? 0)
        let first = ScenarioRun(scenario, seed: seed, isTraced: false)
        let all = first.simulation.troubles
        guard first.error != nil, !all.isEmpty else { return nil }
        var runs = 0
        let few = ChaosTrouble.fewest(of: all) { some in
            runs += 1
            return ScenarioRun(scenario, seed: seed, troubles: Set(some.map(\.id)), isTraced: false).error != nil
        }
        say(
            "seed \(seed) fails with \(few.count) of its \(counted(all.count, "trouble")), found in \(counted(runs, "run")):"
        )
        for trouble in few { say("  \(trouble.id)  \(trouble)") }
        say(
            "  replay it: sock simulate \(scenario.rawValue) --seed \(seed) --troubles \(ChaosTrouble.numbers(of: few))"
        )
        return Set(few.map(\.id))
    }

    private func show(_ seen: Trace) throws {
        if text { try StandardStreams.write(seen.text) }
        if let trace { try OutputFile.write(seen.pcapng, to: trace) }
        if let diagram { try OutputFile.write(Array(seen.diagram(limit: events ?? 500).utf8), to: diagram) }
    }
}
