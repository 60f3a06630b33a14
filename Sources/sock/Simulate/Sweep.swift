import ArgumentParser
import Sockets

/// Many runs of a scenario, each with a seed of its own.
struct Sweep {
    let name: ScenarioName
    let range: Range<UInt64>
    let shard: Shard
    /// Whether each run's hash is printed, on a line of its own, and nothing else said of it.
    var tellsHashes = false

    /// After so many failures a sweep ends.
    private static let mostFailures = 10

    func run() throws {
        guard let seeds = shard.seeds(of: range) else {
            say("no seeds in this shard")
            return say("hash: \(hexadecimal(0))")
        }
        let total = (UInt64(range.count) - shard.index - 1) / shard.count + 1
        let interval = max(total / 10, 1)
        var (done, failures, hash) = (UInt64(0), 0, UInt64(0))
        if tellsHashes { return tellHashes(seeds) }
        for seed in seeds where failures < Self.mostFailures {
            let run = ScenarioRun(name, seed: seed, isTraced: false)
            if let error = run.error {
                failures += 1
                tell(seed, error)
            }
            done += 1
            // The order is the seeds', which no other shard has.
            hash = (hash << 1 | hash >> 63) ^ run.simulation.hash
            if done % interval == 0 || done == total {
                say("\(done) of \(counted(Int(clamping: total), "seed")), \(counted(failures, "failure"))")
            }
        }
        if failures == Self.mostFailures { say("ended after \(failures) failures, \(done) of \(total) seeds") }
        say("hash: \(hexadecimal(hash))")
        if failures > 0 { throw ExitCode.failure }
    }

    private func tellHashes(_ seeds: StrideTo<UInt64>) {
        for seed in seeds {
            let run = ScenarioRun(name, seed: seed, isTraced: false)
            let outcome = run.outcome + (run.error == nil ? "" : ", failed")
            say("\(name.rawValue) \(seed) \(hexadecimal(run.simulation.hash)) \(outcome)")
        }
    }

    private func tell(_ seed: UInt64, _ error: SimulationError) {
        say("seed \(seed) failed: \(error)")
        say("  replay it: sock simulate \(name.rawValue) --seed \(seed) --text")
    }
}
