import Foundation
import Reporting

/// Takes all servers through all loads, in turn in each round, so that whatever the machine does in a round it does to all.
struct Runner {
    let trial: Trial
    let loads: [Load]
    let servers: [(server: Server, executable: String)]
    let rounds: Int
    /// How often a disturbed run is taken again, and the seconds that all of these may take together.
    let repeats: Int
    let secondsToRepeat: Double
    /// How many connections are idle; nil for no such load.
    let idleConnections: Int?
    let interruptsAreApart: Bool

    private func able(_ load: Load) -> [(server: Server, executable: String)] {
        servers.filter { $0.server.offers(load.service) }
    }

    private var total: Int {
        loads.reduce(0) { $0 + able($1).count * rounds } + (idleConnections == nil ? 0 : servers.count)
    }

    /// Adds to the results what is measured, and what cannot be and why.
    func run(into results: inout Results) {
        var progress = Progress(total: total)
        var patience = secondsToRepeat
        for load in loads {
            var failed: Set<String> = []
            for round in 0..<rounds {
                for (server, executable) in rotated(able(load), by: round) where !failed.contains(server.info.name) {
                    progress.begin(
                        "\(load.info.name) · \(server.info.title) · round \(round + 1) of \(rounds)",
                        group: "\(load.info.name), round \(round + 1) of \(rounds)")
                    do {
                        results.runs.append(try measure(server, executable, load, round, &patience))
                    } catch {
                        failed.insert(server.info.name)
                        note("\(server.info.title), \(load.info.name)", error, &results, progress)
                    }
                    progress.end()
                }
            }
        }
        if let idleConnections { measureIdle(idleConnections, &results, &progress) }
        progress.clear()
    }

    /// Nobody comes first or after the same neighbour every time.
    private func rotated<Element>(_ all: [Element], by count: Int) -> [Element] {
        guard !all.isEmpty else { return [] }
        let start = count % all.count
        return Array(all[start...] + all[..<start])
    }

    private func measure(
        _ server: Server, _ executable: String, _ load: Load, _ round: Int, _ patience: inout Double
    ) throws -> Run {
        var attempt = 0
        while true {
            let start = Date()
            let sample = try trial.run(server, executable, load)
            let disturbed = isDisturbed(sample)
            if !disturbed || attempt == repeats || patience <= 0 {
                return Run(
                    load: load.info.name, server: server.info.name, round: round, isDisturbed: disturbed, sample: sample
                )
            }
            attempt += 1
            patience -= Date().timeIntervalSince(start)
        }
    }

    /// More than a tenth of a CPU went to others, or more than a twentieth to other machines.
    private func isDisturbed(_ sample: Sample) -> Bool {
        let others = sample.othersShare - (interruptsAreApart ? sample.interruptsShare : 0)
        return others > 0.1 || sample.stolenShare > 0.05
    }

    private func measureIdle(_ connections: Int, _ results: inout Results, _ progress: inout Progress) {
        for (server, executable) in servers where server.offers(.echo) {
            progress.begin("\(Load.idle) · \(server.info.title)", group: Load.idle)
            do {
                let count = min(connections, server.mostConnections)
                let sample = try trial.idle(server, executable, connections: count)
                results.idle.append(IdleRun(server: server.info.name, sample: sample))
            } catch {
                note("\(server.info.title), \(Load.idle)", error, &results, progress)
            }
            progress.end()
        }
    }

    private func note(_ what: String, _ error: any Error, _ results: inout Results, _ progress: Progress) {
        let reason = (error as? Child.Failure)?.description ?? "\(error)"
        results.skipped.append(Skip(what: what, reason: reason))
        progress.remark("not measured: \(what): \(reason)")
    }
}
