internal import SocketModel

/// The questions that are under way to servers, at most one of a name and a type.
struct DNSExchanges: Sendable {
    private let configuration: ResolverConfiguration
    private let limits: DNSResolverLimits
    private var generator: any RandomNumberGenerator & Sendable

    /// In the order they began; those that have no socket yet wait for one.
    private var all: [DNSExchange] = []
    private var actions = Queue<ResolverAction>()
    private var results: [(DNSExchange, DNSFindingReader.Result)] = []
    private var lastChannel: UInt64 = 0
    private var openChannels = 0
    /// Whose turn it is to be asked first.
    private var turn = 0
    private(set) var nextDeadline = NetworkInstant.distantFuture

    /// How many ports are tried before the system chooses one.
    private static let portTries = 4

    init(
        _ configuration: ResolverConfiguration, _ limits: DNSResolverLimits,
        _ generator: any RandomNumberGenerator & Sendable
    ) {
        self.configuration = configuration
        self.limits = limits
        self.generator = generator
    }

    mutating func nextAction() -> ResolverAction? { actions.removeFirst() }

    /// What has been found since, in the order it was.
    mutating func nextResult() -> (DNSExchange, DNSFindingReader.Result)? {
        results.isEmpty ? nil : results.removeFirst()
    }

    /// Asks, unless that has been asked already: then the answer is for both, and this is true.
    mutating func ask(
        _ question: DNSQuestion, _ waiter: DNSExchange.Waiter, now: NetworkInstant,
        _ statistics: inout DNSResolverStatistics
    ) -> Bool {
        if let place = all.firstIndex(where: { $0.question == question }) {
            all[place].waiters.append(waiter)
            return true
        }
        let first = configuration.rotatesServers ? turn % configuration.servers.count : 0
        turn &+= 1
        all.append(
            DNSExchange(question, waiter, firstServer: first, usesExtensions: configuration.usesExtensions))
        begin(all.count - 1, over: transport, now, &statistics)
        return false
    }

    /// A look-up was given up: what nobody else waits for is asked no more, and its socket is for those who wait.
    mutating func forget(_ lookup: UInt64, _ now: NetworkInstant, _ statistics: inout DNSResolverStatistics) {
        for place in all.indices.reversed() where all[place].waiters.contains(where: { $0.lookup == lookup }) {
            all[place].waiters.removeAll { $0.lookup == lookup }
            guard all[place].waiters.isEmpty else { continue }
            close(place)
            all.remove(at: place)
        }
        beginWaiting(now, &statistics)
    }

    private var transport: ResolverChannel.Transport { configuration.alwaysUsesTCP ? .stream : .datagrams }

    // MARK: Sending

    /// Sends the question to the server whose turn it is, from a new socket, if one is to be had.
    private mutating func begin(
        _ place: Int, over transport: ResolverChannel.Transport, _ now: NetworkInstant,
        _ statistics: inout DNSResolverStatistics
    ) {
        close(place)
        guard openChannels < max(1, limits.channels) else { return }
        openChannels += 1
        lastChannel += 1
        let server = serverIndex(all[place])
        let channel = ResolverChannel(
            number: lastChannel, transport: transport, server: configuration.servers[server],
            localPort: localPort(of: all[place], transport))
        all[place].channel = channel
        all[place].id = .random(in: 0...UInt16.max, using: &generator)
        all[place].sentName = configuration.randomizesCase ? mixed(all[place].question.name) : all[place].question.name
        all[place].deadline = now.advanced(by: timeout(of: server))
        actions.append(.open(channel))
        actions.append(.send(message(of: all[place]), channel: channel.number))
        statistics.sent += 1
        findDeadline()
    }

    /// A stream needs no port of its own: nobody can write into it without having seen it.
    private mutating func localPort(of exchange: DNSExchange, _ transport: ResolverChannel.Transport) -> UInt16 {
        guard transport == .datagrams, exchange.portTries < Self.portTries else { return 0 }
        return .random(in: 1024...UInt16.max, using: &generator)
    }

    private func serverIndex(_ exchange: DNSExchange) -> Int {
        (exchange.firstServer + exchange.step) % configuration.servers.count
    }

    /// As glibc: the first server has the time of the configuration, the next ones more each, divided by their number; a second at least.
    private func timeout(of server: Int) -> Duration {
        if server == 0 { return configuration.timeout }
        return max(configuration.timeout * (1 << min(server, 8)) / configuration.servers.count, .seconds(1))
    }

    private func message(of exchange: DNSExchange) -> Chunk {
        var message = DNSMessage(
            id: exchange.id, asking: DNSQuestion(exchange.sentName, exchange.question.type),
            extensions: exchange.usesExtensions ? DNSExtensions() : nil)
        if configuration.trustsAuthenticData { message.flags.insert(.authenticData) }
        guard let bytes = try? message.encoded() else { preconditionFailure("a question always fits") }
        let isStream = exchange.channel?.transport == .stream
        return Chunk(isStream ? [UInt8(bytes.count >> 8), UInt8(truncatingIfNeeded: bytes.count)] + bytes : bytes)
    }

