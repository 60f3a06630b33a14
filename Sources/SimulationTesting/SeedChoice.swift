internal import CPOSIX

/// Which seeds to run.
enum SeedChoice: Equatable {
    /// All that the test asks for.
    case all
    /// One, that failed before.
    case one(UInt64)
    /// Others than the test asks for, as many more.
    case range(Range<UInt64>)
    /// The environment asks for something that is no seed, or no range of them.
    case unreadable(String)

    /// Whether there may be several.
    var isMany: Bool { if case .one = self { false } else { true } }

    /// The environment variable that asks for one seed, or for a range.
    static let variable = "SIMULATION_SEED"

    /// What the environment asks for.
    static var ofEnvironment: SeedChoice { SeedChoice(unsafe getenv(variable).map { unsafe String(cString: $0) }) }

    /// What a text asks for: a decimal number, or a hexadecimal one behind `0x`; two of them with `..<` between for a range.
    init(_ text: String?) {
        guard let text, !text.isEmpty else {
            self = .all
            return
        }
        if let seed = Self.seed(text[...]) {
            self = .one(seed)
        } else if let dots = text.firstRange(of: "..<"), let first = Self.seed(text[..<dots.lowerBound]),
            let end = Self.seed(text[dots.upperBound...]), first < end
        {
            self = .range(first..<end)
        } else {
            self = .unreadable(text)
        }
    }

    private static func seed(_ text: Substring) -> UInt64? {
        text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
    }
}
