extension HostError {
    /// The reasons: values of `h_errno`.
    ///
    /// Two codes are equal when their numbers are. Making a code from its number never gives ``other(_:)`` for a number
    /// that has a case of its own.
    public enum Code: Sendable {
        /// A system call failed; ``HostError/errno`` says why: `NETDB_INTERNAL`.
        case internalError
        /// No error: `NETDB_SUCCESS`.
        case success
        /// No such host: `HOST_NOT_FOUND`.
        case hostNotFound
        /// No server answered in time; trying later may help: `TRY_AGAIN`.
        case tryAgain
        /// A server answered that it cannot answer: `NO_RECOVERY`.
        case noRecovery
        /// The host is known and has no address: `NO_DATA`.
        case noData
        /// A number this package has no name for.
        case other(Int32)
    }
}

extension HostError.Code: RawRepresentable {
    /// The number libc uses.
    public var rawValue: Int32 {
        switch self {
        case .internalError: -1
        case .success: 0
        case .hostNotFound: 1
        case .tryAgain: 2
        case .noRecovery: 3
        case .noData: 4
        case .other(let number): number
        }
    }

    /// The code with that number; ``other(_:)`` when it has no name.
    public init(rawValue: Int32) {
        self = Self.entries.first { $0.value.rawValue == rawValue }?.value ?? .other(rawValue)
    }
}

extension HostError.Code: Hashable, Codable {
    /// Whether the numbers are the same.
    public static func == (a: Self, b: Self) -> Bool { a.rawValue == b.rawValue }

    /// Hashes the number.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension HostError.Code: SystemNumber, CustomStringConvertible {
    /// Each code with its C name and text.
    private static let entries: [(value: Self, cName: String, text: String)] = [
        (.internalError, "NETDB_INTERNAL", "Resolver internal error"),
        (.success, "NETDB_SUCCESS", "Resolver Error 0 (no error)"),
        (.hostNotFound, "HOST_NOT_FOUND", "Unknown host"),
        (.tryAgain, "TRY_AGAIN", "Host name lookup failure"),
        (.noRecovery, "NO_RECOVERY", "Unknown server error"),
        (.noData, "NO_DATA", "No address associated with name"),
    ]

    /// Every C name with its code; an alias comes last.
    public static var allNamed: [(cName: String, value: Self)] {
        entries.map { ($0.cName, $0.value) } + [("NO_ADDRESS", .noAddress)]
    }

    /// What `hstrerror(3)` says; for numbers without a name as vaguely as it does.
    public var description: String {
        if let entry = Self.entries.first(where: { $0.value == self }) { return entry.text }
        return rawValue < 0 ? "Resolver internal error" : "Unknown resolver error"
    }
}

extension HostError.Code {
    /// The same number as ``noData``: `NO_ADDRESS`.
    public static var noAddress: Self { .noData }
}
