/// A question that is under way: its candidates are tried one after the other, and of each all types at the same time.
struct DNSLookup: Sendable {
    /// A type of the name that is tried.
    struct Part: Sendable {
        let type: DNSRecordType
        /// The name that is asked for now, after the aliases.
        var name: DNSName
        var aliases: [DNSName] = []
        var state = State.idle
    }

    enum State: Sendable {
        case idle
        case asking
        case found([DNSRecord], name: DNSName, aliases: [DNSName], isAuthentic: Bool)
        case failed(DNSLookupError)
    }

    let number: UInt64
    private let types: [DNSRecordType]
    /// What is still to be tried, the next one last.
    private var candidates: [DNSName]
    /// What came of the name as it is, if that was tried first.
    private var firstError: DNSLookupError?
    private let beginsWithName: Bool
    private var hasNoData = false
    private var hasServerFailed = false
    var parts: [Part] = []

    init(_ number: UInt64, _ query: DNSQuery, _ configuration: ResolverConfiguration) {
        self.number = number
        types = query.types.filter { $0 != .aaaa || !configuration.omitsIPv6 }
        let search = DNSSearchList(query, configuration)
        candidates = search.names.reversed()
        beginsWithName = search.beginsWithName
    }

    /// Goes on to the next candidate; false when there is none.
    mutating func begin() -> Bool {
        guard let name = candidates.popLast(), !types.isEmpty else { return false }
        parts = types.map { Part(type: $0, name: name) }
        return true
    }

    /// What has come of the candidate; nil as long as parts are under way.
    enum Outcome {
        case answer(DNSAnswer)
        case failure(DNSLookupError)
        /// The next candidate is to be tried.
        case next
    }

    var isUnderWay: Bool {
        parts.contains { part in
            switch part.state {
            case .idle, .asking: true
            case .found, .failed: false
            }
        }
    }

    mutating func conclude() -> Outcome {
        if let answer { return .answer(answer) }
        let error = worst
        if beginsWithName, firstError == nil { firstError = error }
        switch error {
        case .nameError: break
        case .noData: hasNoData = true
        case .serverFailure: hasServerFailed = true
        // Another domain would fare no better.
        default: return .failure(error)
        }
        return candidates.isEmpty ? .failure(finalError) : .next
    }

    /// What `res_search(3)` reports when nothing was found.
    var finalError: DNSLookupError {
        if let firstError { return firstError }
        if hasNoData || types.isEmpty { return .noData }
        return hasServerFailed ? .serverFailure : .nameError
    }

    /// Of parts that have all failed: what may be otherwise next time, before what is sure.
    private var worst: DNSLookupError {
        let errors = parts.map { part in
            if case .failed(let error) = part.state { error } else { DNSLookupError.noData }
        }
        let order: [DNSLookupError] = [.tooManyQuestions, .timedOut, .serverFailure, .aliasLoop, .noData]
        return order.first { errors.contains($0) } ?? .nameError
    }

    /// What has been found, if any part has.
    private var answer: DNSAnswer? {
        var answer: DNSAnswer?
        for part in parts {
            guard case .found(let records, let name, let aliases, let isAuthentic) = part.state else { continue }
            let before = answer ?? DNSAnswer(name: name, aliases: aliases, records: [], isAuthentic: true)
            answer = DNSAnswer(
                name: before.name, aliases: before.aliases, records: before.records + records,
                isAuthentic: before.isAuthentic && isAuthentic)
        }
        return answer
    }
}

/// The names to try for a question, in order: as `res_search(3)` has it.
struct DNSSearchList {
    private(set) var names: [DNSName] = []
    /// Whether the first is the name as it is.
    let beginsWithName: Bool

    init(_ query: DNSQuery, _ configuration: ResolverConfiguration) {
        guard query.searches else {
            (names, beginsWithName) = ([query.name], true)
            return
        }
        let dots = query.name.labelCount - 1
        let isAsked = dots > 0 || !configuration.neverAsksForTopLevel
        beginsWithName = isAsked && dots >= configuration.dotsForAbsolute
        if beginsWithName { add(query.name) }
        for domain in configuration.search {
            // One that would be too long cannot exist.
            if let name = try? query.name.appending(domain) { add(name) }
        }
        if isAsked { add(query.name) }
    }

    private mutating func add(_ name: DNSName) {
        if !names.contains(name) { names.append(name) }
    }
}
