public import SocketModel

/// What a ``Chaos`` has brought about at one of its occasions: ``Simulation/troubles`` has all of them.
///
/// A run that fails with many may fail with few, which tell why. ``fewest(of:attempts:fails:)`` finds them, by runs with some of them alone:
///
/// ```swift
/// /// What a run with these troubles fails with, and all it has had; nil for whatever befalls it.
/// func run(_ seed: UInt64, _ troubles: Set<ChaosTrouble.ID>?) -> (error: (any Error)?, troubles: [ChaosTrouble]) {
///     var options = SimulationOptions()
///     options.troubles = troubles
///     let simulation = Simulation(seed: seed, options: options)
///     // … hosts and programs …
///     simulation.unleash(Chaos(), for: .seconds(60))
///     do {
///         try simulation.run()
///         return (nil, simulation.troubles)
///     } catch {
///         return (error, simulation.troubles)
///     }
/// }
///
/// let failed = run(17, nil)
/// let few = ChaosTrouble.fewest(of: failed.troubles) { run(17, Set($0.map(\.id))).error != nil }
/// for trouble in few { print(trouble) }
/// ```
public struct ChaosTrouble: Hashable, Sendable, Codable, Identifiable {
    /// Which it is, in every run with the same seed.
    public struct ID: Hashable, Sendable, Codable {
        /// Whose it is: chaoses count from 1, in the order in which they were unleashed.
        public let chaos: Int
        /// At which of the chaos's occasions, from 1.
        public let occasion: Int

        /// That occasion of that chaos.
        public init(chaos: Int, occasion: Int) {
            self.chaos = chaos
            self.occasion = occasion
        }
    }

    /// What happens.
    public enum Event: Hashable, Sendable, Codable {
        /// A fault is injected.
        case fault(Fault)
        /// A host crashes, and restarts at the end.
        case crash(host: String)
    }

    /// Which it is.
    public let id: ID
    /// When it began.
    public let begin: NetworkInstant
    /// How long it was to last: until then, or until its chaos was over.
    public let duration: Duration
    /// What happened.
    public let event: Event
}

extension Simulation {
    /// What chaoses have brought about so far, in order.
    public var troubles: [ChaosTrouble] { world.enter { world.chaosTroubles } ?? [] }

    /// Which of these troubles there has been none of, in words; nil if there have been all.
    package func lack(of ids: Set<ChaosTrouble.ID>) -> String? {
        let missing = ids.subtracting(troubles.map(\.id)).map(\.description).sorted()
        return missing.isEmpty ? nil : "seed \(seed) has no trouble \(missing.joined(separator: ", "))"
    }
}

extension ChaosTrouble.ID: LosslessStringConvertible {
    /// Both numbers, with a period between: "1.12".
    public var description: String { "\(chaos).\(occasion)" }

    /// Reads what ``description`` has written; nil for anything else.
    public init?(_ description: String) {
        let numbers = description.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let chaos = numbers[0], let occasion = numbers[1], chaos > 0, occasion > 0 else {
            return nil
        }
        self.init(chaos: chaos, occasion: occasion)
        if self.description != description { return nil }
    }
}

extension Set where Element == ChaosTrouble.ID {
    /// Reads numbers of troubles with commas between, or `none`; nil for anything else.
    package init?(troubles text: String) {
        let numbers = text == "none" ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
        let ids = numbers.compactMap { ChaosTrouble.ID(String($0)) }
        guard ids.count == numbers.count else { return nil }
        self.init(ids)
    }
}

extension ChaosTrouble {
    /// The text that is read as the numbers of these.
    package static func numbers(of troubles: [ChaosTrouble]) -> String {
        troubles.isEmpty ? "none" : troubles.map(\.id.description).joined(separator: ",")
    }
}

extension ChaosTrouble: CustomStringConvertible {
    /// When, for how long, and what: "at 3.25 s, for 1.5 s: a pause of client".
    public var description: String {
        "at \(Duration.nanoseconds(begin.nanoseconds).seconds), for \(duration.seconds): \(event)"
    }
}

extension ChaosTrouble.Event: CustomStringConvertible {
    /// What happens, in words.
    public var description: String {
        switch self {
        case .fault(let fault): fault.words
        case .crash(let host): "a crash of \(host)"
        }
    }
}
