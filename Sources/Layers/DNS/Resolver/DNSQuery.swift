/// A question to a resolver: the records of some types that a name has, in one domain or another.
public struct DNSQuery: Hashable, Sendable {
    /// The name, or its first labels.
    public var name: DNSName
    /// The types, 1...``maximumTypes``, which are asked for at the same time; the rest is left out.
    public var types: [DNSRecordType]
    /// Whether the name is looked for in the domains that the configuration names, too.
    public var searches: Bool

    /// The most types of one question.
    public static let maximumTypes = 4

    /// A question.
    public init(_ name: DNSName, _ types: [DNSRecordType], searches: Bool = false) {
        self.name = name
        self.types = Array(types.prefix(Self.maximumTypes))
        self.searches = searches
    }

    /// A question for a name as people write it: with a period at its end it is complete, without it is searched.
    ///
    /// - Throws: ``DNSNameError`` for what is no name.
    public init(parsing text: String, _ types: [DNSRecordType]) throws(DNSNameError) {
        self.init(try DNSName(parsing: text), types, searches: text.utf8.last != UInt8(ascii: "."))
    }
}

/// What a resolver has found.
public struct DNSAnswer: Hashable, Sendable {
    /// The name that has the records, after all aliases.
    public var name: DNSName
    /// The names that led there, beginning with the one asked for; none when there was no alias.
    public var aliases: [DNSName]
    /// The records of the types asked for, in the order of the types, at least one. Their times to live are what is left of them.
    public var records: [DNSRecord]
    /// Whether the servers have checked signatures, and are trusted to have.
    public var isAuthentic: Bool
}

/// Why a resolver has found nothing.
public enum DNSLookupError: Error, Hashable, Sendable, CaseIterable {
    /// The name does not exist: `NXDOMAIN`.
    case nameError
    /// The name has no records of that type.
    case noData
    /// The servers have failed, or refuse to answer: `SERVFAIL`, `REFUSED`.
    case serverFailure
    /// No server has answered in time.
    case timedOut
    /// The aliases lead in a circle, or there are more than 16.
    case aliasLoop
    /// More questions are under way than the limits allow.
    case tooManyQuestions
}

extension DNSLookupError: CustomStringConvertible {
    /// The reason, in words.
    public var description: String {
        switch self {
        case .nameError: "the name does not exist"
        case .noData: "the name has no records of that type"
        case .serverFailure: "the servers fail or refuse to answer"
        case .timedOut: "no server answers"
        case .aliasLoop: "the aliases lead in a circle, or there are more than 16"
        case .tooManyQuestions: "too many questions are under way"
        }
    }
}
