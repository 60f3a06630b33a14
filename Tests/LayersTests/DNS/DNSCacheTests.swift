import Layers
import SeededRandomness
import SocketModel
import Testing

@Suite struct `What a DNS resolver has found` {
    @Test func `is good for as long as all of it is, and ages`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("www.test.")
        try driven.reply {
            $0.answers = [try .alias("www.test", "b.test", timeToLive: 100), try .a("b.test", timeToLive: 300)]
        }
        driven.now = NetworkInstant(nanoseconds: 99_999_999_999)
        try driven.ask("www.test.", number: 2)
        #expect(try driven.answer(2).records[0].timeToLive == 201)
        #expect(driven.resolver.statistics.answeredFromCache == 1)
        driven.now = NetworkInstant(nanoseconds: 100_000_000_000)
        try driven.ask("www.test.", number: 3)
        #expect(driven.sent.count == 2)
    }

    @Test(arguments: [0, 0x8000_0000, UInt32.max]) func `with no time to live is not kept`(time: UInt32) throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        try driven.reply { $0.answers = [try .a("host.test", timeToLive: time)] }
        #expect(driven.answers.count == 1)
        try driven.ask("host.test.", number: 2)
        #expect(driven.sent.count == 2)
    }

    @Test func `is kept for a day at most`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        try driven.reply { $0.answers = [try .a("host.test", timeToLive: 10_000_000)] }
        driven.now = NetworkInstant(nanoseconds: 86_400_000_000_000)
        try driven.ask("host.test.", number: 2)
        #expect(driven.sent.count == 2)
    }

    @Test func `not to be there is so for all types, for as long as the zone says`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        try driven.reply(code: .nameError) { $0.authorities = [try .authority("test", minimum: 60)] }
        driven.now = NetworkInstant(nanoseconds: 59_000_000_000)
        try driven.ask("host.test.", [.mx], number: 2)
        #expect(driven.failure(2) == .nameError)
        #expect(driven.sent.count == 1)
        driven.now = NetworkInstant(nanoseconds: 60_000_000_000)
        try driven.ask("host.test.", number: 3)
        #expect(driven.sent.count == 2)
    }

    @Test func `to have no such records is so for that type`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        try driven.reply { $0.authorities = [try .authority("test", minimum: 600, timeToLive: 30)] }
        #expect(driven.failure() == .noData)
        try driven.ask("host.test.", number: 2)
        #expect(driven.failure(2) == .noData)
        try driven.ask("host.test.", [.aaaa], number: 3)
        #expect(driven.sent.count == 2)
        try driven.reply()
        // The SOA record's own time to live counts, too.
        driven.now = NetworkInstant(nanoseconds: 30_000_000_000)
        try driven.ask("host.test.", number: 4)
        #expect(driven.sent.count == 3)
    }

    @Test func `not to be there is forgotten when it is`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.", [.mx])
        try driven.ask("host.test.", [.a], number: 2)
        try driven.reply(to: 0, code: .nameError) { $0.authorities = [try .authority("test")] }
        try driven.reply(to: 1) { $0.answers = [try .a("host.test")] }
        try driven.ask("host.test.", [.mx], number: 3)
        #expect(driven.sent.count == 3)
    }

    @Test func `without the zone's word is asked for again`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("host.test.")
        try driven.reply(code: .nameError)
        try driven.ask("host.test.", number: 2)
        #expect(driven.sent.count == 2)
    }

    @Test func `makes room for more, least recently used first`() throws {
        var limits = DNSResolverLimits()
        limits.cachedAnswers = 3
        var driven = DrivenDNS(try .servers(1), limits: limits)
        func isKnown(_ name: String, _ driven: inout DrivenDNS) throws -> Bool {
            let before = driven.sent.count
            try driven.ask(name + ".", number: UInt64(driven.answers.count + 1))
            if driven.sent.count == before { return true }
            try driven.reply { $0.answers = [try .a(name)] }
            return false
        }
        for name in ["a", "b", "c"] { #expect(try !isKnown(name, &driven)) }
        #expect(try isKnown("a", &driven))
        #expect(try !isKnown("d", &driven))
        for name in ["a", "c", "d"] { #expect(try isKnown(name, &driven)) }
        #expect(try !isKnown("b", &driven))
    }

    @Test func `is not kept where nothing is to be`() throws {
        var limits = DNSResolverLimits()
        limits.cachedAnswers = 0
        var driven = DrivenDNS(try .servers(1), limits: limits)
        for number in 1...3 {
            try driven.ask("host.test.", number: UInt64(number))
            try driven.reply { $0.answers = [try .a("host.test")] }
        }
        #expect(driven.sent.count == 3)
    }

    @Test(arguments: 0..<10) func `is what a simple table would have`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var limits = DNSResolverLimits()
        limits.cachedAnswers = 4
        var driven = DrivenDNS(try .servers(1), limits: limits)
        // Names, least recently used first, and until when they are good.
        var table: [(name: String, expiry: Int64)] = []
        for number in 1...UInt64(300) {
            driven.now = driven.now.advanced(by: .seconds(Int64.random(in: 0...5, using: &generator)))
            let name = "h\(Int.random(in: 0..<7, using: &generator))"
            let before = driven.sent.count
            try driven.ask(name + ".", number: number)
            let isKnown = table.contains { $0.name == name && $0.expiry > driven.now.nanoseconds }
            #expect((driven.sent.count == before) == isKnown)
            let place = table.firstIndex { $0.name == name }
            let old = place.map { table.remove(at: $0) }
            if isKnown, let old {
                table.append(old)
            } else {
                if table.count == 4 { table.removeFirst() }
                try driven.reply { $0.answers = [try .a(name, timeToLive: 20)] }
                table.append((name, driven.now.nanoseconds + 20_000_000_000))
            }
        }
    }
}
