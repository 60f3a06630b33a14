public import BackendSim
internal import Layers
internal import SocketModel

extension SimulatedHost {
    /// Runs a name server on this host, at port 53 of UDP and TCP, in the background: it answers real messages from a simulation's names, for
    /// ``ResolverChoice/stub(_:)`` to ask.
    ///
    /// ```swift
    /// let simulation = Simulation(seed: 42)
    /// simulation.host("dns").runNameServer(of: simulation.names)
    /// let server = SocketAddress(.v4(simulation.host("dns").ipv4), port: 53)
    /// simulation.host("client").run { network in
    ///     let stub = StubConfiguration(resolver: ResolverConfiguration(servers: [server]))
    ///     print(try await network.resolving(.stub(stub)).addresses(of: "dns"))
    /// }
    /// try simulation.run()
    /// ```
    ///
    /// It knows addresses, aliases and the way back from addresses. An answer that is longer than its asker takes is cut. How long look-ups take and
    /// whether they fail is up to links, packets and hosts: ``NameZone/conditions`` are those of the backend's own look-ups.
    ///
    /// - Parameter timeToLive: How many seconds an answer, or that there is none, may be kept.
    public func runNameServer(of names: NameZone, timeToLive: UInt32 = 60) {
        let responder = ZoneResponder(names: names, timeToLive: timeToLive)
        run("name server", inBackground: true) { network in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await responder.answerDatagrams(network) }
                group.addTask { try await responder.answerStreams(network) }
                try await group.waitForAll()
            }
        }
    }
}

/// Answers questions from a simulation's names.
private struct ZoneResponder: Sendable {
    let names: NameZone
    let timeToLive: UInt32

    private static let endpoint = "[::]:53"

    func answerDatagrams(_ network: Network) async throws {
        let socket = try await network.datagrams(at: Self.endpoint)
        for try await (bytes, sender) in socket.datagrams() {
            guard let sender, let answer = answer(bytes, limit: nil) else { continue }
            try await socket.send(answer, to: sender)
        }
    }

    func answerStreams(_ network: Network) async throws {
        try await network.listen(Self.endpoint).serve { connection in
            while true {
                let head = try await connection.receiveExactly(2)
                let question = try await connection.receiveExactly(Int(head[0]) << 8 | Int(head[1]))
                guard let answer = answer(question, limit: DNSMessage.maximumLength) else { return }
                try await connection.sendAll([UInt8(answer.count >> 8), UInt8(answer.count & 0xFF)] + answer)
            }
        }
    }

    /// The answer, no longer than the limit, or than the question allows; nil for what is no question.
    private func answer(_ bytes: Chunk, limit: Int?) -> [UInt8]? {
        guard let query = try? DNSMessage(decoding: bytes), !query.isResponse else { return nil }
        var answer = answer(query)
        let limit = limit ?? max(512, Int(query.extensions?.payloadSize ?? 512))
        if let bytes = try? answer.encoded(), bytes.count <= limit { return bytes }
        answer.flags.insert(.truncated)
        (answer.answers, answer.authorities) = ([], [])
        return try? answer.encoded()
    }

    private func answer(_ query: DNSMessage) -> DNSMessage {
        guard query.opcode == .query else { return query.response(.notImplemented) }
        guard query.questions.count == 1, query.questions[0].class == .internet else {
            return query.response(.formatError)
        }
        let question = query.questions[0]
        var answer = query.response(flags: [.authoritative, .recursionAvailable])
        if let found = find(question) {
            answer.answers = records(of: found, question)
        } else {
            answer.responseCode = .nameError
        }
        if !answer.answers.contains(where: { $0.type == question.type }) { answer.authorities = [authority] }
        return answer
    }

    private func find(_ question: DNSQuestion) -> FoundName? {
        if let address = question.name.reverseAddress { return names.find(.address(address)) }
        return names.find(.name(question.name.hostName))
    }

    private func records(of found: FoundName, _ question: DNSQuestion) -> [DNSRecord] {
        if question.name.reverseAddress != nil {
            guard question.type == .ptr, let name = DNSName(found.name) else { return [] }
            return [DNSRecord(question.name, timeToLive: timeToLive, .ptr(name))]
        }
        let way = ([question.name.hostName] + found.aliases.dropFirst() + (found.aliases.isEmpty ? [] : [found.name]))
            .compactMap { DNSName($0) }
        var records = zip(way, way.dropFirst()).map { DNSRecord($0, timeToLive: timeToLive, .cname($1)) }
        guard let owner = way.last, question.type != .cname else { return Array(records.prefix(1)) }
        for address in found.addresses {
            switch address {
            case .v4(let number) where question.type == .a:
                records.append(DNSRecord(owner, timeToLive: timeToLive, .a(number)))
            case .v6(let number, _) where question.type == .aaaa:
                records.append(DNSRecord(owner, timeToLive: timeToLive, .aaaa(number)))
            default: break
            }
        }
        return records
    }

    /// The whole of the simulation is one zone.
    private var authority: DNSRecord {
        let data = DNSStartOfAuthority(
            primaryServer: .root, mailbox: .root, serial: 1, refresh: timeToLive, retry: timeToLive, expire: timeToLive,
            minimum: timeToLive)
        return DNSRecord(.root, timeToLive: timeToLive, .soa(data))
    }
}
