extension Results {
    /// The CPU time of the servers of some families for each load, as ratios to the cheapest of C's.
    public func ratioTable(of families: Set<ServerInfo.Family>) -> Table {
        let shown = servers.filter { families.contains($0.family) }
        var table = Table(["CPU time of an operation"] + shown.map(\.title) + ["= 1"])
        for load in loads {
            let summaries = summaries(of: load)
            guard let reference = Self.reference(summaries) else { continue }
            let cells = shown.map { server in
                summaries.first { $0.server.name == server.name }
                    .flatMap { pairedRatio($0.costs, to: reference.costs) }
                    .map { Number.fixed($0.median, digits: 2) } ?? ""
            }
            table.add([load.title] + cells + [reference.server.title])
        }
        return table
    }

    /// The main figures, for README.
    public var readmeText: String {
        let idle = idle.filter { run in servers.contains { $0.name == run.server && $0.family != .others } }
            .map { "\(title($0.server)) \(Number.fixed($0.sample.usedBytes, digits: 0))" }
        let calls = calls.filter { $0.name.hasPrefix("send and receive") }
            .map {
                "\($0.name) \(Number.fixed($0.ratio, digits: 2)) (\(Number.fixed($0.allocations, digits: 2)) allocations)"
            }
        var parts = [ratioTable(of: [.ours, .nio]).markdown]
        if !idle.isEmpty {
            parts.append("Bytes of resident memory for an idle connection: \(idle.joined(separator: "; ")).")
        }
        if !calls.isEmpty { parts.append("Calls, C = 1: \(calls.joined(separator: "; ")).") }
        parts.append(
            "Taken \(machine.date) on \(machine.facts.first?.value ?? "an unknown machine")"
                + (disturbanceText.map { "; \($0)" } ?? "") + ".")
        return parts.joined(separator: "\n\n")
    }

    /// What to think of the figures when much else went on; nil when a tenth of the runs or fewer were disturbed.
    var disturbanceText: String? {
        let disturbed = runs.count { $0.isDisturbed }
        guard disturbed * 10 > runs.count else { return nil }
        return "other work disturbed \(disturbed) of \(runs.count) runs: these figures say little"
    }
}
