import Layers
import SeededRandomness
import SocketModel
import Testing

private struct TestHost: LocalHost {
    var hostName: String { "me.example" }
    func interfaceIndex(of name: String) -> UInt32? { name == "eth0" ? 7 : nil }
    func interfaceName(at index: UInt32) -> String? { index == 7 ? "eth0" : nil }
}

private typealias DrivenStub = HandDriven<StubResolver>

extension HandDriven<StubResolver> {
    fileprivate init(hosts: String = "", order: String = "", services: String? = nil, search: [String] = []) throws {
        let configuration = StubConfiguration(
            resolver: try .servers(1, search: search), hosts: HostsFile(parsing: hosts.utf8),
            services: services.map { ServicesFile(parsing: $0.utf8) }, order: NameServiceSwitch(parsing: order.utf8))
        self.init(StubResolver(configuration, on: TestHost(), generator: SeededGenerator(seed: 1)))
    }

    fileprivate var questions: [String] { sent.map { $0.message.questions[0].description } }

    fileprivate func result() throws -> Result<NameAnswer, Failure> {
        guard case .names(let result) = try #require(answers.last).answer else { throw Failure(.other) }
        return result
    }

    fileprivate func addresses() throws -> [String] {
        guard case .addresses(let infos) = try result().get() else { return [] }
        return infos.map { "\($0.address)" }
    }

    fileprivate func code() throws -> ResolutionError.Code? {
        guard case .failure(let failure) = try result(), case .resolution(let error)? = failure.cause else {
            return nil
        }
        return error.code
    }
}

@Suite struct `A stub resolver` {
    private func query(
        _ host: String?, _ family: AddressFamily = .unspecified, service: String? = "80", flags: AddressInfoFlags = []
    ) -> StubQuestion {
        .names(.addresses(AddressQuery(host: host, service: service, family: family, type: .stream, flags: flags)))
    }

    @Test(arguments: [
        ("127.0.0.1", ["127.0.0.1:80"]), ("::1", ["[::1]:80"]), ("fe80::1%eth0", ["[fe80::1%7]:80"]),
        ("localhost", ["[::1]:80", "127.0.0.1:80"]), ("a.LOCALHOST.", ["[::1]:80", "127.0.0.1:80"]),
    ]) func `asks nobody for what is this host's or numeric`(host: String, addresses: [String]) throws {
        var driven = try DrivenStub()
        try driven.ask(query(host))
        for wanted in driven.sourcesWanted {
            try driven.tell(.sources(wanted.addresses.map { $0 }, number: wanted.number))
        }
        #expect(try driven.addresses() == addresses)
        #expect(driven.sent.isEmpty)
    }

    @Test func `looks into the hosts file first`() throws {
        var driven = try DrivenStub(hosts: "192.0.2.7 server\n2001:db8::7 six")
        try driven.ask(query("Server"))
        #expect(try driven.addresses() == ["192.0.2.7:80"])
        // Of another family than is asked for, it might as well not be there.
        try driven.ask(query("six", .ipv4), number: 2)
        #expect(driven.questions == ["six. IN A"])
    }

    /// As glibc; else servers, and those of the search domains, were told what is nobody's name.
    @Test(arguments: [
        "ok.test ", " ok.test", "o k.test.", "*.test", "ok@x.test", "-ok.test", "[::1]", "bücher.test", "ok\\.bar.test",
        "ok\\046bar.test", "<b>.test",
    ]) func `asks nobody for what cannot be a host's name`(name: String) throws {
        var driven = try DrivenStub(search: ["s1.test", "s2.test"])
        try driven.ask(query(name))
        #expect(driven.sent.isEmpty)
        #expect(try driven.code() == .noName)
    }

    @Test func `hands no name on that is none`() throws {
        var driven = try DrivenStub()
        try driven.ask(query("odd.test.", .ipv4, flags: .canonicalName))
        try driven.reply { message in
            let target = try DNSName(parsing: "<script>.test")
            message.answers = [
                DNSRecord(try DNSName(parsing: "odd.test"), timeToLive: 60, .cname(target)),
                DNSRecord(target, timeToLive: 60, .a(IPv4Address(192, 0, 2, 1))),
            ]
        }
        guard case .addresses(let infos) = try driven.result().get() else { return }
        #expect(infos.map { "\($0.address)" } == ["192.0.2.1:80"])
        #expect(infos.first?.canonicalName == "odd.test")
    }

    @Test func `looks where nsswitch says, and no further than it says`() throws {
        var driven = try DrivenStub(hosts: "192.0.2.7 server", order: "hosts: dns [NOTFOUND=return] files")
        try driven.ask(query("server"))
        try driven.reply(to: 0, code: .nameError)
        try driven.reply(to: 1, code: .nameError)
        #expect(try driven.code() == .noName)

        driven = try DrivenStub(hosts: "192.0.2.7 server", order: "hosts: dns files")
        try driven.ask(query("server"))
        try driven.reply(to: 0, code: .nameError)
        try driven.reply(to: 1, code: .nameError)
        #expect(try driven.addresses() == ["192.0.2.7:80"])
    }

