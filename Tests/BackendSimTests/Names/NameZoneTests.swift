import Sockets
import TestSupport
import Testing

@Suite struct `A simulation's names` {
    private let simulation = Simulation(seed: 3)
    private let here: Network

    init() { here = simulation.host("here").network }

    private func addresses(
        _ host: String, family: AddressFamily = .unspecified, flags: AddressInfoFlags = []
    ) throws(SocketError) -> [IPAddress] {
        try here.addresses(of: host, port: 1, family: family, type: .stream, flags: flags).compactMap(\.address.ip)
    }

    private func cause(_ body: () throws(SocketError) -> some Any) -> SocketError.Cause? { failure(body)?.cause }

    private func v4(_ last: UInt8) -> IPAddress { .v4(IPv4Address(10, 9, 9, last)) }
    private func v6(_ last: UInt64) -> IPAddress { .v6(IPv6Address(high: 0xfd00 << 48, low: last)) }

    @Test func `have every host, with both addresses`() throws {
        let server = simulation.host("Server.example")
        #expect(try addresses("server.EXAMPLE.") == [.v6(server.ipv6), .v4(server.ipv4)])
        #expect(try addresses("here", family: .ipv4) == [.v4(simulation.host("here").ipv4)])
        #expect(try here.host(at: .v4(server.ipv4)).name == "Server.example")
        #expect(try here.host(at: .v6(server.ipv6)).name == "Server.example")
        #expect(try here.hostName() == "here")
    }

    @Test func `have localhost on every host`() throws {
        #expect(try addresses("localhost") == [.v6(.loopback), .v4(.loopback)])
        #expect(try here.host(at: "127.0.0.1").name == "localhost")
        #expect(try addresses("ip6-localhost") == [.v6(.loopback)])
    }

    @Test func `follow aliases to the canonical name`() throws {
        try simulation.names.add("db-1.example", v4(1))
        try simulation.names.addAlias("db.example", of: "primary.example")
        try simulation.names.addAlias("primary.example", of: "db-1.example")
        let found = try here.addresses(of: "db.example", port: 1, type: .stream, flags: .canonicalName)
        #expect(found.map(\.canonicalName) == ["db-1.example"])
        #expect(try here.host(named: "db.example").aliases == ["db.example", "primary.example"])
        try simulation.names.addAlias("lost.example", of: "nowhere.example")
        #expect(cause { () throws(SocketError) in try addresses("lost.example") } == .resolution(.init(.noName)))
    }

    @Test func `refuse circles and what is no name`() throws {
        let names = simulation.names
        try names.addAlias("a", of: "b")
        try names.addAlias("b", of: "c")
        #expect(throws: ZoneError.loop(["c", "a", "b", "c"])) { try names.addAlias("c", of: "a") }
        #expect(throws: ZoneError.loop(["d", "D"])) { try names.addAlias("d", of: "D") }
        #expect(throws: ZoneError.isAlias("a")) { try names.add("a", v4(1)) }
        #expect(throws: ZoneError.hasAddresses("here")) { try names.addAlias("here", of: "a") }
        for name in ["", "a..b", "a b", "10.0.0.1", "::1", "localhost", String(repeating: "a", count: 64), "n\0"] {
            #expect(throws: ZoneError.invalidName(name)) { try names.add(name, v4(1)) }
        }
        let zoned = IPAddress.v6(.loopback, zone: .index(1))
        #expect(throws: ZoneError.invalidAddress(zoned)) { try names.add("x", zoned) }
    }

    @Test func `give up on a chain of more than sixteen aliases`() throws {
        try simulation.names.add("n17", v4(1))
        for number in 0..<17 { try simulation.names.addAlias("n\(number)", of: "n\(number + 1)") }
        #expect(try addresses("n1") == [v4(1)])
        #expect(cause { () throws(SocketError) in try addresses("n0") } == .resolution(.init(.tryAgain)))
    }

    @Test func `tell a name without an address from none`() throws {
        try simulation.names.add("four", v4(4))
        try simulation.names.add("six", v6(6))
        try simulation.names.add("empty")
        func code(_ name: String, _ family: AddressFamily) -> SocketError.Cause? {
            cause { () throws(SocketError) in try addresses(name, family: family) }
        }
        #expect(code("four", .ipv6) == .resolution(.init(.noData)))
        #expect(code("six", .ipv4) == .resolution(.init(.noData)))
        #expect(code("empty", .unspecified) == .resolution(.init(.noData)))
        #expect(code("none", .unspecified) == .resolution(.init(.noName)))
        #expect(cause { () throws(SocketError) in try here.host(named: "six") } == .host(.init(.noData)))
        #expect(cause { () throws(SocketError) in try here.host(named: "none") } == .host(.init(.hostNotFound)))
        #expect(cause { () throws(SocketError) in try here.host(at: v4(9)) } == .host(.init(.hostNotFound)))
    }

