import Sockets
import Testing

@Suite struct `Trouble by chance` {
    /// An hour in which three idle hosts fare as a chaos has it: what the trace says that happened, and the simulation.
    private func hour(of chaos: Chaos, seed: UInt64 = 1) throws -> (told: [String], simulation: Simulation) {
        let simulation = Simulation(seed: seed)
        for name in ["alpha", "beta", "gamma"] { _ = simulation.host(name) }
        simulation.startTracing()
        simulation.unleash(chaos, for: .seconds(3600))
        try simulation.run(for: .seconds(3600))
        let lines = try #require(simulation.trace).text.split(separator: "\n").map(String.init)
        return (lines, simulation)
    }

    /// A crash at each full second at which none lasts.
    private func crashes(lasting duration: Duration) -> Chaos {
        var chaos = Chaos(.crash)
        chaos.interval = .fixed(.seconds(1))
        chaos.duration = .fixed(duration)
        chaos.limit = 1
        return chaos
    }

    private func beginnings(_ told: [String]) -> [String] {
        told.filter { $0.hasSuffix("begins") || $0.contains("crash") }
    }

    @Test(arguments: Chaos.Kind.allCases) func `does what it is to do, and heals it`(kind: Chaos.Kind) throws {
        let (told, simulation) = try hour(of: Chaos(kind))
        let begun = beginnings(told)
        #expect(begun.count > 300, "\(begun.count) in an hour, one in five seconds")
        #expect(begun.allSatisfy { $0.contains(Self.words(of: kind)) }, "\(begun.prefix(3))")
        let ends = told.count { $0.hasSuffix("ends") || $0.contains("restart") }
        #expect(begun.count == ends)
        #expect(simulation.hosts.count { $0.isRunning } == 3)
    }

    @Test func `the seed decides what happens`() throws {
        let first = try hour(of: Chaos())
        let again = try hour(of: Chaos())
        let other = try hour(of: Chaos(), seed: 2)
        #expect(first.told == again.told && first.simulation.hash == again.simulation.hash)
        #expect(first.told != other.told && first.simulation.hash != other.simulation.hash)
    }

