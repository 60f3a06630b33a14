public import SocketModel

/// A stub resolver: it asks servers that find out by themselves, as a pure machine (RFC 1034, section 5.3.1).
///
/// Questions go to the servers of its configuration as glibc's resolver asks them: each in turn, each attempt with its timeout, over TCP
/// when an answer is cut. Each is sent from a socket, a port and with an identifier of its own. An answer counts if it comes from the server
/// that was asked, and repeats identifier and question; all else is counted and forgotten. Of an answer only the records of the name asked for
/// count, and of those that its aliases lead to. What was found is kept for as long as it is good, and so is that something is not there.
///
/// ```swift
/// var resolver = DNSResolver(ResolverConfiguration(), generator: SystemRandomNumberGenerator())
/// let start = NetworkInstant(nanoseconds: 0)
/// resolver.handle(.ask(try DNSQuery(parsing: "example.org.", [.aaaa]), number: 1), now: start)
/// if case .action(.open(let channel)) = resolver.poll(now: start) { print(channel.server) }  // 127.0.0.1:53
/// ```
public struct DNSResolver: ResolverMachine {
    /// What is asked.
    public typealias Question = DNSQuery
    /// What is answered.
    public typealias Answer = Result<DNSAnswer, DNSLookupError>
    /// What happens to it.
    public typealias Input = ResolverInput<DNSQuery>
    /// What it wants.
    public typealias Output = ResolverOutput<Answer>

    /// Whom it asks, and how.
    public let configuration: ResolverConfiguration
    /// How much it holds at most.
    public let limits: DNSResolverLimits
    /// What it has seen so far.
    public internal(set) var statistics = DNSResolverStatistics()

    private var outputs = Queue<Output>()
    private var cache: DNSCache
    /// Never walked through.
    private var lookups: [UInt64: DNSLookup] = [:]
    var exchanges: DNSExchanges

    /// A resolver.
    ///
    /// - Parameter generator: Where identifiers, ports and the case of letters come from: what it yields must not be guessed.
    public init(
        _ configuration: ResolverConfiguration, limits: DNSResolverLimits = DNSResolverLimits(),
        generator: any RandomNumberGenerator & Sendable
    ) {
        self.configuration = configuration
        self.limits = limits
        cache = DNSCache(capacity: limits.cachedAnswers)
        exchanges = DNSExchanges(configuration, limits, generator)
    }

    /// Takes what has happened.
    public mutating func handle(_ input: consuming Input, now: NetworkInstant) {
        switch input {
        case .ask(let query, let number): ask(query, number, now)
        case .forget(let number):
            lookups[number] = nil
            exchanges.forget(number, now, &statistics)
        case .event(let event):
            exchanges.handle(event, now: now, &statistics)
            settle(now)
        }
    }

    /// What is to be done next.
    public mutating func poll(now: NetworkInstant) -> Output {
        if exchanges.nextDeadline <= now {
            exchanges.expire(now, &statistics)
            settle(now)
        }
        if let action = exchanges.nextAction() { return .action(action) }
        return outputs.removeFirst() ?? .wait(until: exchanges.nextDeadline)
    }

    // MARK: Look-ups

    private mutating func ask(_ query: DNSQuery, _ number: UInt64, _ now: NetworkInstant) {
        guard lookups.count < limits.questions, lookups[number] == nil else {
            return outputs.append(.answer(.failure(.tooManyQuestions), number: number))
        }
        var lookup = DNSLookup(number, query, configuration)
        guard lookup.begin() else {
            return outputs.append(.answer(.failure(lookup.finalError), number: number))
        }
        advance(&lookup, now)
    }

    /// Asks what is to be asked, until the look-up waits or is over. Taken out of the table meanwhile, and put back if it waits.
    private mutating func advance(_ lookup: inout DNSLookup, _ now: NetworkInstant) {
        while true {
            for part in lookup.parts.indices {
                if case .idle = lookup.parts[part].state { ask(part, of: &lookup, now) }
                if configuration.asksInSequence, case .asking = lookup.parts[part].state { break }
            }
            if lookup.isUnderWay {
                lookups[lookup.number] = lookup
                return
            }
            switch lookup.conclude() {
            case .answer(let answer): return outputs.append(.answer(.success(answer), number: lookup.number))
            case .failure(let error): return outputs.append(.answer(.failure(error), number: lookup.number))
            case .next: _ = lookup.begin()
            }
        }
    }

    /// Follows aliases through what is kept, until that says more, or a server must be asked.
    private mutating func ask(_ part: Int, of lookup: inout DNSLookup, _ now: NetworkInstant) {
        while case .idle = lookup.parts[part].state {
            let question = DNSQuestion(lookup.parts[part].name, lookup.parts[part].type)
            if let finding = cache.find(question, now: now) {
                statistics.answeredFromCache += 1
                lookup.parts[part].take(finding)
            } else {
                let waiter = DNSExchange.Waiter(lookup: lookup.number, part: part)
                if exchanges.ask(question, waiter, now: now, &statistics) { statistics.joined += 1 }
                lookup.parts[part].state = .asking
            }
        }
    }

    /// Hands on what exchanges have found.
    private mutating func settle(_ now: NetworkInstant) {
        while let (exchange, result) = exchanges.nextResult() {
            cache.store(result, of: exchange.question, now: now)
            for waiter in exchange.waiters {
                guard var lookup = lookups.removeValue(forKey: waiter.lookup) else { continue }
                if lookup.isAsking(exchange.question, waiter.part) { lookup.parts[waiter.part].take(result.finding) }
                advance(&lookup, now)
            }
        }
    }
}

extension DNSLookup {
    /// Whether a part waits for that: a number may have been forgotten, and used again.
    fileprivate func isAsking(_ question: DNSQuestion, _ part: Int) -> Bool {
        guard parts.indices.contains(part), case .asking = parts[part].state else { return false }
        return parts[part].type == question.type && parts[part].name == question.name
    }
}

extension DNSLookup.Part {
    /// Takes what was found of the present name.
    mutating func take(_ finding: DNSFinding) {
        switch finding {
        case .records(let records, let name, let more, let isAuthentic):
            state = .found(records, name: name, aliases: aliases + more, isAuthentic: isAuthentic)
        case .failure(let error): state = .failed(error)
        case .alias(let target, let more):
            aliases += more
            let isLoop = aliases.contains(target) || aliases.count > DNSFindingReader.longestChain
            name = target
            state = isLoop ? .failed(.aliasLoop) : .idle
        }
    }
}