    /// The name in letters of random case.
    private mutating func mixed(_ name: DNSName) -> DNSName {
        var wire = name.lowercased.wire
        for index in wire.indices where wire[index] &- 0x61 < 26 && Bool.random(using: &generator) {
            wire[index] ^= 0x20
        }
        return DNSName(wire: wire)
    }

    private mutating func close(_ place: Int) {
        guard let channel = all[place].channel else { return }
        actions.append(.close(channel: channel.number))
        openChannels -= 1
        all[place].channel = nil
        all[place].received = []
        all[place].deadline = .distantFuture
        findDeadline()
    }

    // MARK: What comes back

    mutating func handle(_ event: ResolverEvent, now: NetworkInstant, _ statistics: inout DNSResolverStatistics) {
        switch event {
        case .received(let bytes, let sender, let number):
            guard let place = place(of: number) else { return }
            received(bytes, sender, place, now, &statistics)
        case .ended(let number), .failed(let number):
            guard let place = place(of: number) else { return }
            goOn(place, now, &statistics)
        case .portTaken(let number):
            guard let place = place(of: number), let channel = all[place].channel else { return }
            all[place].portTries += 1
            if channel.localPort == 0 { return goOn(place, now, &statistics) }
            begin(place, over: channel.transport, now, &statistics)
        case .sources: break
        }
        beginWaiting(now, &statistics)
    }

    private func place(of channel: UInt64) -> Int? { all.firstIndex { $0.channel?.number == channel } }

    private mutating func received(
        _ bytes: Chunk, _ sender: SocketAddress?, _ place: Int, _ now: NetworkInstant,
        _ statistics: inout DNSResolverStatistics
    ) {
        guard let channel = all[place].channel else { return }
        if let sender, !channel.server.isSameEndpoint(as: sender) { return statistics.unexpected += 1 }
        guard channel.transport == .stream else { return judge(bytes, place, now, &statistics) }
        all[place].received += bytes
        // What follows the first answer that counts is nobody's.
        while all[place].channel == channel, let message = all[place].nextMessage() {
            judge(Chunk(message), place, now, &statistics)
            if !all.indices.contains(place) { return }
        }
    }

    private mutating func judge(
        _ bytes: Chunk, _ place: Int, _ now: NetworkInstant, _ statistics: inout DNSResolverStatistics
    ) {
        let exchange = all[place]
        let verdict = exchange.judge(
            bytes, comparesCase: configuration.randomizesCase, trustsAuthenticData: configuration.trustsAuthenticData)
        switch verdict {
        case .unexpected: statistics.unexpected += 1
        case .malformed(let isServers):
            statistics.malformed += 1
            if isServers { goOn(place, now, &statistics) }
        case .truncated:
            statistics.truncated += 1
            begin(place, over: .stream, now, &statistics)
        case .withoutExtensions:
            all[place].usesExtensions = false
            begin(place, over: exchange.channel?.transport ?? transport, now, &statistics)
        case .failed:
            all[place].hasServerFailed = true
            goOn(place, now, &statistics)
        case .found(let result): finish(place, result)
        }
    }

    /// The next server's turn, if there is one.
    private mutating func goOn(_ place: Int, _ now: NetworkInstant, _ statistics: inout DNSResolverStatistics) {
        all[place].step += 1
        if all[place].step < configuration.servers.count * configuration.attempts {
            begin(place, over: transport, now, &statistics)
        } else {
            let error = all[place].hasServerFailed ? DNSLookupError.serverFailure : .timedOut
            finish(place, DNSFindingReader.Result(finding: .failure(error), timeToLive: 0))
        }
    }

    private mutating func finish(_ place: Int, _ result: DNSFindingReader.Result) {
        close(place)
        results.append((all.remove(at: place), result))
    }

    /// Sockets that have become free are for those who wait.
    private mutating func beginWaiting(_ now: NetworkInstant, _ statistics: inout DNSResolverStatistics) {
        while openChannels < max(1, limits.channels), let place = all.firstIndex(where: { $0.channel == nil }) {
            begin(place, over: transport, now, &statistics)
        }
    }

    // MARK: Time

    mutating func expire(_ now: NetworkInstant, _ statistics: inout DNSResolverStatistics) {
        while let place = all.firstIndex(where: { $0.deadline <= now }) {
            statistics.timeouts += 1
            goOn(place, now, &statistics)
        }
        beginWaiting(now, &statistics)
    }

    private mutating func findDeadline() {
        nextDeadline = all.reduce(.distantFuture) { min($0, $1.deadline) }
    }
}

extension SocketAddress {
    /// Whether both are the same address and port; zones, which are written in more than one way, do not count.
    fileprivate func isSameEndpoint(as other: SocketAddress) -> Bool {
        ip?.withoutZone.unmapped == other.ip?.withoutZone.unmapped && port == other.port
    }
}
