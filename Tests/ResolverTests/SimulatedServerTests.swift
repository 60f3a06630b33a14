import BackendSim
import Sockets
import TestSupport
import Testing

/// The stub resolver in a simulation, against simulated name servers that speak the real protocol.
@Suite struct `A simulated host with a stub resolver` {
    private let simulation: Simulation
    private let client: SimulatedHost

    private static func options(loss: Double = 0) -> SimulationOptions {
        var options = SimulationOptions()
        options.conditions = LinkConditions(latency: .fixed(.milliseconds(5)))
        options.conditions.loss = loss
        return options
    }

    init() throws {
        (simulation, client) = try Self.make(Self.options(), seed: 7)
    }

    private static func make(_ options: SimulationOptions, seed: UInt64) throws -> (Simulation, SimulatedHost) {
        let simulation = Simulation(seed: seed, options: options)
        let client = simulation.host("client")
        for name in ["dns1", "dns2"] { simulation.host(name).runNameServer(of: simulation.names) }
        try simulation.names.add(
            "peer", .v4(IPv4Address(192, 0, 2, 1)), .v6(IPv6Address(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)))
        try simulation.names.addAlias("www", of: "web")
        try simulation.names.addAlias("web", of: "peer")
        try simulation.names.add(
            "crowd", (0..<200).map { .v4(IPv4Address(rawValue: 0x0A00_0000 + UInt32($0))) })
        return (simulation, client)
    }

    private static func stub(_ simulation: Simulation) -> ResolverChoice {
        let servers = ["dns1", "dns2"].map { SocketAddress(.v4(simulation.host($0).ipv4), port: 53) }
        return .stub(StubConfiguration(resolver: ResolverConfiguration(servers: servers)))
    }

    /// What look-ups come to, and how long they take together.
    private func look(
        _ names: [String], _ simulation: Simulation, _ client: SimulatedHost
    ) throws -> (counts: [Int], time: Duration) {
        let outcome = Shared<([Int], Duration)>(([], .zero))
        let stub = Self.stub(simulation)
        client.run { network in
            let network = network.resolving(stub)
            let start = network.now
            var counts: [Int] = []
            for name in names {
                do throws(SocketError) {
                    counts.append(try await network.addresses(of: name, type: .stream).count)
                } catch {
                    counts.append(-1)
                }
            }
            let time = start.duration(to: network.now)
            let result = (counts, time)
            outcome.change { $0 = result }
        }
        try simulation.run(for: .seconds(600))
        return outcome.value
    }

    @Test func `asks for both families in one round trip, and a second time not at all`() throws {
        let (counts, time) = try look(["peer", "peer", "www", "nobody", "nobody"], simulation, client)
        #expect(counts == [2, 2, 2, -1, -1])
        // Three names, each two round trips of no more than one each.
        #expect(time == .milliseconds(30))
    }

    @Test func `waits for a dead server as long as it is told, and asks the next`() throws {
        let fault = simulation.inject(.rule(PacketRule(.drop, to: "dns1")))
        defer { fault.heal() }
        let (counts, time) = try look(["peer"], simulation, client)
        #expect(counts == [2])
        #expect(time == .seconds(5) + .milliseconds(10))
    }

    @Test func `asks the next server at once when the host refuses`() throws {
        let simulation = Simulation(seed: 1, options: Self.options())
        _ = simulation.host("dns1")
        simulation.host("dns2").runNameServer(of: simulation.names)
        let (counts, time) = try look(["client"], simulation, simulation.host("client"))
        #expect(counts == [2])
        #expect(time == .milliseconds(20))
    }

    @Test func `gives up when no server answers`() throws {
        let faults = ["dns1", "dns2"].map {
            simulation.inject(.rule(PacketRule(.drop, to: HostSelection(stringLiteral: $0))))
        }
        defer { for fault in faults { fault.heal() } }
        let (counts, time) = try look(["peer"], simulation, client)
        #expect(counts == [-1])
        #expect(time == .seconds(2 * (5 + 5)))
    }

    @Test func `asks over TCP when the answer is too long`() throws {
        #expect(try look(["crowd"], simulation, client).counts == [200])
    }

    @Test(arguments: 0..<20) func `finds all names in spite of loss`(seed: UInt64) throws {
        let (simulation, client) = try Self.make(Self.options(loss: 0.15), seed: seed)
        let names = ["peer", "www", "web", "client", "crowd", "peer"]
        let counts = try look(names, simulation, client).counts
        // Four tries of two packets each may all be lost; nothing else goes wrong.
        for (count, expected) in zip(counts, [2, 2, 2, 2, 200, 2]) { #expect(count == expected || count <= 1) }
        #expect(counts.filter { $0 > 0 }.count >= 4)
    }

    @Test func `does the same for the same seed`() throws {
        let hashes = try (0..<2).map { _ in
            let (simulation, client) = try Self.make(Self.options(loss: 0.2), seed: 99)
            _ = try look(["peer", "www", "crowd", "nobody"], simulation, client)
            return simulation.hash
        }
        #expect(hashes[0] == hashes[1])
    }

    @Test func `asks in blocking calls too`() throws {
        let found = Shared<[String]>([])
        let stub = Self.stub(simulation)
        client.run { (network: Network) throws -> Void in
            let network = network.resolving(stub)
            let addresses = try network.addresses(of: "www", port: 80, type: .stream, flags: .canonicalName)
            let name = try network.name(of: SocketAddress(.v4(IPv4Address(192, 0, 2, 1)), port: 80))
            let records = try network.records(of: "www.", .cname)
            found.change { $0 = addresses.map { "\($0.address)" } + [name.host, "\(records.records[0])"] }
        }
        try simulation.run(for: .seconds(60))
        #expect(Set(found.value) == ["192.0.2.1:80", "[2001:db8::1]:80", "peer", "www. 60 IN CNAME web."])
    }

    @Test func `connects to hosts by the names that servers know`() throws {
        simulation.host("echo").run(inBackground: true) { network in
            try await network.listen(port: 7).serve { connection in
                while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
            }
        }
        let echoed = Shared("")
        let stub = Self.stub(simulation)
        client.run { network in
            let socket = try await network.resolving(stub).connect(to: "echo", port: 7)
            try await socket.sendAll("hello")
            let text = try await socket.receiveExactly(5)
            echoed.change { $0 = "\(text)" }
        }
        try simulation.run(for: .seconds(60))
        #expect(echoed.value == "hello")
    }
}