    @Test func `all kinds happen, to all hosts`() throws {
        let begun = beginnings(try hour(of: Chaos()).told)
        for host in ["alpha", "beta", "gamma"] {
            #expect(begun.count { $0.contains("pause of \(host) begins") || $0.contains("\(host) * crashes") } > 3)
        }
        for kind in Chaos.Kind.allCases { #expect(begun.contains { $0.contains(Self.words(of: kind)) }, "\(kind)") }
    }

    /// What a trace calls it.
    private static func words(of kind: Chaos.Kind) -> Regex<Substring> {
        switch kind {
        case .crash: /\* crashes$/
        case .pause: /a pause of \w+ begins$/
        case .isolation: /partition of \w+ and all hosts but \w+ begins$/
        case .split: /partition of .* and all hosts but .* begins$/
        case .deafness: /partition from .* to .* begins$/
        case .hold: /a hold from .* to .* begins$/
        case .slowLinks, .loss, .disorder: /other conditions from \w+ to all hosts \(latency .*\) begins$/
        case .clockOffset: /an offset of .* of the clocks of \w+ begins$/
        case .clockDrift: /a drift of -?\d+ parts in a billion of the clocks of \w+ begins$/
        case .smallTransfers: /(?:sends|receives) of \d+ bytes at most on \w+ begins$/
        case .slowReceives: /receives of \d+ bytes a second on \w+ begins$/
        case .outOfBuffers: /a want of buffers for \d+(?:\.\d)? % of sends on \w+ begins$/
        case .names: /other conditions of names on \w+ \(latency .*\) begins$/
        }
    }

    /// Trouble makes nothing better.
    @Test func `slow links are slower than usual`() throws {
        var options = SimulationOptions()
        options.conditions = LinkConditions(latency: .fixed(.seconds(3)))
        let pair = EchoPair(options: options)
        var chaos = Chaos(.slowLinks)
        chaos.interval = .fixed(.milliseconds(1))
        chaos.duration = .fixed(.seconds(100))
        pair.simulation.unleash(chaos, for: .seconds(100))
        try pair.simulation.run(for: .milliseconds(10))
        let client = pair.client.network
        _ = try client.connect(to: pair.address)
        #expect(pair.simulation.now.nanoseconds > 6_010_000_000)
    }

    /// It ends the crashes that are its own.
    @Test func `a crash by another is not healed, and one of its own is`() throws {
        let simulation = Simulation(seed: 1)
        let host = simulation.host("a")
        let chaos = crashes(lasting: .seconds(10))
        simulation.unleash(chaos, for: .seconds(100))
        try simulation.run(for: .milliseconds(1500))
        #expect(!host.isRunning)
        host.restart()
        host.crash()
        try simulation.run(for: .seconds(200))
        #expect(!host.isRunning)

        host.restart()
        host.run("sleeper") { network in try await network.sleep(for: .seconds(1)) }
        simulation.unleash(chaos, for: .seconds(100))
        try simulation.run(for: .milliseconds(1001))
        #expect(!host.isRunning)
        // It is down already: nothing happens, and it will start again all the same.
        host.crash()
        #expect(throws: SimulationError.self) { try simulation.run(atMost: .seconds(5)) }
        try simulation.run(for: .seconds(200))
        #expect(host.isRunning)
    }

    @Test(arguments: [1, 2, 3]) func `no more happens at once than may`(limit: Int) throws {
        var chaos = Chaos(.pause, .clockOffset)
        chaos.limit = limit
        chaos.interval = .fixed(.seconds(1))
        chaos.duration = .fixed(.seconds(60))
        var (open, most) = (0, 0)
        for line in try hour(of: chaos).told {
            if line.hasSuffix("begins") { open += 1 }
            if line.hasSuffix("ends") { open -= 1 }
            most = max(most, open)
        }
        #expect(most == limit && open == 0)
    }

    @Test func `only those it is meant for are concerned`() throws {
        var chaos = Chaos(.crash)
        chaos.hosts = ["beta", "nobody"]
        let simulation = try hour(of: chaos).simulation
        let crashes = try #require(simulation.trace).text.split(separator: "\n").filter { $0.contains("crash") }
        #expect(!crashes.isEmpty && crashes.allSatisfy { $0.contains("beta") })
    }

    @Test func `it may be ended early, once and again`() throws {
        let simulation = Simulation(seed: 1)
        let host = simulation.host("a")
        let chaos = crashes(lasting: .seconds(100))
        let unleashed = simulation.unleash(chaos, for: .seconds(1000))
        try simulation.run(for: .seconds(2))
        #expect(!host.isRunning)
        unleashed.end()
        unleashed.end()
        #expect(host.isRunning)
        try simulation.run(for: .seconds(500))
        #expect(host.isRunning)
    }

    @Test func `a host that was started by another stays up`() throws {
        let simulation = Simulation(seed: 1)
        let host = simulation.host("a")
        let starts = Counter()
        host.run(inBackground: true) { network in
            _ = starts.next()
            try await network.sleep(for: .seconds(10_000))
        }
        let chaos = crashes(lasting: .seconds(10))
        simulation.unleash(chaos, for: .seconds(5))
        try simulation.run(for: .seconds(2))
        host.restart()
        try simulation.run(for: .seconds(100))
        #expect(host.isRunning && starts.next() == 3)
    }

    /// What a simulation of three hosts with two chaoses has come to, in ten minutes.
    private func tenMinutes(_ seed: UInt64, _ troubles: Set<ChaosTrouble.ID>?) throws -> Simulation {
        var options = SimulationOptions()
        options.troubles = troubles
        let pair = EchoPair(seed: seed, options: options)
        _ = pair.simulation.host("third")
        pair.simulation.unleash(Chaos(), for: .seconds(500))
        pair.simulation.unleash(Chaos(.crash, .pause), for: .seconds(300))
        try pair.simulation.run(for: .seconds(600))
        return pair.simulation
    }

    @Test(arguments: 0..<5 as Range<UInt64>) func `what it has brought about can be brought about again, all or some`(
        seed: UInt64
    ) throws {
        let first = try tenMinutes(seed, nil)
        let all = first.troubles
        #expect(Set(all.map(\.id)).count == all.count && all.count > 50)
        #expect(Set(all.map(\.id.chaos)) == [1, 2])
        let again = try tenMinutes(seed, Set(all.map(\.id)))
        #expect(again.hash == first.hash && again.troubles == all)
        // Each is what it was, whatever the others are: a host that is up is up, too, when fewer crash.
        for trouble in all.prefix(20) {
            #expect(try tenMinutes(seed, [trouble.id]).troubles == [trouble])
        }
        #expect(try tenMinutes(seed, []).troubles.isEmpty)
    }

    @Test func `the fewest that do are found`() throws {
        let all = try tenMinutes(1, nil).troubles
        for needed in [[], [3], [0, all.count - 1], [5, 6, 7, 20], Array(all.indices)] {
            var runs = 0
            let few = ChaosTrouble.fewest(of: all, attempts: 10_000) { some in
                runs += 1
                return needed.allSatisfy { some.contains(all[$0]) }
            }
            #expect(few == needed.map { all[$0] })
            #expect(needed.count > 4 || runs < 100, "\(runs) runs for \(needed)")
        }
        var runs = 0
        let some = ChaosTrouble.fewest(of: all, attempts: 5) { some in
            runs += 1
            return some.contains(all[2])
        }
        #expect(runs == 5 && some.contains(all[2]) && some.count < all.count)
        #expect(ChaosTrouble.fewest(of: []) { _ in true } == [])
    }

    @Test func `a trouble is told in words`() throws {
        let id = ChaosTrouble.ID(chaos: 1, occasion: 12)
        #expect(ChaosTrouble.ID("1.12") == id && id.description == "1.12")
        var chaos = Chaos(.pause)
        chaos.interval = .fixed(.milliseconds(3250))
        chaos.duration = .fixed(.milliseconds(1500))
        let simulation = Simulation()
        _ = simulation.host("client")
        simulation.unleash(chaos, for: .seconds(10))
        try simulation.run(for: .seconds(4))
        #expect(simulation.troubles.map { "\($0.id) \($0)" } == ["1.1 at 3.250 s, for 1.500 s: a pause of client"])
        for text in ["", "1", "1.", ".1", "1.0", "0.1", "1.2.3", "a.b", "-1.2", "+1.2", "1.02"] {
            #expect(ChaosTrouble.ID(text) == nil)
        }
    }

    @Test func `odd numbers do no harm`() throws {
        var chaos = Chaos(.pause)
        chaos.interval = .fixed(.seconds(-1))
        chaos.duration = .fixed(.zero)
        chaos.limit = -1
        let simulation = Simulation()
        simulation.unleash(chaos, for: .seconds(60))
        _ = simulation.host("a")
        simulation.unleash(chaos, for: .milliseconds(1))
        simulation.unleash(Chaos(), for: .seconds(-1))
        var none = Chaos()
        none.kinds = []
        simulation.unleash(none, for: .seconds(1))
        try simulation.run(for: .milliseconds(100))
    }

    /// A client that tries again until it has had its answers, whatever happens to it and to its server.
    @Test(arguments: 0..<20 as Range<UInt64>) func `a program that tries again gets through`(seed: UInt64) throws {
        let pair = EchoPair(seed: seed)
        let (client, address) = (pair.client, pair.address)
        client.run("stubborn") { network in
            var done = Int(client.store["done"]?.first ?? 0)
            while done < 50 {
                do throws(SocketError) {
                    let socket = try await network.connect(to: address, deadline: .within(.seconds(5)))
                    let message = Chunk("message \(done)")
                    try await socket.sendAll(message, deadline: .within(.seconds(5)))
                    if try await socket.receiveExactly(message.count, deadline: .within(.seconds(5))) == message {
                        done += 1
                        client.store["done"] = [UInt8(done)]
                        client.store.flush()
                    }
                    try await network.sleep(for: .seconds(1))
                } catch {
                    if error.code == .hostCrashed { throw error }
                    try await network.sleep(for: .milliseconds(100))
                }
            }
        }
        var chaos = Chaos()
        chaos.interval = .exponential(mean: .seconds(1))
        pair.simulation.unleash(chaos, for: .seconds(600))
        try pair.simulation.run(atMost: .seconds(700))
        #expect(client.store["done"] == [50])
    }
}
