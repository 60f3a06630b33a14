extension ResolutionError {
    /// The reasons: `EAI_*`.
    ///
    /// Two codes are equal when their numbers are. Making a code from its number never gives ``other(_:)`` for a number
    /// that has a case of its own.
    public enum Code: Sendable {
        /// The flags have bits or combinations that are not valid: `EAI_BADFLAGS`.
        case badFlags
        /// The host or the service is not known, or neither was given: `EAI_NONAME`.
        case noName
        /// No server answered in time; trying later may help: `EAI_AGAIN`.
        case tryAgain
        /// A server answered that it cannot answer: `EAI_FAIL`.
        case failure
        /// The host is known and has no address: `EAI_NODATA`.
        case noData
        /// The address family is not supported: `EAI_FAMILY`.
        case family
        /// The socket type is not supported: `EAI_SOCKTYPE`.
        case socketType
        /// The service does not exist for the socket type: `EAI_SERVICE`.
        case service
        /// The host has no address of the family asked for: `EAI_ADDRFAMILY`.
        case addressFamily
        /// Out of memory: `EAI_MEMORY`.
        case memory
        /// A system call failed; ``ResolutionError/errno`` says why: `EAI_SYSTEM`.
        case system
        /// A buffer was too small: `EAI_OVERFLOW`.
        case overflow
        /// An asynchronous look-up is still running: `EAI_INPROGRESS`.
        case inProgress
        /// The asynchronous look-up was canceled: `EAI_CANCELED`.
        case canceled
        /// The asynchronous look-up could not be canceled: `EAI_NOTCANCELED`.
        case notCanceled
        /// The asynchronous look-ups had all ended already: `EAI_ALLDONE`.
        case allDone
        /// A signal interrupted the wait: `EAI_INTR`.
        case interrupted
        /// The international name cannot be encoded: `EAI_IDN_ENCODE`.
        case idnEncoding
        /// A number this package has no name for.
        case other(Int32)
    }
}

extension ResolutionError.Code: RawRepresentable {
    /// The number libc uses.
    public var rawValue: Int32 {
        switch self {
        case .badFlags: -1
        case .noName: -2
        case .tryAgain: -3
        case .failure: -4
        case .noData: -5
        case .family: -6
        case .socketType: -7
        case .service: -8
        case .addressFamily: -9
        case .memory: -10
        case .system: -11
        case .overflow: -12
        case .inProgress: -100
        case .canceled: -101
        case .notCanceled: -102
        case .allDone: -103
        case .interrupted: -104
        case .idnEncoding: -105
        case .other(let number): number
        }
    }

    /// The code with that number; ``other(_:)`` when it has no name.
    public init(rawValue: Int32) {
        self = Self.entries.first { $0.value.rawValue == rawValue }?.value ?? .other(rawValue)
    }
}

extension ResolutionError.Code: Hashable, Codable {
    /// Whether the numbers are the same.
    public static func == (a: Self, b: Self) -> Bool { a.rawValue == b.rawValue }

    /// Hashes the number.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension ResolutionError.Code: SystemNumber, CustomStringConvertible {
    /// Each code with its C name and text.
    private static let entries: [(value: Self, cName: String, text: String)] = [
        (.badFlags, "EAI_BADFLAGS", "Bad value for ai_flags"),
        (.noName, "EAI_NONAME", "Name or service not known"),
        (.tryAgain, "EAI_AGAIN", "Temporary failure in name resolution"),
        (.failure, "EAI_FAIL", "Non-recoverable failure in name resolution"),
        (.noData, "EAI_NODATA", "No address associated with hostname"),
        (.family, "EAI_FAMILY", "ai_family not supported"),
        (.socketType, "EAI_SOCKTYPE", "ai_socktype not supported"),
        (.service, "EAI_SERVICE", "Servname not supported for ai_socktype"),
        (.addressFamily, "EAI_ADDRFAMILY", "Address family for hostname not supported"),
        (.memory, "EAI_MEMORY", "Memory allocation failure"),
        (.system, "EAI_SYSTEM", "System error"),
        (.overflow, "EAI_OVERFLOW", "Result too large for supplied buffer"),
        (.inProgress, "EAI_INPROGRESS", "Processing request in progress"),
        (.canceled, "EAI_CANCELED", "Request canceled"),
        (.notCanceled, "EAI_NOTCANCELED", "Request not canceled"),
        (.allDone, "EAI_ALLDONE", "All requests done"),
        (.interrupted, "EAI_INTR", "Interrupted by a signal"),
        (.idnEncoding, "EAI_IDN_ENCODE", "Parameter string not correctly encoded"),
    ]

    /// Every C name with its code.
    public static var allNamed: [(cName: String, value: Self)] {
        entries.map { ($0.cName, $0.value) }
    }

    /// What `gai_strerror(3)` says in English; "Unknown error" for a number without a name.
    public var description: String {
        Self.entries.first { $0.value == self }?.text ?? "Unknown error"
    }
}