    @Test func `map IPv4 into IPv6 where that is asked for`() throws {
        try simulation.names.add("four", v4(4))
        try simulation.names.add("both", v4(5), v6(5))
        #expect(try addresses("four", family: .ipv6, flags: .ipv4Mapped) == [v4(4).mapped])
        #expect(try addresses("both", family: .ipv6, flags: .ipv4Mapped) == [v6(5)])
        #expect(try addresses("both", family: .ipv6, flags: [.ipv4Mapped, .all]) == [v6(5), v4(5).mapped])
    }

    @Test func `give addresses in the order they were added, or in turn`() throws {
        try simulation.names.add("many", v4(3), v4(1), v4(2))
        #expect(try addresses("many") == [v4(3), v4(1), v4(2)])
        #expect(simulation.names.setOrder(.rotated, of: "many"))
        let firsts = try (0..<4).map { _ in try addresses("many")[0] }
        #expect(firsts == [v4(3), v4(1), v4(2), v4(3)])
        #expect(!simulation.names.setOrder(.rotated, of: "nothing"))
    }

    @Test func `order both families by scope, label and precedence`() throws {
        let away = IPAddress.v4(IPv4Address(192, 0, 2, 1))
        let global = IPAddress.v6(IPv6Address(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1))
        try simulation.names.add("mixed", away, v4(1), global, v6(1))
        #expect(try addresses("mixed") == [v6(1), v4(1), global, away])
    }

    @Test func `change while they are in use`() throws {
        try simulation.names.add("db", v4(1), v4(2))
        #expect(simulation.names.remove("db", v4(1)))
        #expect(!simulation.names.remove("db", v4(1)))
        #expect(try addresses("db") == [v4(2)])
        #expect(simulation.names.addresses(of: "db") == [v4(2)])
        #expect(simulation.names.remove("db"))
        #expect(simulation.names.addresses(of: "db") == nil)
        #expect(cause { () throws(SocketError) in try addresses("db") } == .resolution(.init(.noName)))
        #expect(simulation.names.remove("here"))
        #expect(cause { () throws(SocketError) in try addresses("here") } == .resolution(.init(.noName)))
    }

    @Test func `lead back from addresses, as derived or as set`() throws {
        let names = simulation.names
        try names.add("one.example", v4(1))
        try names.add("other.example", v4(1))
        #expect(names.pointer(of: v4(1)) == "one.example")
        let address = SocketAddress(v4(1), port: 80)
        #expect(try here.name(of: address) == ("one.example", "http"))
        #expect(try here.host(at: v4(1).mapped).addresses == [v4(1)])
        names.setPointer("set.example", of: v4(1))
        #expect(try here.name(of: address).host == "set.example")
        names.setPointer(nil, of: v4(1))
        #expect(try here.name(of: address).host == "10.9.9.1")
        #expect(
            cause { () throws(SocketError) in try here.name(of: address, flags: .nameRequired) }
                == .resolution(.init(.noName)))
        names.resetPointer(of: v4(1))
        names.remove("one.example")
        #expect(try here.host(at: v4(1)).name == "other.example")
    }

    @Test func `shorten names of the own domain only`() throws {
        let local = simulation.host("me.example.org").network
        try simulation.names.add("you.example.org", v4(1))
        try simulation.names.add("you.example.com", v4(2))
        #expect(try local.name(of: SocketAddress(v4(1), port: 1), flags: .localNameOnly).host == "you")
        #expect(try local.name(of: SocketAddress(v4(2), port: 1), flags: .localNameOnly).host == "you.example.com")
    }

    @Test func `know services and protocols that were added`() throws {
        simulation.names.addService("counter", port: 4711, protocol: "udp", aliases: ["count"])
        simulation.names.addProtocol("carp", number: IPProtocol(rawValue: 240))
        let found = try here.addresses(of: "here", service: "count", family: .ipv4)
        #expect(found.map(\.type) == [.datagram])
        #expect(found.map(\.address.port) == [4711])
        #expect(try here.serviceName(atPort: 4711, protocol: "udp") == "counter")
        #expect(try here.protocolNumber(named: "carp").rawValue == 240)
    }

    @Test func `need international names encoded`() {
        #expect(
            cause { () throws(SocketError) in try addresses("bücher.example", flags: .internationalName) }
                == .resolution(.init(.idnEncoding)))
    }
}
