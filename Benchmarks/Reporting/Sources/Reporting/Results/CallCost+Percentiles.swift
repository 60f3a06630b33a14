/// What the benchmark harness exports: for each benchmark and metric a file of percentiles.
extension CallCost {
    /// The calls of which all four metrics are there, by name.
    ///
    /// - Parameter files: Names and texts, as `--format histogramPercentiles` writes them: `Current_run.calls.NAME.METRIC.histogram.percentiles.tsv`.
    public static func read(_ files: [String: String]) -> [CallCost] {
        var metrics: [String: [String: [Double: Double]]] = [:]
        for (file, text) in files {
            let parts = file.split(separator: ".").map(String.init)
            guard parts.count == 7, parts[1] == "calls" else { continue }
            let name = String(parts[2].map { $0 == "_" ? " " : $0 })
            metrics[name, default: [:]][parts[3]] = percentiles(text)
        }
        return metrics.compactMap { CallCost($0.key, $0.value) }.sorted { $0.name < $1.name }
    }

    private init?(_ name: String, _ metrics: [String: [Double: Double]]) {
        guard let ours = metrics["ours"]?[50], let theirs = metrics["theirs"]?[50], let ratios = metrics["ratio"],
            let ratio = ratios[50], let lowest = ratios[1], let highest = ratios[99],
            let allocations = metrics["allocations"]?[50]
        else { return nil }
        self.init(
            name: name, ours: ours / 1000, theirs: theirs / 1000, ratio: ratio / 1000, lowestRatio: lowest / 1000,
            highestRatio: highest / 1000, allocations: allocations / 1000)
    }

    /// Lines of a percentile and a value, after a heading.
    private static func percentiles(_ text: String) -> [Double: Double] {
        text.split(separator: "\n").dropFirst().reduce(into: [:]) { values, line in
            let fields = line.split(separator: "\t")
            if fields.count == 2, let share = Double(fields[0]), let value = Double(fields[1]) { values[share] = value }
        }
    }
}
