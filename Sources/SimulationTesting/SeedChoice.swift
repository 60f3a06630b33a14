internal import CPOSIX

/// Which seeds to run.
enum SeedChoice: Equatable {
    /// All that the test asks for.
    case all
    /// One, that failed before.
    case one(UInt64)
    /// The environment asks for something that is no seed.
    case unreadable(String)

    /// The environment variable that asks for one.
    static let variable = "SIMULATION_SEED"

    /// What the environment asks for.
    static var ofEnvironment: SeedChoice { SeedChoice(unsafe getenv(variable).map { unsafe String(cString: $0) }) }

    /// What a text asks for: a decimal number, or a hexadecimal one behind `0x`.
    init(_ text: String?) {
        guard let text, !text.isEmpty else {
            self = .all
            return
        }
        let seed = text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
        self = seed.map { .one($0) } ?? .unreadable(text)
    }
}
