import Layers
import SeededRandomness
import SocketModel
import Testing

@Suite struct `A DNS resolver is not deceived` {
    private func deceived(
        _ configuration: ResolverConfiguration? = nil, from sender: SocketAddress? = nil,
        _ change: (inout DNSMessage) throws -> Void
    ) throws -> Bool {
        var driven = DrivenDNS(try configuration ?? .servers(1))
        try driven.ask("host.test.")
        try driven.reply(from: sender) { message in
            message.answers = [try .a("host.test", 66)]
            try change(&message)
        }
        if driven.answers.isEmpty { #expect(driven.resolver.statistics.unexpected == 1) }
        let isDeceived = !driven.answers.isEmpty
        // The true answer still counts.
        try driven.reply { $0.answers = [try .a("host.test")] }
        #expect(driven.answers.count == 1)
        return isDeceived
    }

    @Test func `by an answer with another identifier`() throws {
        #expect(try !deceived { $0.id ^= 1 })
    }

    @Test func `by an answer from another address or port`() throws {
        let server = try ResolverConfiguration.servers(1).servers[0]
        #expect(try !deceived(from: SocketAddress(.v4(IPv4Address(192, 0, 2, 66)), port: 53)) { _ in })
        #expect(try !deceived(from: SocketAddress(.v4(IPv4Address(192, 0, 2, 1)), port: 54)) { _ in })
        #expect(try deceived(from: server) { _ in })
    }

    @Test func `by an answer to another question`() throws {
        #expect(try !deceived { $0.questions[0].name = try DNSName(parsing: "other.test") })
        #expect(try !deceived { $0.questions[0].type = .aaaa })
        #expect(try !deceived { $0.questions[0].class = .chaos })
        #expect(try !deceived { $0.questions = [] })
        #expect(try !deceived { $0.questions.append($0.questions[0]) })
    }

    @Test func `by a question`() throws {
        #expect(try !deceived { $0.isResponse = false })
        #expect(try !deceived { $0.opcode = .notify })
    }

    @Test func `by an answer in other letters, where it mixes them`() throws {
        var configuration = try ResolverConfiguration.servers(1)
        configuration.randomizesCase = true
        var driven = DrivenDNS(configuration, seed: 3)
        let name = "a.long.name.with.many.letters.test"
        try driven.ask(name + ".")
        let sent = driven.sent[0].message.questions[0].name
        #expect(sent.description != name + "." && sent == DNSName(name))
        try driven.reply {
            $0.questions[0].name = try DNSName(parsing: name)
            $0.answers = [try .a(name)]
        }
        // Perhaps the server does not repeat letters: over a stream nobody can forge anything.
        #expect(driven.answers.isEmpty)
        #expect(driven.opened.last?.transport == .stream)
        try driven.reply {
            $0.questions[0].name = try DNSName(parsing: name)
            $0.answers = [try .a(name)]
        }
        #expect(driven.answers.count == 1)
    }

    @Test func `by records of other names or sections`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        try driven.reply {
            $0.answers = [try .a("bank.test", 66), try .a("host.test", 1)]
            $0.authorities = [try .a("host.test", 67)]
            $0.additionals = [try .a("host.test", 68), try .a("bank.test", 69)]
        }
        #expect(try driven.answer().records == [try .a("host.test", 1)])
        try driven.ask("bank.test.", number: 2)
        #expect(driven.sent.count == 2)
    }

    @Test func `by the SOA record of a zone that the name is not in`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        try driven.reply(code: .nameError) { $0.authorities = [try .authority("elsewhere", minimum: 86_400)] }
        #expect(driven.failure() == .nameError)
        try driven.ask("host.test.", number: 2)
        #expect(driven.sent.count == 2)
    }

    @Test func `by what is no message`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        for count in 0..<12 {
            let chunk = Chunk(Array(repeating: 0xFF, count: count))
            try driven.tell(.received(chunk, sender: driven.opened[0].server, channel: driven.opened[0].number))
        }
        #expect(driven.resolver.statistics.malformed == 12)
        try driven.reply { $0.answers = [try .a("host.test")] }
        #expect(driven.answers.count == 1)
    }

    /// What was not asked for may be broken: the answer counts.
    @Test func `but not by what stands beside the answer`() throws {
        let record: [UInt8] = [0, 0, 28, 0, 1, 0, 0, 0, 60, 0, 3, 1, 2, 3]
        let option: [UInt8] = [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 4, 0, 1, 0xff, 0xff]
        for (additionals, bytes) in [(1, record), (1, option), (0, [UInt8](repeating: 7, count: 15))] {
            var driven = DrivenDNS(try .servers(1))
            try driven.ask("host.test.")
            let (channel, query) = driven.sent[0]
            var message = query.response()
            message.extensions = nil
            message.answers = [try .a("host.test")]
            var encoded = try message.encoded() + bytes
            encoded[11] = UInt8(additionals)
            try driven.tell(.received(Chunk(encoded), sender: channel.server, channel: channel.number))
            #expect(try driven.answer().records == [try .a("host.test")])
        }
    }

    /// Waiting for a better one is in vain: the server has answered.
    @Test func `an answer that cannot be read is a failure of that server`() throws {
        var driven = DrivenDNS(try .servers(2))
        try driven.ask("host.test.")
        let (channel, query) = driven.sent[0]
        var message = query.response()
        message.answers = [try .a("host.test")]
        let bytes = Array(try message.encoded().dropLast(20))
        try driven.tell(.received(Chunk(bytes), sender: channel.server, channel: channel.number))
        #expect(driven.servers == [1, 2])
    }

    @Test(arguments: 0..<20) func `by any bytes, nor brought to trap`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var driven = DrivenDNS(try .servers(2, search: ["a.test", "b.test"]), seed: seed)
        for number in 1...UInt64(40) { try driven.ask("host\(number % 7)", [.aaaa, .a], number: number) }
        for _ in 0..<400 where driven.deadline < .distantFuture {
            if Int.random(in: 0..<20, using: &generator) == 0 {
                try driven.expire()
                continue
            }
            let channel = driven.opened[
                Int.random(in: max(0, driven.opened.count - 20)..<driven.opened.count, using: &generator)]
            var message = driven.sent.last { $0.channel == channel }?.message.response() ?? DNSMessage(id: 0)
            message.answers = [try .alias("host1.a.test", "host2.a.test"), try .a("host2.a.test")]
            var bytes = try message.encoded()
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            try driven.tell(.received(Chunk(bytes), sender: nil, channel: channel.number))
        }
        // Whatever has happened, everybody is answered in the end.
        for _ in 0..<1000 where driven.deadline < .distantFuture { try driven.expire() }
        #expect(driven.answers.count == 40)
        #expect(driven.closed.count == driven.opened.count)
    }
}
