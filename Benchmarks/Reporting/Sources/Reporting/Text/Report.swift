/// The whole report as Markdown.
extension Results {
    /// - Parameter pictures: The names of the plots' files beside the text, with their descriptions; none when they are empty.
    public func markdown(pictures: [(file: String, description: String)]) -> String {
        var parts = ["# Benchmark results", machineText]
        parts += pictures.map { "![\($0.description)](\($0.file))" }
        parts += sections(level: 2)
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// Tables of everything that was measured, each under a heading of that level.
    public func sections(level: Int) -> [String] {
        let mark = String(repeating: "#", count: level)
        var parts: [String] = []
        for load in loads {
            let table = table(of: load)
            if !table.rows.isEmpty { parts += ["\(mark) \(load.title)", table.markdown] }
        }
        if !idle.isEmpty { parts += ["\(mark) Memory of idle connections", memoryTable.markdown] }
        if !calls.isEmpty { parts += ["\(mark) Calls", callTable.markdown] }
        if !skipped.isEmpty {
            parts += ["\(mark) Not measured", skipped.map { "- \($0.what): \($0.reason)" }.joined(separator: "\n")]
        }
        return parts
    }

    /// The machine and the settings as a list.
    public var machineText: String {
        var lines = ["- \(machine.date)"]
        lines += machine.facts.map { "- \($0.name): \($0.value)" }
        let cores =
            settings.serverCore == settings.loadCore
            ? "server and load generator on core \(settings.serverCore)"
            : "server on core \(settings.serverCore), load generator on core \(settings.loadCore)"
        lines.append("- \(cores); congestion control \(settings.congestionControl)")
        lines.append(
            "- medians of \(settings.rounds) rounds of \(Number.short(settings.seconds)) s, servers in turn in each round"
        )
        return lines.joined(separator: "\n")
    }
}
