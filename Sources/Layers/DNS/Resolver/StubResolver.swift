public import SocketModel

/// What a ``StubResolver`` is asked.
public enum StubQuestion: Hashable, Sendable {
    /// What `getaddrinfo(3)` and its siblings are asked; ``StubAnswer/names(_:)``.
    case names(NameQuery)
    /// Records of any types; ``StubAnswer/records(_:)``. Only servers are asked.
    case records(DNSQuery)
}

/// The answer to a ``StubQuestion``.
public enum StubAnswer: Hashable, Sendable {
    /// What `getaddrinfo(3)` and its siblings answer.
    case names(Result<NameAnswer, Failure>)
    /// Records, or why there are none.
    case records(Result<DNSAnswer, DNSLookupError>)
}

/// The names of hosts and services, as glibc has them, as a pure machine: numeric text, the hosts file and the services file, and a
/// ``DNSResolver`` for the rest.
///
/// Addresses come in the order of RFC 6724, for which the driver finds out from where each would be reached. `localhost`, and all below it, is this
/// host, and never asked for (RFC 6761). ``AddressInfoFlags/configuredFamiliesOnly`` leaves out a family of which no address beyond this host can be
/// reached. What only the kernel knows, ``NameQuery/hostName`` and interfaces, is ``SocketError/Code/unsupported``.
public struct StubResolver: ResolverMachine {
    /// What is asked.
    public typealias Question = StubQuestion
    /// What is answered.
    public typealias Answer = StubAnswer
    /// What happens to it.
    public typealias Input = ResolverInput<StubQuestion>
    /// What it wants.
    public typealias Output = ResolverOutput<StubAnswer>

    /// What it was told.
    public var configuration: StubConfiguration { answers.configuration }
    /// What has been seen so far.
    public var statistics: DNSResolverStatistics { resolver.statistics }

    private let answers: LocalAnswers
    private var resolver: DNSResolver
    private var outputs = Queue<Output>()
    /// Never walked through.
    private var searches: [UInt64: HostSearch] = [:]

    /// A resolver.
    ///
    /// - Parameters:
    ///   - local: What the host knows of itself.
    ///   - generator: As that of ``DNSResolver/init(_:limits:generator:)``.
    package init(
        _ configuration: StubConfiguration, on local: any LocalHost, generator: any RandomNumberGenerator & Sendable
    ) {
        self.init(LocalAnswers(local, configuration), generator: generator)
    }

    /// A resolver that answers by itself as others do.
    package init(_ answers: LocalAnswers, generator: any RandomNumberGenerator & Sendable) {
        self.answers = answers
        let configuration = answers.configuration
        resolver = DNSResolver(configuration.resolver, limits: configuration.limits, generator: generator)
    }

    /// Takes what has happened.
    public mutating func handle(_ input: consuming Input, now: NetworkInstant) {
        switch input {
        case .ask(.records(let query), let number): resolver.handle(.ask(query, number: number), now: now)
        case .ask(.names(let query), let number): ask(query, number, now)
        case .forget(let number):
            searches[number] = nil
            resolver.handle(.forget(number: number), now: now)
        case .event(.sources(let sources, let number)):
            guard var search = searches.removeValue(forKey: number) else { return }
            search.take(sources)
            advance(&search, now)
        case .event(let event): resolver.handle(.event(event), now: now)
        }
    }

    /// What is to be done next.
    public mutating func poll(now: NetworkInstant) -> Output {
        while true {
            if let output = outputs.removeFirst() { return output }
            switch resolver.poll(now: now) {
            case .action(let action): return .action(action)
            case .wait(let instant): return .wait(until: instant)
            case .answer(let result, let number):
                guard var search = searches.removeValue(forKey: number) else {
                    return .answer(.records(result), number: number)
                }
                search.take(result)
                advance(&search, now)
            }
        }
    }

    private mutating func ask(_ query: NameQuery, _ number: UInt64, _ now: NetworkInstant) {
        guard searches.count < configuration.limits.questions, searches[number] == nil else {
            let failure = Failure(.outOfResources, detail: "\(searches.count) look-ups are under way already")
            return outputs.append(.answer(.names(.failure(failure)), number: number))
        }
        do throws(Failure) {
            switch try answers.step(query) {
            case .known(let answer): outputs.append(.answer(.names(.success(answer)), number: number))
            case .ask(let question, _):
                var search = HostSearch(number, query, question, configuration)
                advance(&search, now)
            }
        } catch {
            outputs.append(.answer(.names(.failure(error)), number: number))
        }
    }

    /// Does what the search wants until it waits, when it is put into the table, or is over.
    private mutating func advance(_ search: inout HostSearch, _ now: NetworkInstant) {
        switch search.next(configuration) {
        case .ask(let query):
            resolver.handle(.ask(query, number: search.number), now: now)
            searches[search.number] = search
        case .findSources(let addresses):
            outputs.append(.action(.findSources(addresses, number: search.number)))
            searches[search.number] = search
        case .done(let found):
            let result = Result { () throws(Failure) in try answers.answer(search.query, found) }
            outputs.append(.answer(.names(result), number: search.number))
        case .failed(let failure): outputs.append(.answer(.names(.failure(failure)), number: search.number))
        }
    }
}

/// What is answered without asking anybody, and what the answers of others mean.
package struct LocalAnswers: Sendable {
    /// What it was told.
    package let configuration: StubConfiguration
    private let local: any LocalHost
    private let services: ServiceTable

    package init(_ local: any LocalHost, _ configuration: StubConfiguration) {
        self.local = local
        self.configuration = configuration
        services = configuration.serviceTable
    }

    /// The answer, or the question about hosts that it takes.
    package func step(_ query: NameQuery) throws(Failure) -> NameStep {
        try query.refuseNUL()
        switch query {
        case .addresses(let query):
            return try resolving { () throws(ResolutionError) in
                try AddressRequest(query, on: local, services).step()
            }
        case .name(let address, let flags):
            return try resolving { () throws(ResolutionError) in
                try NameRequest(address, flags, on: local, services).step()
            }
        case .hostByName(let name): return try asking { () throws(HostError) in try HostRequest.step(named: name) }
        case .hostByAddress(let address):
            return try asking { () throws(HostError) in try HostRequest.step(at: address) }
        default:
            if let answer = try services.answer(query) { return .known(answer) }
            throw Failure(.unsupported, detail: "a stub resolver does not know it")
        }
    }

    /// What was found, in the terms of the query.
    func answer(_ query: NameQuery, _ found: Result<FoundName, HostError>) throws(Failure) -> NameAnswer {
        switch try step(query) {
        case .known(let answer): return answer
        case .ask(_, let read): return try read(found)
        }
    }

    private func resolving(_ body: () throws(ResolutionError) -> NameStep) throws(Failure) -> NameStep {
        do throws(ResolutionError) { return try body() } catch { throw Failure(cause: .resolution(error)) }
    }

    private func asking(_ body: () throws(HostError) -> NameStep) throws(Failure) -> NameStep {
        do throws(HostError) { return try body() } catch { throw Failure(cause: .host(error)) }
    }
}
