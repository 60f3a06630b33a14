/// Everything that a benchmark run found out, as its JSON file has it.
public struct Results: Codable, Sendable {
    /// What the figures were taken on.
    public var machine: Machine
    /// How they were taken.
    public var settings: Settings
    /// In the order of all tables and plots.
    public var servers: [ServerInfo]
    /// The same.
    public var loads: [LoadInfo]
    /// Every run that counts.
    public var runs: [Run] = []
    /// Memory of idle connections.
    public var idle: [IdleRun] = []
    /// Calls beside C's.
    public var calls: [CallCost] = []
    /// What was not measured.
    public var skipped: [Skip] = []

    /// Results without any run.
    public init(machine: Machine, settings: Settings, servers: [ServerInfo], loads: [LoadInfo]) {
        self.machine = machine
        self.settings = settings
        self.servers = servers
        self.loads = loads
    }
}

/// How figures are taken.
public struct Settings: Codable, Sendable {
    /// How often each server was measured under each load.
    public var rounds: Int
    /// How long each time.
    public var seconds: Double
    /// The only core that the server ran on.
    public var serverCore: Int
    /// The same for the load generator.
    public var loadCore: Int
    /// TCP's, in words.
    public var congestionControl: String

    /// All settings.
    public init(rounds: Int, seconds: Double, serverCore: Int, loadCore: Int, congestionControl: String) {
        self.rounds = rounds
        self.seconds = seconds
        self.serverCore = serverCore
        self.loadCore = loadCore
        self.congestionControl = congestionControl
    }
}

/// Who is measured.
public struct ServerInfo: Codable, Sendable {
    /// Whose it is.
    public enum Family: String, Codable, Sendable, CaseIterable {
        case ours = "swift-sockets"
        case c = "C"
        case nio = "SwiftNIO"
        case others
    }

    /// The short name, without blanks.
    public let name: String
    /// The name that people read.
    public let title: String
    /// Whose it is.
    public let family: Family

    /// All of it.
    public init(name: String, title: String, family: Family) {
        self.name = name
        self.title = title
        self.family = family
    }
}

/// What is done to servers.
public struct LoadInfo: Codable, Sendable {
    /// What rates and costs are counted by.
    public enum Unit: String, Codable, Sendable { case operations, mebibytes }

    /// The short name, without blanks.
    public let name: String
    /// The name that people read.
    public let title: String
    /// What its rates and costs are counted by.
    public let unit: Unit

    /// All of it.
    public init(name: String, title: String, unit: Unit) {
        self.name = name
        self.title = title
        self.unit = unit
    }
}

/// One server under one load for one time.
public struct Run: Codable, Sendable {
    /// The load's name.
    public let load: String
    /// The server's name.
    public let server: String
    /// From 0.
    public let round: Int
    /// Whether other work on the cores, or the hypervisor, took so much that it would have been repeated, had it not been so often already.
    public let isDisturbed: Bool
    /// What the load generator reported.
    public let sample: Sample

    /// All of it.
    public init(load: String, server: String, round: Int, isDisturbed: Bool, sample: Sample) {
        self.load = load
        self.server = server
        self.round = round
        self.isDisturbed = isDisturbed
        self.sample = sample
    }
}

/// A server's memory for idle connections.
public struct IdleRun: Codable, Sendable {
    /// The server's name.
    public let server: String
    /// What the load generator reported.
    public let sample: IdleSample

    /// All of it.
    public init(server: String, sample: IdleSample) {
        self.server = server
        self.sample = sample
    }
}

/// A call of ours beside the same in C, each round of both in turn.
public struct CallCost: Codable, Sendable {
    /// The short name, without blanks.
    public let name: String
    /// Nanoseconds of an operation, medians of all rounds.
    public let ours: Double
    /// The same of C.
    public let theirs: Double
    /// Of the rounds' ratios: the median, and what all but a hundredth lie between.
    public let ratio: Double
    /// The ratio that a hundredth of all rounds stay below.
    public let lowestRatio: Double
    /// The ratio that a hundredth of all rounds exceed.
    public let highestRatio: Double
    /// Calls of malloc, calloc and realloc by ours in an operation.
    public let allocations: Double

    /// All of it.
    public init(
        name: String, ours: Double, theirs: Double, ratio: Double, lowestRatio: Double, highestRatio: Double,
        allocations: Double
    ) {
        self.name = name
        self.ours = ours
        self.theirs = theirs
        self.ratio = ratio
        self.lowestRatio = lowestRatio
        self.highestRatio = highestRatio
        self.allocations = allocations
    }
}

/// Something that was not measured, and why.
public struct Skip: Codable, Sendable {
    /// What was to be measured.
    public let what: String
    /// Why it was not.
    public let reason: String

    /// All of it.
    public init(what: String, reason: String) {
        self.what = what
        self.reason = reason
    }
}
