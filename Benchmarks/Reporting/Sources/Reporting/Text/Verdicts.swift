/// Where ours is dearer than somebody else's, in words; nothing is left out.
extension Results {
    /// For each load: who takes less CPU time than the best of ours, by more than the figures scatter, cheapest first.
    public var losses: [String] {
        loads.compactMap { load in
            let summaries = summaries(of: load)
            guard
                let ours = summaries.filter({ $0.server.family == .ours }).min(by: { $0.cost.median < $1.cost.median })
            else { return nil }
            let better = summaries.filter { $0.server.family != .ours && $0.cost.median < ours.cost.median * 0.98 }
                .sorted { $0.cost.median < $1.cost.median }
            guard !better.isEmpty else { return nil }
            let words = better.map {
                "\($0.server.title) (\(Number.fixed(ours.cost.median / $0.cost.median, digits: 2)))"
            }
            return "\(load.title): \(ours.server.title) takes more than " + words.joined(separator: ", ")
        }
    }

    /// The same for resident memory.
    public var memoryLosses: [String] {
        let ours = idle.filter { family($0.server) == .ours }
        guard let best = ours.min(by: { $0.sample.usedBytes < $1.sample.usedBytes }) else { return [] }
        let better = idle.filter { family($0.server) != .ours && $0.sample.usedBytes < best.sample.usedBytes }
            .sorted { $0.sample.usedBytes < $1.sample.usedBytes }
        guard !better.isEmpty else { return [] }
        let words = better.map { "\(title($0.server)) (\(Number.fixed($0.sample.usedBytes, digits: 0)) bytes)" }
        return [
            "memory of an idle connection: \(title(best.server)) takes \(Number.fixed(best.sample.usedBytes, digits: 0)) bytes, "
                + "more than " + words.joined(separator: ", ")
        ]
    }

    private func family(_ server: String) -> ServerInfo.Family? { servers.first { $0.name == server }?.family }
}
