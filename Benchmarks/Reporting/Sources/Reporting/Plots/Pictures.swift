/// A plot and the name of its file.
public struct Picture: Sendable {
    /// Its name.
    public let file: String
    /// What it shows, for those who do not see it.
    public let description: String
    /// The file.
    public let svg: String
}

extension Results {
    /// Throughput, CPU time, latencies and memory, each where there is something to show.
    public var pictures: [Picture] {
        var pictures: [Picture] = []
        if !runs.isEmpty { pictures += [throughput, cost, latency] }
        if !idle.isEmpty { pictures.append(memory) }
        return pictures
    }

    private var whiskers: String { footer + " · whiskers: smallest and largest of \(settings.rounds) rounds" }

    private var footer: String {
        let wanted = ["CPU", "kernel", "Swift"]
        let facts = machine.facts.filter { wanted.contains($0.name) }.map(\.value)
        return ([machine.date] + facts).joined(separator: " · ")
    }

    private var throughput: Picture {
        let chart = BarChart(
            sheet: Sheet(title: "Throughput", note: "median of the rounds; longer is better", footer: whiskers),
            panels: panels("a second") { $0.rate })
        return Picture(file: "performance-throughput.svg", description: "Throughput of each server", svg: chart.svg())
    }

    private var cost: Picture {
        let chart = BarChart(
            sheet: Sheet(
                title: "CPU time of the server",
                note: "microseconds for each operation or mebibyte, kernel and user, all threads; shorter is better",
                footer: whiskers),
            panels: panels("µs for each") { $0.cost })
        return Picture(
            file: "performance-cpu.svg", description: "CPU time of each server for an operation", svg: chart.svg())
    }

    private func panels(_ words: String, _ value: (Summary) -> Spread) -> [BarChart.Panel] {
        loads.compactMap { load in
            let bars = summaries(of: load).map { summary in
                let spread = value(summary)
                return BarChart.Bar(
                    label: summary.server.title, style: style(summary.server), value: spread.median,
                    range: spread.minimum...spread.maximum)
            }
            let unit = load.unit == .operations ? "operation" : "MiB"
            let text =
                words == "a second"
                ? (load.unit == .operations ? "operations" : "MiB") + " a second" : "\(words) \(unit)"
            return bars.isEmpty ? nil : BarChart.Panel(title: load.title, unit: text, bars: bars)
        }
    }

    private var latency: Picture {
        let panels = loads.compactMap { load -> LatencyChart.Panel? in
            guard load.unit == .operations else { return nil }
            let curves = summaries(of: load).map { summary in
                LatencyChart.Curve(
                    label: summary.server.title, style: style(summary.server),
                    points: summary.latencies.map { ($0.share, $0.microseconds) })
            }
            return curves.isEmpty ? nil : LatencyChart.Panel(title: load.title, curves: curves)
        }
        let chart = LatencyChart(
            sheet: Sheet(
                title: "Latency",
                note: "what that share of operations did not exceed, medians of the rounds; lower is better",
                footer: footer),
            panels: panels)
        return Picture(
            file: "performance-latency.svg", description: "Latencies of each server by percentile", svg: chart.svg())
    }

    private var memory: Picture {
        let used = idle.map { bar($0, $0.sample.usedBytes) }
        let fresh = idle.map { bar($0, $0.sample.freshBytes) }
        let count = Number.fixed(Double(idle.first?.sample.connections ?? 0), digits: 0)
        let chart = BarChart(
            sheet: Sheet(
                title: "Memory of an idle connection",
                note: "resident bytes of the server for each of \(count) connections; shorter is better",
                footer: footer),
            panels: [
                .init(title: "as accepted", unit: "bytes", bars: fresh),
                .init(title: "after one echo", unit: "bytes", bars: used),
            ])
        return Picture(
            file: "performance-memory.svg", description: "Resident memory for an idle connection", svg: chart.svg())
    }

    private func bar(_ run: IdleRun, _ bytes: Double) -> BarChart.Bar {
        let server =
            servers.first { $0.name == run.server } ?? ServerInfo(name: run.server, title: run.server, family: .others)
        return BarChart.Bar(label: server.title, style: style(server), value: max(bytes, 0), range: bytes...bytes)
    }

    private func style(_ server: ServerInfo) -> String { Palette.style(of: server, among: servers) }
}
