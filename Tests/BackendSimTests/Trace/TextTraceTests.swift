import Sockets
import Testing

@testable import BackendSim

@Suite struct TextTraceTests {
    @Test func tellsAConnection() throws {
        let lines = try #require(try Traced.echo().trace).text.split(separator: "\n")
        #expect(
            lines.contains { $0.contains(/client:\d+ +> server:7 +tcp +SYN +seq 0 win \d+ len 0 +sent/) }, "\(lines)")
        #expect(
            lines.contains { $0.contains(/server:7 +> client:\d+ +tcp +PSH ACK +seq 1 ack 6 win \d+ len 5 +delivered/) }
        )
        #expect(lines.contains { $0.contains(/FIN/) })
        // Times are aligned, and the columns behind them.
        let starts = Set(lines.filter { $0.contains(">") }.map { $0.prefix { $0 != ">" }.count })
        #expect(starts.count == 1)
    }

    @Test func tellsRefusals() throws {
        let text = try #require(try Traced.datagrams().trace).text
        #expect(text.contains(/other +> one +icmp +unreachable +ECONNREFUSED of udp \d+ > 5001/), "\(text)")
    }

    @Test func tellsWhatBefallsHosts() throws {
        let simulation = try Traced.echo()
        let host = simulation.host("server")
        for happening in [Happening.crash(host: host.number), .restart(host: host.number), .change("heals", host: nil)]
        {
            simulation.world.note(happening)
        }
        let lines = try #require(simulation.trace).text.split(separator: "\n").suffix(3)
        #expect(lines.map { $0.contains(/server +\* (crashes|restarts)$/) } == [true, true, false])
        #expect(lines.last?.hasSuffix("* heals") == true)
    }

    @Test func tellsOnesOwnWordsAndWhatProgramsFailWith() throws {
        let simulation = Simulation()
        simulation.startTracing()
        let host = simulation.host("server")
        host.run("short") { [weak simulation] network in
            simulation?.note("leader elected", on: host)
            try await network.sleep(for: .seconds(1))
            throw EchoPair.WrongAnswer()
        }
        simulation.note("all is set")
        #expect(throws: SimulationError.self) { try simulation.run() }
        let lines = try #require(simulation.trace).text.split(separator: "\n").suffix(3)
        #expect(lines.first?.hasSuffix("* all is set") == true)
        #expect(lines.dropFirst().first?.contains(/^0\.0+ +server +\* leader elected$/) == true, "\(lines)")
        #expect(lines.last?.contains(/^1\.0+ +server +\* short fails: WrongAnswer\(\)$/) == true, "\(lines)")
    }

    @Test func forgetsTheOldest() throws {
        let simulation = Simulation()
        simulation.startTracing(limit: 10)
        for number in 1...23 { simulation.world.note(.change("event \(number)", host: nil)) }
        let trace = try #require(simulation.trace)
        #expect(trace.count == 8)
        #expect(trace.forgottenCount == 15)
        #expect(trace.text.hasPrefix("(15 earlier events are forgotten)\n"))
        #expect(trace.text.hasSuffix("event 23\n"))
    }

    @Test func tracesNothingUnasked() throws {
        let simulation = Simulation()
        simulation.world.note(.change("nothing", host: nil))
        #expect(simulation.trace == nil)
    }

    @Test func tellsFaults() throws {
        let simulation = try Traced.echo()
        let (server, client) = (simulation.host("server"), simulation.host("client"))
        let fault = simulation.inject(.partition(["client"], ["server"]))
        let socket = try client.network.socket(.ipv4, .datagram)
        try socket.send("lost", to: .ipv4(server.ipv4, port: 9))
        fault.heal()
        server.crash()
        try socket.send("late", to: .ipv4(server.ipv4, port: 9))
        try simulation.run(for: .seconds(1))
        server.restart()
        let text = try #require(simulation.trace).text
        for part in [
            #"* +\* a silent partition of client and server begins"#, #"udp +len 4 +dropped: partition"#,
            #"partition .* ends"#,
            #"server +\* crashes"#, #"udp +len 4 +dropped: the host is down"#, #"server +\* restarts"#,
        ] { #expect(try text.contains(Regex(part.hasPrefix("*") ? "\\" + part : part)), "\(part): \(text)") }
    }
}
