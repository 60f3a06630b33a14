import Layers
import SeededRandomness
import SocketModel
import Testing

@Suite struct `A resolver's configuration` {
    private func read(_ text: String, hostName: String = "") -> ResolverConfiguration {
        ResolverConfiguration(parsing: text.utf8, hostName: hostName)
    }

    @Test func `is what resolv.conf says`() throws {
        let configuration = read(
            """
            # made by hand
            ; the old way to say so
            nameserver 192.0.2.1
            nameserver\t2001:db8::1
              nameserver fe80::1%eth0
            search example.org Example.COM.
            options ndots:3 timeout:2 attempts:4 rotate use-vc single-request no-aaaa trust-ad no-tld-query edns0

            """)
        #expect(
            configuration.servers.map(\.description) == [
                "192.0.2.1:53", "[2001:db8::1]:53", "[fe80::1%eth0]:53",
            ])
        #expect(configuration.search.map(\.description) == ["example.org.", "Example.COM."])
        #expect(configuration.dotsForAbsolute == 3)
        #expect(configuration.timeout == .seconds(2))
        #expect(configuration.attempts == 4)
        #expect(configuration.rotatesServers && configuration.alwaysUsesTCP && configuration.asksInSequence)
        #expect(configuration.omitsIPv6 && configuration.trustsAuthenticData && configuration.neverAsksForTopLevel)
        #expect(configuration.ignored == [])
    }

    @Test func `has lines that end with a carriage return, too`() {
        let resolver = ResolverConfiguration(
            parsing: "nameserver 192.0.2.1\r\nnameserver 192.0.2.2\r\n".utf8, hostName: "host")
        #expect(resolver.servers.map(\.description) == ["192.0.2.1:53", "192.0.2.2:53"])
        #expect(HostsFile(parsing: "192.0.2.1 one\r\n192.0.2.2 two\r\n".utf8).entries.map(\.name) == ["one", "two"])
    }

    @Test func `is glibc's when there is none`() {
        let configuration = read("")
        #expect(configuration.servers.map(\.description) == ["127.0.0.1:53"])
        #expect(configuration.dotsForAbsolute == 1)
        #expect(configuration.timeout == .seconds(5))
        #expect(configuration.attempts == 2)
        #expect(configuration.usesExtensions)
    }

    @Test func `has its numbers within glibc's bounds`() {
        let configuration = read("options ndots:99 timeout:99 attempts:99")
        #expect(configuration.dotsForAbsolute == 15)
        #expect(configuration.timeout == .seconds(30))
        #expect(configuration.attempts == 5)
        let least = read("options ndots:0 timeout:0 attempts:0")
        #expect(least.dotsForAbsolute == 0)
        #expect(least.timeout == .seconds(1))
        #expect(least.attempts == 1)
    }

    @Test func `takes the domain from the host's name, unless the file has one`() {
        #expect(read("", hostName: "a.b.example").search.map(\.description) == ["b.example."])
        #expect(read("", hostName: "a").search == [])
        #expect(read("search x", hostName: "a.b").search.map(\.description) == ["x."])
        #expect(read("search x y\ndomain z w").search.map(\.description) == ["z."])
        #expect(read("search x\nsearch\ndomain").search.map(\.description) == ["x."])
    }

    @Test func `tells what it has passed over`() {
        let text = """
            nameserver 1.2.3.4
            nameserver nonsense
            sortlist 1.2.3.4
            options ndots:x fancy rotate
            nameserver 1.2.3.5
            nameserver 1.2.3.6
            nameserver 1.2.3.7
            """
        let configuration = read(text)
        #expect(configuration.ignored.map(\.number) == [2, 3, 4, 7])
        #expect(configuration.ignored[1].text == "sortlist 1.2.3.4")
        #expect(configuration.rotatesServers)
        #expect(configuration.servers.count == 3)
    }

    @Test func `may be anything`() {
        var generator = SeededGenerator(seed: 1)
        let pieces = [
            "nameserver", "options", "search", " ", "\n", "#", ":", "ndots", "-1", "::", "\u{0}", "é", "hosts", "[",
        ]
        for _ in 0..<500 {
            let text = (0..<30).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
            #expect(!read(text).servers.isEmpty)
            _ = HostsFile(parsing: text.utf8).entries
            _ = ServicesFile(parsing: text.utf8).entries
            _ = NameServiceSwitch(parsing: text.utf8).hosts
        }
        #expect(read(String(repeating: "x\n", count: 1000)).ignored.count == 100)
    }
}

@Suite struct `The files of a host's names` {
    @Test func `hosts has names of addresses, in any case, on as many lines as there are`() throws {
        let hosts = HostsFile(
            parsing: """
                127.0.0.1 localhost
                192.0.2.1\tServer.example.org server # and more
                2001:db8::1 server.example.org
                nonsense line
                192.0.2.9
                """.utf8)
        #expect(hosts.addresses(of: "SERVER.Example.org.").map(\.description) == ["192.0.2.1", "2001:db8::1"])
        #expect(hosts.addresses(of: "server").map(\.description) == ["192.0.2.1"])
        #expect(hosts.addresses(of: "more") == [])
        #expect(hosts.names(of: try #require(IPAddress("192.0.2.1"))) == ["Server.example.org", "server"])
        #expect(hosts.ignored.map(\.number) == [4, 5])
    }

    @Test func `services has names of ports`() {
        let services = ServicesFile(parsing: "http 80/tcp www # web\ndomain\t53/udp\nbad 99999/tcp\nworse 1".utf8)
        #expect(services.entries.map(\.name) == ["http", "domain"])
        #expect(services.entries[0].aliases == ["www"])
        #expect(services.ignored.map(\.number) == [3, 4])
    }

    @Test func `nsswitch has the order, and what ends it`() {
        let order = NameServiceSwitch(
            parsing: "passwd: files\nhosts:  files mdns4_minimal [NOTFOUND=return] resolve [!UNAVAIL=return] dns".utf8)
        #expect(order.hosts.map(\.source) == [.files, .other("mdns4_minimal"), .other("resolve"), .dns])
        #expect(
            order.hosts.map(\.ends) == [
                [.success], [.success, .notFound], [.success, .notFound, .tryAgain], [.success],
            ])
        #expect(NameServiceSwitch(parsing: "".utf8).hosts.map(\.source) == [.files, .dns])
    }
}
