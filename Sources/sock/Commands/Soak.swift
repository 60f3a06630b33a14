import ArgumentParser
import Sockets

struct Soak: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Connect, transfer, cancel, reset and close at random, for long, and see what is left.",
        discussion: """
            Clients and an echo server talk over this host's loopback: streams, datagrams, passed sockets, tasks and threads at once. Every \
            byte that comes is compared. It goes in phases, each on a network of its own; after each, descriptors, the library's threads, \
            open sockets and operations in flight must be what they were, and the heap must not grow in every phase.

            On the simulation the same scenes are played once, by --scenes for each client, between two hosts, in virtual time: the last \
            line is the hash, which the seed decides.

            Exit code 1 means that something was wrong or is left; standard error says what.

            EXAMPLES
              sock soak --backend uring --minutes 10 --connections 64
              sock soak --backend simulation --seed 42
            """)

    @Option(help: "What carries out the operations: posix, uring or simulation.")
    var backend = SoakBackend.posix

    @Option(help: ArgumentHelp("How long, in minutes.", valueName: "number"))
    var minutes: Double?

    @Option(help: ArgumentHelp("How long, in seconds. (default: 10)", valueName: "number"))
    var seconds: Double?

    @Option(help: ArgumentHelp("So many phases, whatever time they take.", valueName: "count"))
    var phases: Int?

    @Option(help: ArgumentHelp("What the clients' choices are drawn from.", valueName: "number"))
    var seed: UInt64 = 0

    @Option(help: ArgumentHelp("Clients at once.", valueName: "count"))
    var connections = 16

    @Option(help: ArgumentHelp("Scenes that each client plays in a phase.", valueName: "count"))
    var scenes = 50

    @Option(help: ArgumentHelp("Threads for awaited calls.", valueName: "count"))
    var threads = 2

    private static let longest = 7 * 24 * 3600.0

    func validate() throws {
        if [minutes != nil, seconds != nil, phases != nil].count(where: { $0 }) > 1 {
            throw ValidationError("--minutes, --seconds and --phases exclude each other")
        }
        let time = minutes.map { $0 * 60 } ?? seconds ?? 10
        guard time > 0, time <= Self.longest else {
            throw ValidationError("the time must be more than nothing, and a week at most")
        }
        guard (1...1_000_000).contains(phases ?? 1) else { throw ValidationError("--phases must be in 1...1000000") }
        guard (1...10_000).contains(connections) else { throw ValidationError("--connections must be in 1...10000") }
        guard (1...1_000_000).contains(scenes) else { throw ValidationError("--scenes must be in 1...1000000") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads must be in 1...64") }
        if backend == .simulation, minutes != nil || seconds != nil || phases != nil {
            throw ValidationError("a simulation has no time of ours: --scenes says how much it does")
        }
    }

    func run() throws {
        StandardStreams.reserve()
        let problems = try backend.choice(threads: threads).map(soak) ?? simulate()
        for problem in problems { complain("soak: \(problem)") }
        if !problems.isEmpty { throw ExitCode.failure }
    }

    private func soak(_ choice: BackendChoice) throws -> [String] {
        let time = minutes.map { $0 * 60 } ?? seconds ?? 10
        let end = phases.map { SoakEnd.phases($0) } ?? .after(.seconds(time))
        var run = SoakRun(choice, seed: seed, clients: connections, scenes: scenes, end: end)
        let problems = try run.run()
        for line in run.tally.table { say(line) }
        say(run.tally.words)
        say(problems.isEmpty ? "nothing is left" : "something is wrong")
        return problems
    }

    private func simulate() -> [String] {
        let soak = SoakSimulation(seed: seed, clients: connections, scenes: scenes)
        let problems = soak.run()
        for line in soak.tally.table { say(line) }
        say(soak.tally.words)
        say("hash: \(hexadecimal(soak.simulation.hash))")
        return problems
    }
}
