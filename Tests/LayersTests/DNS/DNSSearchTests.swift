import Layers
import SocketModel
import Testing

/// What is tried for a name and what is said in the end: as `res_search(3)` has it.
@Suite struct `A DNS resolver looks for a name` {
    private func names(
        _ text: String, search: [String], dots: Int = 1, codes: [DNSResponseCode] = []
    ) throws -> (names: [String], error: DNSLookupError?) {
        var configuration = try ResolverConfiguration.servers(1, search: search)
        configuration.dotsForAbsolute = dots
        configuration.attempts = 1
        var driven = DrivenDNS(configuration)
        try driven.ask(text)
        for place in 0..<10 where driven.answers.isEmpty {
            try driven.reply(code: place < codes.count ? codes[place] : .nameError)
        }
        return (driven.sent.map { $0.message.questions[0].name.description }, driven.failure())
    }

    @Test func `of one label in the domains first`() throws {
        let tried = try names("host", search: ["a.test", "b.test"])
        #expect(tried.names == ["host.a.test.", "host.b.test.", "host."])
        #expect(tried.error == .nameError)
    }

    @Test func `with enough periods as it is first`() throws {
        #expect(try names("x.host", search: ["a.test"]).names == ["x.host.", "x.host.a.test."])
        #expect(try names("x.host", search: ["a.test"], dots: 2).names == ["x.host.a.test.", "x.host."])
        #expect(try names("host", search: ["a.test"], dots: 0).names == ["host.", "host.a.test."])
    }

    @Test func `with a period at its end nowhere else`() throws {
        #expect(try names("host.", search: ["a.test"]).names == ["host."])
    }

    @Test func `in the root domain once only`() throws {
        #expect(try names("host", search: [".", "a.test"]).names == ["host.", "host.a.test."])
    }

    @Test func `not in domains where it would be too long`() throws {
        let long = String(repeating: "a.", count: 125)
        #expect(try names("host.x", search: [long, "b.test"]).names == ["host.x.", "host.x.b.test."])
    }

    @Test func `and says that it has no such records if it is anywhere`() throws {
        #expect(try names("host", search: ["a.test", "b.test"], codes: [.noError]).error == .noData)
        #expect(
            try names("host", search: ["a.test", "b.test"], codes: [.nameError, .serverFailure]).error == .serverFailure
        )
        // What came of the name as it is counts most if it was tried first.
        #expect(try names("x.host", search: ["a.test"], codes: [.nameError, .noError]).error == .nameError)
    }

    @Test func `in no more domains once there are records`() throws {
        var driven = DrivenDNS(try .servers(1, search: ["a.test", "b.test"]))
        try driven.ask("host", [.aaaa, .a])
        try driven.reply(to: 0, code: .nameError)
        try driven.reply(to: 1, code: .nameError)
        #expect(driven.sent.count == 4)
        try driven.reply(to: 2)
        try driven.reply(to: 3) { $0.answers = [try .a("host.b.test")] }
        #expect(try driven.answer().name == DNSName("host.b.test"))
        #expect(driven.sent.count == 4)
    }

    @Test func `in no more domains when no server answers`() throws {
        var driven = DrivenDNS(try .servers(1, search: ["a.test", "b.test"]))
        try driven.ask("host")
        try driven.expire()
        try driven.expire()
        #expect(driven.failure() == .timedOut)
        #expect(driven.questions == ["host.a.test. IN A", "host.a.test. IN A"])
    }

    @Test func `of one label never as it is, if it is told not to`() throws {
        var configuration = try ResolverConfiguration.servers(1, search: ["a.test"])
        configuration.neverAsksForTopLevel = true
        var driven = DrivenDNS(configuration)
        try driven.ask("host")
        try driven.reply(code: .nameError)
        #expect(driven.questions == ["host.a.test. IN A"])
        #expect(driven.failure() == .nameError)
    }
}

@Suite struct `A DNS resolver follows aliases` {
    @Test func `within an answer, in any order`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("www.test.")
        try driven.reply {
            $0.answers = [try .a("c.test"), try .alias("b.test", "c.test"), try .alias("www.test", "b.test")]
        }
        let answer = try driven.answer()
        #expect(answer.name == DNSName("c.test"))
        #expect(answer.aliases == [try DNSName(parsing: "www.test"), try DNSName(parsing: "b.test")])
        #expect(answer.records == [try .a("c.test")])
    }

    @Test func `across answers`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("www.test.")
        try driven.reply { $0.answers = [try .alias("www.test", "b.test")] }
        #expect(driven.questions.last == "b.test. IN A")
        try driven.reply { $0.answers = [try .alias("b.test", "c.test"), try .a("c.test")] }
        #expect(try driven.answer().aliases.map(\.description) == ["www.test.", "b.test."])
        // Each part of the way is known now.
        try driven.ask("b.test.", number: 2)
        try driven.ask("www.test.", number: 3)
        #expect(driven.sent.count == 2)
        #expect(driven.answers.count == 3)
    }

    @Test func `no further than sixteen, and never in a circle`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("a.test.")
        try driven.reply { $0.answers = [try .alias("a.test", "b.test"), try .alias("b.test", "a.test")] }
        #expect(driven.failure() == .aliasLoop)

        try driven.ask("c0.test.", number: 2)
        for step in 0..<40 where driven.failure(2) == nil {
            try driven.reply { $0.answers = [try .alias("c\(step).test", "c\(step + 1).test")] }
        }
        #expect(driven.failure(2) == .aliasLoop)
        #expect(driven.sent.count == 1 + 17)

        try driven.ask("d.test.", number: 3)
        try driven.reply { $0.answers = [try .alias("d.test", "e.test")] }
        try driven.reply { $0.answers = [try .alias("e.test", "d.test")] }
        #expect(driven.failure(3) == .aliasLoop)
    }

    @Test func `but gives the alias itself to who asks for it`() throws {
        var driven = DrivenDNS(try .servers(1))
        try driven.ask("www.test.", [.cname])
        try driven.reply { $0.answers = [try .alias("www.test", "b.test")] }
        #expect(try driven.answer().records == [try .alias("www.test", "b.test")])
    }
}
