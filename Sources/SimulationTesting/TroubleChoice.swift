internal import CPOSIX
internal import Sockets

/// Which of the troubles that chaoses bring about are to happen.
enum TroubleChoice: Equatable {
    /// All that the seed decides.
    case all
    /// As few as a seed fails with that fails with all.
    case fewest
    /// Some, that a seed failed with before.
    case some(Set<ChaosTrouble.ID>)
    /// The environment asks for something else.
    case unreadable(String)

    /// The environment variable that asks.
    static let variable = "SIMULATION_TROUBLES"

    /// What the environment asks for.
    static var ofEnvironment: TroubleChoice {
        TroubleChoice(unsafe getenv(variable).map { unsafe String(cString: $0) })
    }

    /// What a text asks for: `fewest`, `none`, or troubles by their numbers, as in `1.3,1.12`.
    init(_ text: String?) {
        switch text {
        case nil, "": self = .all
        case "fewest": self = .fewest
        case let text?: self = Set(troubles: text).map { .some($0) } ?? .unreadable(text)
        }
    }
}
