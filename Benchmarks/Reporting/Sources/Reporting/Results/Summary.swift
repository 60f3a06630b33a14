/// One server under one load, all rounds together.
public struct Summary: Sendable {
    /// A share of all operations, and what it took at most.
    public struct Point: Sendable {
        /// 0 to 1.
        public let share: Double
        /// Microseconds.
        public let microseconds: Double
    }

    /// Who was measured.
    public let server: ServerInfo
    /// Operations or mebibytes each second.
    public let rate: Spread
    /// Microseconds of CPU time of the server for each operation or mebibyte.
    public let cost: Spread
    /// CPUs that were busy.
    public let serverBusy: Double
    /// The same of the load generator: at 1 it is what limits the rate.
    public let loadBusy: Double
    /// Of the server's CPU time, what was not the kernel's.
    public let userShare: Double
    /// Medians of the rounds.
    public let latencies: [Point]
    /// Answers that were wrong or did not come.
    public let errors: Int
    /// Datagrams without an answer.
    public let lost: Int
    /// Rounds that were disturbed to the last.
    public let disturbed: Int
    /// The rounds' costs.
    let costs: [Int: Double]
    let rates: [Int: Double]

    /// Nil without runs, or when nothing was done in one of them.
    init?(_ server: ServerInfo, _ load: LoadInfo, _ runs: [Run]) {
        var rates: [Int: Double] = [:]
        var costs: [Int: Double] = [:]
        for run in runs {
            let sample = run.sample
            let units = load.unit == .operations ? Double(sample.operations) : Double(sample.bytes) / 1_048_576
            guard units > 0, sample.seconds > 0 else { return nil }
            rates[run.round] = units / sample.seconds
            costs[run.round] = sample.serverSeconds * 1e6 / units
        }
        guard let rate = Spread(Array(rates.values)), let cost = Spread(Array(costs.values)) else { return nil }
        self.server = server
        self.rate = rate
        self.cost = cost
        self.rates = rates
        self.costs = costs
        let samples = runs.map(\.sample)
        serverBusy = Spread(samples.map { $0.serverSeconds / $0.seconds })?.median ?? 0
        loadBusy = Spread(samples.map { $0.loadSeconds / $0.seconds })?.median ?? 0
        userShare = Spread(samples.map(\.serverUserShare))?.median ?? 0
        latencies = Self.latencies(samples)
        errors = samples.reduce(0) { $0 + $1.errors }
        lost = samples.reduce(0) { $0 + $1.lost }
        disturbed = runs.count { $0.isDisturbed }
    }

    /// Without the shares that a run's operations are too few to tell apart from the slowest.
    private static func latencies(_ samples: [Sample]) -> [Point] {
        (samples.first?.quantiles ?? []).indices.compactMap { index in
            let points = samples.compactMap { index < $0.quantiles.count ? $0.quantiles[index] : nil }
            guard let first = points.first, let spread = Spread(points.map(\.nanoseconds)) else { return nil }
            let slower = Double(samples.map(\.operations).min() ?? 0) * (1 - first.share)
            guard first.share == 1 || slower >= 1 else { return nil }
            return Point(share: first.share, microseconds: spread.median / 1000)
        }
    }

    /// The latency that this share of operations did not exceed; nil when it was not asked for.
    public func latency(_ share: Double) -> Double? { latencies.first { $0.share == share }?.microseconds }
}

extension Results {
    /// Every server that a load was measured with, in the order of the list.
    public func summaries(of load: LoadInfo) -> [Summary] {
        servers.compactMap { server in
            Summary(server, load, runs.filter { $0.load == load.name && $0.server == server.name })
        }
    }

    /// What others are compared with: the C server that takes the least CPU time, or without one the cheapest of all.
    public static func reference(_ summaries: [Summary]) -> Summary? {
        let candidates = summaries.filter { $0.server.family == .c }
        return (candidates.isEmpty ? summaries : candidates).min { $0.cost.median < $1.cost.median }
    }
}
