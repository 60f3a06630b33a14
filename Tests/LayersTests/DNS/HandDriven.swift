import Layers
import SocketModel
import Testing

/// A resolver that is driven by hand: what it sends is noted, what it is told is the test's.
struct HandDriven<Resolver: ResolverMachine> {
    var resolver: Resolver
    var now = NetworkInstant(nanoseconds: 0)
    /// What was sent, oldest first.
    private(set) var sent: [(channel: ResolverChannel, message: DNSMessage)] = []
    private(set) var opened: [ResolverChannel] = []
    private(set) var closed: [UInt64] = []
    private(set) var answers: [(number: UInt64, answer: Resolver.Answer)] = []
    private(set) var sourcesWanted: [(addresses: [IPAddress], number: UInt64)] = []
    private(set) var deadline = NetworkInstant.distantFuture

    init(_ resolver: Resolver) { self.resolver = resolver }

    /// Carries out what the machine wants until it waits; each step of a bounded number.
    mutating func run() throws {
        for _ in 0..<10_000 {
            switch resolver.poll(now: now) {
            case .action(let action): try carryOut(action)
            case .answer(let answer, let number): answers.append((number, answer))
            case .wait(let instant):
                deadline = instant
                #expect(instant > now)
                return
            }
        }
        Issue.record("the machine never waits")
    }

    private mutating func carryOut(_ action: ResolverAction) throws {
        switch action {
        case .open(let channel): opened.append(channel)
        case .send(let bytes, let number):
            let channel = try #require(opened.first { $0.number == number })
            #expect(!closed.contains(number))
            let isStream = channel.transport == .stream
            if isStream { #expect(Int(bytes[0]) << 8 | Int(bytes[1]) == bytes.count - 2) }
            sent.append((channel, try DNSMessage(decoding: Array(bytes.dropFirst(isStream ? 2 : 0)))))
        case .close(let number): closed.append(number)
        case .findSources(let addresses, let number): sourcesWanted.append((addresses, number))
        }
    }

    mutating func ask(_ question: Resolver.Question, number: UInt64 = 1) throws {
        resolver.handle(.ask(question, number: number), now: now)
        try run()
    }

    mutating func tell(_ event: ResolverEvent) throws {
        resolver.handle(.event(event), now: now)
        try run()
    }

    /// Lets time pass until the machine's next deadline.
    mutating func expire() throws {
        #expect(deadline < .distantFuture)
        now = deadline
        try run()
    }

    /// Answers the question sent last, or another, with what `change` makes of an empty answer.
    mutating func reply(
        to place: Int? = nil, code: DNSResponseCode = .noError, from sender: SocketAddress? = nil,
        change: (inout DNSMessage) throws -> Void = { _ in }
    ) throws {
        let (channel, query) = sent[place ?? sent.count - 1]
        var message = query.response(code, flags: .recursionAvailable)
        try change(&message)
        let bytes = try message.encoded()
        let length = channel.transport == .stream ? [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] : []
        try tell(.received(Chunk(length + bytes), sender: sender ?? channel.server, channel: channel.number))
    }

    /// Questions that were sent and that are not answered or given up, by type.
    func pending(_ type: DNSRecordType) -> Int? {
        sent.lastIndex { $0.message.questions[0].type == type && !closed.contains($0.channel.number) }
    }
}

extension ResolverConfiguration {
    /// Servers 192.0.2.1, 192.0.2.2, …
    static func servers(_ count: Int, search: [String] = []) throws -> ResolverConfiguration {
        ResolverConfiguration(
            servers: (1...count).map { SocketAddress(.v4(IPv4Address(192, 0, 2, UInt8($0))), port: 53) },
            search: try search.map { try DNSName(parsing: $0) })
    }
}

extension DNSRecord {
    static func a(_ name: String, _ last: UInt8 = 1, timeToLive: UInt32 = 300) throws -> DNSRecord {
        DNSRecord(try DNSName(parsing: name), timeToLive: timeToLive, .a(IPv4Address(10, 0, 0, last)))
    }

    static func alias(_ name: String, _ target: String, timeToLive: UInt32 = 300) throws -> DNSRecord {
        DNSRecord(try DNSName(parsing: name), timeToLive: timeToLive, .cname(try DNSName(parsing: target)))
    }

    static func authority(_ zone: String, minimum: UInt32 = 60, timeToLive: UInt32 = 300) throws -> DNSRecord {
        let name = try DNSName(parsing: zone)
        let data = DNSStartOfAuthority(
            primaryServer: name, mailbox: name, serial: 1, refresh: 1, retry: 1, expire: 1, minimum: minimum)
        return DNSRecord(name, timeToLive: timeToLive, .soa(data))
    }
}
