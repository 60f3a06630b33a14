import Sockets
import Synchronization
import Testing

/// Programs run in virtual time, awaited or blocking, and the seed decides everything.
@Suite struct ProgramTests {
    @Test func awaitedProgramsTalk() throws {
        let pair = EchoPair()
        pair.exchange(100)
        try pair.simulation.run()
        // A round trip for the handshake, and one for each message.
        #expect(pair.simulation.now == NetworkInstant(nanoseconds: 101 * 200_000))
    }

    @Test func blockingProgramsTalk() throws {
        let simulation = Simulation()
        let server = simulation.host("server")
        server.run { network in
            let (connection, _) = try network.listen("0.0.0.0:7").accept()
            while let chunk = try connection.receive() { try connection.sendAll(chunk) }
        }
        let address = SocketAddress.ipv4(server.ipv4, port: 7)
        simulation.host("client").run { network in
            let socket = try network.connect(to: address)
            try socket.sendAll("hello")
            guard try socket.receiveExactly(5) == "hello" else { throw EchoPair.WrongAnswer() }
        }
        try simulation.run()
    }

    @Test func aScriptOutsideCarriesTheSimulationOn() throws {
        let simulation = Simulation()
        let receiver = try simulation.host("b").network.socket(.ipv4, .datagram)
        try receiver.bind(to: "0.0.0.0", port: 5000)
        let sender = try simulation.host("a").network.socket(.ipv4, .datagram)
        try sender.send("hi", to: .ipv4(simulation.host("b").ipv4, port: 5000))
        #expect(try receiver.receive() == "hi")
        #expect(simulation.now == NetworkInstant(nanoseconds: 100_000))
    }

    @Test func timeJumpsToTheNextEvent() throws {
        let simulation = Simulation()
        let log = Mutex<[Int64]>([])
        simulation.host("a").run { network in
            for _ in 0..<3 {
                try await network.sleep(for: .seconds(3600))
                log.withLock { $0.append(network.now.nanoseconds) }
            }
        }
        simulation.host("b").run { network in
            try network.sleep(for: .seconds(5400))
            log.withLock { $0.append(network.now.nanoseconds) }
        }
        try simulation.run()
        #expect(log.withLock { $0 } == [3600, 5400, 7200, 10800].map { $0 * 1_000_000_000 })
    }

    @Test func runningForATimeJumpsToItsEnd() throws {
        let pair = EchoPair()
        try pair.simulation.run(for: .seconds(10))
        #expect(pair.simulation.now == NetworkInstant(nanoseconds: 10_000_000_000))
    }

    @Test func whatAProgramThrowsEndsTheRun() {
        let simulation = Simulation()
        simulation.host("a").run("thrower") { _ in throw EchoPair.WrongAnswer() }
        let error = #expect(throws: SimulationError.self) { try simulation.run() }
        #expect(error?.description == "thrower on a failed: WrongAnswer()")
    }

    @Test func waitingForWhatCannotHappenIsAnError() {
        let simulation = Simulation()
        simulation.host("a").run { network in
            let socket = try network.socket(.ipv4, .datagram)
            try await socket.bind(to: "0.0.0.0", port: 9)
            _ = try await socket.receive()
        }
        let error = #expect(throws: SimulationError.self) { try simulation.run(for: .seconds(10)) }
        guard case .stuck(let netstat) = error else {
            Issue.record("not stuck: \(String(describing: error))")
            return
        }
        #expect(netstat.contains("0.0.0.0:9"))
        #expect(netstat.contains("recv"))
    }

    @Test func aProgramThatNeverWaitsIsFound() {
        var options = SimulationOptions()
        options.stepsAtOneInstant = 10_000
        let simulation = Simulation(options: options)
        simulation.host("a").run { network in
            let socket = try network.socket(.ipv4, .datagram)
            while true { try await socket.send("x", to: .ipv4(.loopback, port: 9)) }
        }
        let error = #expect(throws: SimulationError.self) { try simulation.run(for: .seconds(1)) }
        guard case .livelock = error else {
            Issue.record("no livelock: \(String(describing: error))")
            return
        }
    }

    @Test func aCallOfAForeignThreadIsRefusedAndReported() throws {
        let simulation = Simulation()
        let refusal = Mutex<SocketError?>(nil)
        let machine = try Network(.posix)
        simulation.host("a").run { network in
            let thread = try machine.spawn {
                do throws(SocketError) { _ = try network.socket(.ipv4, .stream) } catch {
                    refusal.withLock { $0 = error }
                }
            }
            try thread.join()
        }
        let error = #expect(throws: SimulationError.self) { try simulation.run(for: .seconds(1)) }
        #expect(error?.description.contains("none of the simulation's") == true)
        #expect(refusal.withLock { $0?.code } == .unsupported)
    }

    @Test func theSeedDecidesEverything() throws {
        func hash(_ seed: UInt64) throws -> UInt64 {
            var options = SimulationOptions()
            options.conditions = LinkConditions(latency: .exponential(mean: .milliseconds(1)), loss: 0.1)
            let pair = EchoPair(seed: seed, options: options)
            pair.exchange(50)
            try pair.simulation.run()
            return pair.simulation.hash
        }
        for seed in 0..<20 as Range<UInt64> {
            let first = try hash(seed)
            #expect(try hash(seed) == first, "seed \(seed)")
            #expect(try hash(seed + 1) != first, "seed \(seed)")
        }
    }

    @Test func whoYieldsAgainAndAgainKeepsNothingAway() throws {
        var options = SimulationOptions()
        options.loopbackLatency = .zero
        options.stepsAtOneInstant = 100_000
        let simulation = Simulation(options: options)
        simulation.host("a").run { network in
            let socket = try network.socket(.ipv4, .datagram)
            try await socket.bind(to: "127.0.0.1", port: 5000)
            try await socket.send("x", to: socket.localAddress())
            while try await socket.wait(for: .readable, deadline: .immediate).isEmpty { await Task.yield() }
            #expect(try await socket.receive() == "x")
        }
        try simulation.run()
    }
}
