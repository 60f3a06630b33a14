import Sockets
import TestSupport
import Testing

/// Connecting by name to hosts whose addresses do not all answer: in virtual time, so that every delay is exact.
@Suite struct `Racing to a name` {
    private let simulation: Simulation
    private let client: SimulatedHost
    private let fault: InjectedFault

    init() throws {
        var options = SimulationOptions()
        options.conditions = LinkConditions(latency: .fixed(.milliseconds(5)))
        simulation = Simulation(seed: 11, options: options)
        client = simulation.host("client")
        for name in ["alive", "another", "dead", "closed"] {
            let host = simulation.host(name)
            if name == "closed" { continue }
            host.run("server", inBackground: true) { network in
                try await network.listen(port: 7).serve { connection in _ = try await connection.receive() }
            }
        }
        fault = simulation.inject(.rule(PacketRule(.drop, to: "dead")))
        simulation.names.conditions.latency = .fixed(.milliseconds(20))
    }

    private func six(_ name: String) -> IPAddress { .v6(simulation.host(name).ipv6, zone: nil) }
    private func four(_ name: String) -> IPAddress { .v4(simulation.host(name).ipv4) }

    /// How long connecting takes, and where it leads.
    private func connect(_ isAwaited: Bool, deadline: Deadline? = nil) throws -> (
        Duration, Result<IPAddress?, SocketError>
    ) {
        let outcome = Shared<(Duration, Result<IPAddress?, SocketError>)?>(nil)
        if isAwaited {
            client.run("client") { network in
                let start = network.now
                let result = await awaitedResult { () async throws(SocketError) in
                    let socket = try await network.connect(to: "peer", port: 7, deadline: deadline)
                    let peer = try socket.peerAddress().ip
                    try await socket.close()
                    return peer
                }
                outcome.change { $0 = (start.duration(to: network.now), result) }
            }
        } else {
            client.run("client") { network in
                let start = network.now
                let result = Result { () throws(SocketError) in
                    let socket = try network.connect(to: "peer", port: 7, deadline: deadline)
                    let peer = try socket.peerAddress().ip
                    try socket.close()
                    return peer
                }
                outcome.change { $0 = (start.duration(to: network.now), result) }
            }
        }
        try simulation.run(for: .seconds(300))
        return try #require(outcome.value)
    }

    @Test(arguments: [true, false]) func `a dead family costs a head start, not a minute`(isAwaited: Bool) throws {
        try simulation.names.add("peer", [six("dead"), four("alive")])
        let (time, result) = try connect(isAwaited)
        #expect(try result.get() == four("alive"))
        #expect(time == .milliseconds(20 + 250 + 10))
    }

    @Test(arguments: [true, false]) func `an address that refuses costs a round trip`(isAwaited: Bool) throws {
        try simulation.names.add("peer", [six("closed"), four("closed"), six("alive")])
        let (time, result) = try connect(isAwaited)
        #expect(try result.get() == six("alive"))
        #expect(time == .milliseconds(20 + 30))
    }

    @Test(arguments: [true, false]) func `the first address wins when all answer`(isAwaited: Bool) throws {
        try simulation.names.add("peer", [four("alive"), six("another")])
        let (time, result) = try connect(isAwaited)
        #expect(try result.get() == six("another"))
        #expect(time == .milliseconds(20 + 10))
    }

    @Test(arguments: [true, false]) func `nobody answers`(isAwaited: Bool) throws {
        try simulation.names.add("peer", [six("closed"), four("closed")])
        let (time, result) = try connect(isAwaited)
        #expect(result.error?.code == .connectionRefused)
        #expect(time == .milliseconds(20 + 20))
    }

    @Test(arguments: [true, false]) func `a deadline ends the whole race`(isAwaited: Bool) throws {
        try simulation.names.add("peer", [six("dead"), four("dead")])
        let (time, result) = try connect(isAwaited, deadline: .within(.milliseconds(400)))
        #expect(result.error?.code == .timedOut)
        #expect(time == .milliseconds(400))
    }

    @Test(arguments: [true, false]) func `a name that is not there`(isAwaited: Bool) throws {
        let (_, result) = try connect(isAwaited)
        #expect(result.error?.cause == .resolution(.init(.noName)))
    }

    /// Whatever the addresses are: who can be reached is, in time, and the race leaves no socket behind.
    @Test(arguments: [true, false]) func `any addresses`(isAwaited: Bool) throws {
        var random = SeededGenerator(seed: 4)
        for round in 0..<60 {
            simulation.names.remove("peer")
            simulation.names.conditions.latency = .uniform(.zero ... .milliseconds(200))
            let hosts = ["alive", "another", "dead", "closed"]
            let addresses = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                let host = hosts.randomElement(using: &random) ?? "alive"
                return Bool.random(using: &random) ? six(host) : four(host)
            }
            try simulation.names.add("peer", Array(Set(addresses).sorted()))
            let alive = Set(addresses).intersection([six("alive"), four("alive"), six("another"), four("another")])
            let (time, result) = try connect(isAwaited, deadline: .within(.seconds(60)))
            switch result {
            case .success(let address): #expect(alive.contains(try #require(address)), "round \(round): \(addresses)")
            case .failure: #expect(alive.isEmpty, "round \(round): \(addresses) \(result)")
            }
            if !alive.isEmpty {
                #expect(time <= .milliseconds(200 + 250 * addresses.count + 10), "round \(round): \(addresses)")
            }
            let open = simulation.netstat.split(separator: "\n").drop { !$0.hasPrefix("client") }
            #expect(
                open.dropFirst().first == "  no sockets" || !open.contains { $0.contains("SYN_SENT") },
                "\(simulation.netstat)")
        }
    }
}

private func awaitedResult<Value>(
    _ body: () async throws(SocketError) -> Value
) async -> Result<Value, SocketError> {
    do throws(SocketError) {
        return .success(try await body())
    } catch {
        return .failure(error)
    }
}

extension Result where Failure == SocketError {
    fileprivate var error: SocketError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
