import Layers
import SeededRandomness
import SocketModel
import Testing

typealias DrivenDNS = HandDriven<DNSResolver>

extension HandDriven<DNSResolver> {
    init(_ configuration: ResolverConfiguration, limits: DNSResolverLimits = DNSResolverLimits(), seed: UInt64 = 1) {
        self.init(DNSResolver(configuration, limits: limits, generator: SeededGenerator(seed: seed)))
    }

    mutating func ask(_ text: String, _ types: [DNSRecordType] = [.a], number: UInt64 = 1) throws {
        try ask(try DNSQuery(parsing: text, types), number: number)
    }

    var questions: [String] { sent.map { $0.message.questions[0].description } }
    var servers: [UInt8] {
        sent.map { $0.channel.server.ip.map { if case .v4(let it) = $0 { it.octets[3] } else { 0 } } ?? 0 }
    }

    func answer(_ number: UInt64 = 1) throws -> DNSAnswer {
        try #require(answers.first { $0.number == number }).answer.get()
    }

    func failure(_ number: UInt64 = 1) -> DNSLookupError? {
        guard case .failure(let error)? = answers.first(where: { $0.number == number })?.answer else { return nil }
        return error
    }
}

@Suite struct `A DNS resolver` {
    @Test func `asks the first server and answers`() throws {
        var driven = DrivenDNS(try .servers(2))
        try driven.ask("host.test.")
        #expect(driven.questions == ["host.test. IN A"])
        #expect(driven.servers == [1])
        #expect(driven.sent[0].message.flags == .recursionDesired)
        #expect(driven.sent[0].message.extensions?.payloadSize == 1232)
        try driven.reply { $0.answers = [try .a("host.test")] }
        #expect(try driven.answer().records == [try .a("host.test")])
        #expect(driven.closed == [driven.opened[0].number])
        #expect(driven.deadline == .distantFuture)
    }