    @Test func `gives addresses in the order of RFC 6724`() throws {
        var driven = try DrivenStub(search: ["test"])
        try driven.ask(query("www", flags: .canonicalName))
        #expect(driven.questions == ["www.test. IN AAAA", "www.test. IN A"])
        try driven.reply(to: 0) {
            let target = try DNSName(parsing: "web.test")
            $0.answers = [
                try .alias("www.test", "web.test"),
                DNSRecord(target, timeToLive: 1, .aaaa(IPv6Address(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1))),
            ]
        }
        try driven.reply(to: 1) { $0.answers = [try .alias("www.test", "web.test"), try .a("web.test")] }
        let wanted = try #require(driven.sourcesWanted.first)
        #expect(wanted.addresses.map(\.description) == ["2001:db8::1", "10.0.0.1"])
        // Nothing leads to the first.
        try driven.tell(.sources([nil, IPAddress("10.0.0.2")], number: wanted.number))
        #expect(try driven.addresses() == ["10.0.0.1:80", "[2001:db8::1]:80"])
        guard case .addresses(let infos) = try driven.result().get() else { return }
        #expect(infos.map(\.canonicalName) == ["web.test", nil])
    }

    @Test func `asks for mapped addresses too where they count`() throws {
        var driven = try DrivenStub()
        try driven.ask(query("host.test.", .ipv6, flags: .ipv4Mapped))
        try driven.reply(to: 0)
        try driven.reply(to: 1) { $0.answers = [try .a("host.test")] }
        #expect(try driven.addresses() == ["[::ffff:10.0.0.1]:80"])
        try driven.ask(query("other.test.", .ipv6), number: 2)
        #expect(driven.questions.last == "other.test. IN AAAA")
    }

    @Test func `leaves out a family that nothing leads to, if it is asked to`() throws {
        var driven = try DrivenStub()
        try driven.ask(query("host.test.", flags: .configuredFamiliesOnly))
        #expect(driven.sent.isEmpty)
        try driven.tell(.sources([IPAddress("10.0.0.2"), nil], number: 1))
        #expect(driven.questions == ["host.test. IN A"])
        try driven.ask(query("host.test.", .ipv6, flags: .configuredFamiliesOnly), number: 2)
        try driven.tell(.sources([IPAddress("10.0.0.2"), nil], number: 2))
        #expect(try driven.code() == .noName)
        // Without any the machine is on its own, and asks all the same.
        try driven.ask(query("third.test.", flags: .configuredFamiliesOnly), number: 3)
        try driven.tell(.sources([nil, nil], number: 3))
        #expect(driven.questions.count == 3)
    }

    @Test(arguments: [
        (DNSResponseCode.nameError, ResolutionError.Code.noName), (.noError, .noData), (.serverFailure, .tryAgain),
    ]) func `fails as getaddrinfo does`(code: DNSResponseCode, expected: ResolutionError.Code) throws {
        var driven = try DrivenStub()
        try driven.ask(query("host.test.", .ipv4))
        try driven.reply(code: code)
        if code == .serverFailure { try driven.reply(code: code) }
        #expect(try driven.code() == expected)
    }

    @Test(arguments: ["a..b", "*.x..", String(repeating: "a", count: 64), ".."])
    func `knows what cannot be a name`(host: String) throws {
        var driven = try DrivenStub()
        try driven.ask(query(host))
        #expect(try driven.code() == .noName)
        #expect(driven.sent.isEmpty)
    }

    @Test func `refuses names with a NUL`() throws {
        var driven = try DrivenStub()
        try driven.ask(query("a\u{0}b"))
        guard case .failure(let failure) = try driven.result() else { throw Failure(.other) }
        #expect(failure.code == .invalidArgument)
    }

    @Test func `finds the names of addresses`() throws {
        var driven = try DrivenStub(hosts: "192.0.2.7 server.test server")
        let known = SocketAddress(.v4(IPv4Address(192, 0, 2, 7)), port: 80)
        try driven.ask(.names(.name(known, [])))
        #expect(try driven.result() == .success(.name(host: "server.test", service: "http")))

        try driven.ask(.names(.hostByAddress(.v4(IPv4Address(192, 0, 2, 8)))), number: 2)
        #expect(driven.questions == ["8.2.0.192.in-addr.arpa. IN PTR"])
        try driven.reply {
            let owner = $0.questions[0].name
            let names = try [#"we\032ird.test"#, "a.test", "b.test"].map { try DNSName(parsing: $0) }
            $0.answers = names.map { DNSRecord(owner, timeToLive: 1, .ptr($0)) }
        }
        let entry = HostEntry(name: "a.test", aliases: ["b.test"], addresses: [.v4(IPv4Address(192, 0, 2, 8))])
        #expect(try driven.result() == .success(.host(entry)))
    }

    @Test func `knows services by its file`() throws {
        var driven = try DrivenStub(services: "web 8080/tcp www")
        try driven.ask(query("127.0.0.1", service: "www"))
        #expect(try driven.addresses() == ["127.0.0.1:8080"])
        try driven.ask(query("127.0.0.1", service: "http"), number: 2)
        #expect(try driven.code() == .service)
        try driven.ask(.names(.serviceByName("web", protocol: "tcp")), number: 3)
        #expect(try driven.result() == .success(.number(8080)))
    }

    @Test func `answers questions for records`() throws {
        var driven = try DrivenStub()
        try driven.ask(.records(try DNSQuery(parsing: "host.test.", [.a])))
        try driven.reply { $0.answers = [try .a("host.test")] }
        guard case .records(.success(let answer))? = driven.answers.first?.answer else { throw Failure(.other) }
        #expect(answer.records == [try .a("host.test")])
    }
}
