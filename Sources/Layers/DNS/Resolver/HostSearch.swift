package import SocketModel

/// One question about a host on its way through the places where names are looked for.
struct HostSearch: Sendable {
    let number: UInt64
    let query: NameQuery
    private let question: NameQuestion
    /// The places that are still to be looked at.
    private var places: ArraySlice<NameServiceSwitch.Step>
    /// After which results of the servers to look no further.
    private var ends: Set<NameServiceSwitch.Status> = []
    private var stage = Stage.looking
    /// What is said when no place has it: the last place's word.
    private var error = HostError(.hostNotFound)
    /// The families that can be reached, if that matters.
    private var families: [AddressFamily]?

    private enum Stage: Sendable {
        case looking
        case findingFamilies
        case asking
        /// The addresses are there, and are to be put in order.
        case sorting(FoundName)
        case done(FoundName)
        case failed(Failure)
    }

    enum Next {
        case ask(DNSQuery)
        case findSources([IPAddress])
        case done(Result<FoundName, HostError>)
        case failed(Failure)
    }

    init(_ number: UInt64, _ query: NameQuery, _ question: NameQuestion, _ configuration: StubConfiguration) {
        self.number = number
        self.query = query
        self.question = question
        places = configuration.order.hosts[...]
    }

    /// Addresses for documentation (RFC 5737, RFC 3849): nobody has them, and the way there is that to the Internet.
    private static let beyond: [IPAddress] = [
        .v4(IPv4Address(192, 0, 2, 1)), .v6(IPv6Address(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
    ]

    /// What it takes to go on, or the end.
    mutating func next(_ configuration: StubConfiguration) -> Next {
        if isAskedForReachableFamilies, families == nil {
            stage = .findingFamilies
            return .findSources(Self.beyond)
        }
        while true {
            switch stage {
            case .sorting(let found) where found.addresses.count > 1 && isOfAddresses:
                return .findSources(found.addresses)
            case .sorting(let found), .done(let found): return .done(.success(found))
            case .failed(let failure): return .failed(failure)
            case .looking, .asking, .findingFamilies:
                guard let place = places.popFirst() else { return .done(.failure(error)) }
                if let next = look(place, configuration) { return next }
            }
        }
    }

    private var isOfAddresses: Bool { if case .addresses = query { true } else { false } }

    // MARK: Places

    private mutating func look(_ place: NameServiceSwitch.Step, _ configuration: StubConfiguration) -> Next? {
        switch place.source {
        case .files:
            let found = known(configuration.hosts)
            note(found.map { Result.success($0) } ?? .failure(HostError(.hostNotFound)), ends: place.ends)
        case .dns:
            guard let query = serverQuery() else {
                note(.failure(HostError(.hostNotFound)), ends: place.ends)
                return nil
            }
            ends = place.ends
            stage = .asking
            return .ask(query)
        case .other: break
        }
        return nil
    }

    /// What this host knows by itself.
    private func known(_ hosts: HostsFile) -> FoundName? {
        switch question {
        case .name(let name):
            if let found = hosts.find(name), isFitting(found) { return found }
            return Self.loopback(name)
        case .address(let address): return hosts.find(address) ?? hosts.find(address.unmapped)
        }
    }

    private static func loopback(_ name: String) -> FoundName? {
        guard let labels = DNSName(name), labels.isLoopback else { return nil }
        return FoundName(name: labels.hostName, addresses: [.v6(.loopback), .v4(.loopback)])
    }

    /// Of another family than was asked for, it might as well not be there.
    private func isFitting(_ found: FoundName) -> Bool {
        let types = addressTypes
        return found.addresses.contains { types.contains($0.family == .ipv4 ? .a : .aaaa) }
    }

    // MARK: Servers

    /// What servers are asked; nil for what cannot be a host's name: as glibc, of that nobody is told.
    private func serverQuery() -> DNSQuery? {
        switch question {
        case .name(let name):
            if let query = try? DNSQuery(parsing: name, addressTypes), query.name.isHostName { query } else { nil }
        case .address(let address): DNSQuery(DNSName(reverse: address), [.ptr])
        }
    }

    private var addressTypes: [DNSRecordType] {
        guard case .addresses(let query) = query else { return [.a] }
        let wanted: [DNSRecordType] =
            switch query.family {
            case .ipv4: [.a]
            case .ipv6: query.flags.contains(.ipv4Mapped) ? [.aaaa, .a] : [.aaaa]
            default: [.aaaa, .a]
            }
        guard query.family == .unspecified, let families, families.count == 1 else { return wanted }
        return families == [.ipv4] ? [.a] : [.aaaa]
    }

    private var isAskedForReachableFamilies: Bool {
        guard case .addresses(let query) = query else { return false }
        return query.flags.contains(.configuredFamiliesOnly)
    }

    // MARK: Results

    mutating func take(_ sources: [IPAddress?]) {
        switch stage {
        case .findingFamilies:
            families = zip(Self.beyond, sources).filter { $0.1 != nil }.map { $0.0.family }
            stage = .looking
            if let wanted, families?.contains(wanted) == false {
                stage = .failed(Failure(cause: .resolution(ResolutionError(.noName))))
            }
        case .sorting(var found):
            let candidates = zip(found.addresses, sources).map { DestinationCandidate($0, from: $1) }
            found.addresses = AddressSelection(policy: .glibc).sorted(candidates).map(\.destination)
            stage = .done(found)
        default: break
        }
    }

    /// The one family that was asked for.
    private var wanted: AddressFamily? {
        guard case .addresses(let query) = query, query.family != .unspecified else { return nil }
        return query.family
    }

    mutating func take(_ result: Result<DNSAnswer, DNSLookupError>) {
        switch result {
        case .success(let answer): note(found(answer), ends: ends)
        case .failure(.tooManyQuestions):
            stage = .failed(Failure(.outOfResources, detail: "too many look-ups are under way already"))
        case .failure(let error): note(.failure(HostError(of: error)), ends: ends)
        }
    }

    private func found(_ answer: DNSAnswer) -> Result<FoundName, HostError> {
        switch question {
        case .name(let name):
            let addresses = answer.records.compactMap(\.data.address)
            // The last name on the way that is one.
            var names = (answer.aliases + [answer.name]).filter(\.isHostName).map(\.hostName)
            let last = names.popLast() ?? name
            return .success(FoundName(name: last, aliases: names, addresses: addresses))
        case .address(let address):
            let names = answer.records.compactMap { record in
                if case .ptr(let name) = record.data, name.isHostName { name.hostName } else { nil }
            }
            guard let first = names.first else { return .failure(HostError(.hostNotFound)) }
            return .success(FoundName(name: first, aliases: Array(names.dropFirst()), addresses: [address]))
        }
    }

    private mutating func note(_ result: Result<FoundName, HostError>, ends: Set<NameServiceSwitch.Status>) {
        stage = .looking
        switch result {
        case .success(let found): if ends.contains(.success) { stage = .sorting(found) }
        case .failure(let error):
            self.error = error
            let status: NameServiceSwitch.Status = error.code == .tryAgain ? .tryAgain : .notFound
            if ends.contains(status) { places = [] }
        }
    }
}

extension HostError {
    package init(of error: DNSLookupError) {
        switch error {
        case .nameError: self.init(.hostNotFound)
        case .noData: self.init(.noData)
        case .serverFailure, .timedOut: self.init(.tryAgain)
        case .aliasLoop, .tooManyQuestions: self.init(.noRecovery)
        }
    }
}

extension DNSName {
    private static let localhost = DNSName(wire: [9] + Array("localhost".utf8) + [0])

    /// Whether it means the host that asks: all that ends in `localhost` does (RFC 6761, section 6.3).
    package var isLoopback: Bool { isSubdomain(of: Self.localhost) }

    /// Whether it may be a host's: letters, digits, hyphens and underscores, no label beginning with a hyphen. Others are not handed on as such: what
    /// programs do with hosts' names they have not read anybody's bytes for (RFC 952, RFC 1123, section 2.1).
    var isHostName: Bool {
        !isRoot
            && labels.allSatisfy { label in
                label.first != UInt8(ascii: "-")
                    && label.allSatisfy { byte in
                        DNSText.isDigit(byte) || DNSName.folded(byte) &- 0x61 < 26 || byte == UInt8(ascii: "-")
                            || byte == UInt8(ascii: "_")
                    }
            }
    }
}
