extension Results {
    /// All servers under one load.
    public func table(of load: LoadInfo) -> Table {
        let summaries = summaries(of: load)
        let reference = Self.reference(summaries)
        let unit = load.unit == .operations ? "op" : "MiB"
        var table = Table([
            "server", "\(unit)/s", "min–max", "CPU µs/\(unit)", "min–max", "× \(reference?.server.name ?? "")",
            "min–max",
            "user", "p50 µs", "p99 µs", "p99.9 µs", "load's CPU", "",
        ])
        for summary in summaries {
            table.add(row(summary, reference))
        }
        return table
    }

    private func row(_ summary: Summary, _ reference: Summary?) -> [String] {
        let ratio = reference.flatMap { pairedRatio(summary.costs, to: $0.costs) }
        return [
            summary.server.title, Number.short(summary.rate.median), range(summary.rate),
            Number.short(summary.cost.median), range(summary.cost),
            ratio.map { Number.fixed($0.median, digits: 2) } ?? "–",
            ratio.map { "\(Number.fixed($0.minimum, digits: 2))–\(Number.fixed($0.maximum, digits: 2))" } ?? "–",
            percent(summary.userShare), latency(summary, 0.5), latency(summary, 0.99), latency(summary, 0.999),
            percent(summary.loadBusy), remarks(summary),
        ]
    }

    private func range(_ spread: Spread) -> String {
        "\(Number.short(spread.minimum))–\(Number.short(spread.maximum))"
    }

    private func latency(_ summary: Summary, _ share: Double) -> String {
        summary.latency(share).map(Number.short) ?? "–"
    }

    private func percent(_ share: Double) -> String { Number.fixed(share * 100, digits: 0) + " %" }

    private func remarks(_ summary: Summary) -> String {
        var remarks: [String] = []
        if summary.errors > 0 { remarks.append("\(summary.errors) errors") }
        if summary.lost > 0 { remarks.append("\(summary.lost) lost") }
        if summary.disturbed > 0 { remarks.append("\(summary.disturbed) disturbed") }
        return remarks.joined(separator: ", ")
    }

    /// Memory for each idle connection.
    public var memoryTable: Table {
        var table = Table(["server", "at start, KiB", "bytes a connection", "after one echo", "connections", ""])
        for run in idle {
            table.add([
                title(run.server), Number.fixed(run.sample.startBytes / 1024, digits: 0),
                Number.fixed(run.sample.freshBytes, digits: 0), Number.fixed(run.sample.usedBytes, digits: 0),
                Number.fixed(Double(run.sample.connections), digits: 0),
                run.sample.errors > 0 ? "\(run.sample.errors) errors" : "",
            ])
        }
        return table
    }

    /// Calls beside C's.
    public var callTable: Table {
        var table = Table(["call", "ours, ns", "C, ns", "ratio", "1 %–99 %", "allocations"])
        for call in calls {
            table.add([
                call.name, Number.fixed(call.ours), Number.fixed(call.theirs), Number.fixed(call.ratio, digits: 2),
                "\(Number.fixed(call.lowestRatio, digits: 2))–\(Number.fixed(call.highestRatio, digits: 2))",
                Number.fixed(call.allocations, digits: 2),
            ])
        }
        return table
    }

    func title(_ server: String) -> String { servers.first { $0.name == server }?.title ?? server }
}