    @Test func `asks for both families at the same time, from two ports`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.", [.aaaa, .a])
        #expect(driven.questions == ["host.test. IN AAAA", "host.test. IN A"])
        #expect(Set(driven.opened.map(\.localPort)).count == 2)
        #expect(Set(driven.sent.map(\.message.id)).count == 2)
        try driven.reply(to: 1) { $0.answers = [try .a("host.test")] }
        #expect(driven.answers.isEmpty)
        try driven.reply(to: 0)
        #expect(try driven.answer().records.map(\.type) == [.a])
    }

    @Test func `asks no more for what nobody waits for, and gives the socket to who does`() throws {
        var limits = DNSResolverLimits()
        limits.channels = 1
        var driven = DrivenDNS(try .servers(1), limits: limits)
        try driven.ask("silent.test.")
        try driven.ask("silent.test.", number: 2)
        try driven.ask("host.test.", number: 3)
        #expect(driven.questions == ["silent.test. IN A"])
        driven.resolver.handle(.forget(number: 1), now: driven.now)
        try driven.run()
        #expect(driven.closed.isEmpty)
        driven.resolver.handle(.forget(number: 2), now: driven.now)
        try driven.run()
        #expect(driven.questions == ["silent.test. IN A", "host.test. IN A"])
        #expect(driven.closed == [driven.opened[0].number])
        try driven.reply { $0.answers = [try .a("host.test")] }
        #expect(try driven.answer(3).records == [try .a("host.test")])
        #expect(driven.deadline == .distantFuture)
    }

    @Test func `whatever its configuration is set to, it has bounds`() throws {
        var configuration = ResolverConfiguration()
        configuration.servers = []
        #expect(configuration.servers == ResolverConfiguration().servers)
        for value in [Int.min, -1, 0, 1, 5, 6, .max] {
            configuration.attempts = value
            configuration.dotsForAbsolute = value
            configuration.timeout = .nanoseconds(value)
            #expect((1...5).contains(configuration.attempts))
            #expect((0...15).contains(configuration.dotsForAbsolute))
            #expect((.seconds(1) ... .seconds(30)).contains(configuration.timeout))
        }
        configuration.rotatesServers = true
        var driven = DrivenDNS(configuration)
        try driven.ask("host.test.")
        for _ in 0..<100 where driven.deadline < .distantFuture { try driven.expire() }
        #expect(driven.failure() == .timedOut)
    }

    @Test func `asks for one family after the other if it is told to`() throws {
        var configuration = try ResolverConfiguration.servers(1)
        configuration.asksInSequence = true
        var driven = DrivenDNS(configuration)
        try driven.ask("host.test.", [.aaaa, .a])
        #expect(driven.questions.count == 1)
        try driven.reply()
        #expect(driven.questions == ["host.test. IN AAAA", "host.test. IN A"])
        try driven.reply { $0.answers = [try .a("host.test")] }
        #expect(try driven.answer().records.count == 1)
    }

    @Test func `never asks for IPv6 if it is told not to`() throws {
        var configuration = try ResolverConfiguration.servers(1)
        configuration.omitsIPv6 = true
        var driven = DrivenDNS(configuration)
        try driven.ask("host.test.", [.aaaa, .a])
        #expect(driven.questions == ["host.test. IN A"])
        try driven.ask("host.test.", [.aaaa], number: 2)
        #expect(driven.failure(2) == .noData)
    }

    @Test func `waits for each server as long as glibc, and asks all of them as often as it is told`() throws {
        var driven = DrivenDNS(try .servers(3))
        try driven.ask("host.test.")
        var waits: [Int64] = []
        for _ in 0..<6 {
            waits.append(driven.now.duration(to: driven.deadline).components.seconds)
            try driven.expire()
        }
        // 5, then 10 / 3 and 20 / 3 with what is left of a second.
        #expect(waits == [5, 3, 6, 5, 3, 6])
        #expect(driven.servers == [1, 2, 3, 1, 2, 3])
        #expect(driven.failure() == .timedOut)
        #expect(driven.resolver.statistics.timeouts == 6)
        #expect(Set(driven.sent.map(\.message.id)).count == 6)
    }

    @Test(arguments: [DNSResponseCode.serverFailure, .refused, .notImplemented])
    func `goes on to the next server when one cannot answer`(code: DNSResponseCode) throws {
        var configuration = try ResolverConfiguration.servers(2)
        configuration.usesExtensions = false
        var driven = DrivenDNS(configuration)
        try driven.ask("host.test.")
        for _ in 0..<3 { try driven.reply(code: code) }
        #expect(driven.servers == [1, 2, 1, 2])
        try driven.reply { $0.answers = [try .a("host.test")] }
        #expect(try driven.answer().records.count == 1)
    }

    @Test func `fails when all servers fail, and keeps nothing of that`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        for _ in 0..<2 { try driven.reply(code: .serverFailure) }
        #expect(driven.failure() == .serverFailure)
        try driven.ask("host.test.", number: 2)
        #expect(driven.sent.count == 3)
    }

    @Test func `goes on to the next server at once when nobody is there`() throws {
        var driven = DrivenDNS(try .servers(2))
        try driven.ask("host.test.")
        try driven.tell(.failed(channel: driven.opened[0].number))
        #expect(driven.servers == [1, 2])
        #expect(driven.now.nanoseconds == 0)
    }

    @Test func `begins with each server in turn if it is told to`() throws {
        var configuration = try ResolverConfiguration.servers(3)
        configuration.rotatesServers = true
        var driven = DrivenDNS(configuration)
        for number in 1...4 { try driven.ask("host\(number).test.", number: UInt64(number)) }
        #expect(driven.servers == [1, 2, 3, 1])
    }

    @Test func `asks over TCP when an answer was cut, whatever the split of its bytes`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        try driven.reply { $0.flags.insert(.truncated) }
        #expect(driven.opened.map(\.transport) == [.datagrams, .stream])
        #expect(driven.closed == [driven.opened[0].number])
        var response = driven.sent[1].message.response(flags: .recursionAvailable)
        response.answers = [try .a("host.test")]
        let bytes = try response.encoded()
        for byte in [0, UInt8(bytes.count)] + bytes {
            try driven.tell(.received([byte], sender: nil, channel: driven.opened[1].number))
        }
        #expect(try driven.answer().records.count == 1)
    }

    @Test func `asks over TCP when a server has cut its answer within a record`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        var response = driven.sent[0].message.response(flags: .truncated)
        response.answers = [try .a("host.test")]
        response.extensions = nil
        let cut = Chunk(Array(try response.encoded().dropLast(3)))
        try driven.tell(.received(cut, sender: driven.opened[0].server, channel: driven.opened[0].number))
        #expect(driven.opened.last?.transport == .stream)
    }

    @Test func `goes on to the next server when a stream ends early`() throws {
        var configuration = try ResolverConfiguration.servers(2)
        configuration.alwaysUsesTCP = true
        var driven = DrivenDNS(configuration)
        try driven.ask("host.test.")
        #expect(driven.opened[0].transport == .stream)
        try driven.tell(.received([0], sender: nil, channel: driven.opened[0].number))
        try driven.tell(.ended(channel: driven.opened[0].number))
        #expect(driven.servers == [1, 2])
    }

    @Test func `asks again without EDNS a server that does not know it`() throws {
        var driven = DrivenDNS(try .servers(2))
        try driven.ask("host.test.")
        try driven.reply(code: .formatError) {
            $0.extensions = nil
            $0.questions = []
        }
        #expect(driven.servers == [1, 1])
        #expect(driven.sent[1].message.extensions == nil)
    }

    @Test func `tries other ports when one is taken, and at last leaves it to the system`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        for _ in 0..<4 { try driven.tell(.portTaken(channel: driven.opened[driven.opened.count - 1].number)) }
        #expect(driven.opened.count == 5)
        #expect(driven.opened.last?.localPort == 0)
        #expect(Set(driven.opened.map(\.localPort)).count == 5)
        #expect(driven.servers == [1, 1, 1, 1, 1])
    }

    @Test func `asks once when many ask the same, and answers them all`() throws {
        var driven = DrivenDNS(try .servers(1))
        for number in 1...50 { try driven.ask(number % 2 == 0 ? "HOST.test." : "host.test.", number: UInt64(number)) }
        #expect(driven.sent.count == 1)
        try driven.reply { $0.answers = [try .a("host.test")] }
        #expect(driven.answers.map(\.number) == Array(1...50))
        #expect(driven.resolver.statistics.joined == 49)
    }

    @Test func `holds no more questions and sockets than its limits say`() throws {
        var limits = DNSResolverLimits()
        (limits.questions, limits.channels) = (5, 2)
        var driven = DrivenDNS(try .servers(1), limits: limits)
        for number in 1...6 { try driven.ask("host\(number).test.", number: UInt64(number)) }
        #expect(driven.failure(6) == .tooManyQuestions)
        #expect(driven.opened.count == 2)
        for number in 0..<5 {
            try driven.reply(to: number) { $0.answers = [try .a("host\(number + 1).test")] }
            #expect(driven.opened.count - driven.closed.count <= 2)
        }
        #expect(driven.answers.count == 6)
        #expect(driven.deadline == .distantFuture)
    }

    @Test func `does not answer what nobody wants any more`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        driven.resolver.handle(.forget(number: 1), now: driven.now)
        try driven.reply { $0.answers = [try .a("host.test")] }
        #expect(driven.answers.isEmpty)
        // Whatever came to the socket that was closed is nobody's.
        try driven.ask("host.test.", number: 2)
        #expect(driven.sent.count == 2)
    }
}
