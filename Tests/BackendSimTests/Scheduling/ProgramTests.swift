import Sockets
import Synchronization
import Testing

/// Numbers in the order they came.
private final class Noted: Sendable {
    let numbers = Mutex<[Int]>([])
}

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

    /// A call that comes back at once lets no time pass, however it is made.
    @Test func aProgramThatPollsWithoutEndIsFound() {
        var options = SimulationOptions()
        options.stepsAtOneInstant = 10_000
        let awaited: @Sendable (Network) async throws -> Void = { network in
            let socket = try await network.datagrams(at: "127.0.0.1:0")
            while true {
                do throws(SocketError) { _ = try await socket.receive(deadline: .immediate) } catch {
                    guard error.code == .wouldBlock else { throw error }
                }
            }
        }
        let blocking: @Sendable (Network) throws -> Void = { network in
            let socket = try network.datagrams(at: "127.0.0.1:0")
            while true {
                do throws(SocketError) { _ = try socket.receive(deadline: .immediate) } catch {
                    guard error.code == .wouldBlock else { throw error }
                }
            }
        }
        let opening: @Sendable (Network) async throws -> Void = { network in
            while true { try await network.socket(.ipv4, .stream).close() }
        }
        for start: (SimulatedHost) -> Void in [
            { $0.run("polls", awaited) }, { $0.run("polls", blocking) }, { $0.run("polls", opening) },
        ] {
            let simulation = Simulation(options: options)
            start(simulation.host("a"))
            let error = #expect(throws: SimulationError.self) { try simulation.run() }
            guard case .livelock = error else {
                Issue.record("no livelock: \(String(describing: error))")
                continue
            }
        }
    }

    @Test func whoWaitsForWhatIsNoneOfTheSimulationsIsNamed() {
        let simulation = Simulation()
        simulation.host("a").run("forgetful") { _ in
            let (stream, continuation) = AsyncStream<Int>.makeStream()
            for await _ in stream {}
            continuation.finish()
        }
        let error = #expect(throws: SimulationError.self) { try simulation.run() }
        let text = error?.description ?? ""
        #expect(text.contains("forgetful on a has not ended, and waits for nothing of the simulation's"), "\(text)")
    }

    /// Of tasks that are ready at the same instant, the seed says who goes first, if it is asked to.
    @Test(arguments: [false, true]) func theSeedDecidesWhoGoesFirst(shuffles: Bool) throws {
        var options = SimulationOptions()
        options.shufflesTasks = shuffles
        func order(_ seed: UInt64) throws -> [Int] {
            let simulation = Simulation(seed: seed, options: options)
            let order = Noted()
            simulation.host("a").run { network in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<4 {
                        group.addTask {
                            try await network.sleep(for: .seconds(1))
                            order.numbers.withLock { $0.append(number) }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            try simulation.run()
            return order.numbers.withLock { $0 }
        }
        let orders = try (0..<200 as Range<UInt64>).map { try order($0) }
        #expect(orders.allSatisfy { $0.sorted() == [0, 1, 2, 3] })
        #expect(Set(orders).count == (shuffles ? 24 : 1))
        #expect(try order(7) == orders[7])
    }

    @Test func theHashTellsWhatNobodyHasReceived() throws {
        func hash(_ text: String, pause: Duration = .zero, seed: UInt64 = 1) throws -> UInt64 {
            let simulation = Simulation(seed: seed)
            simulation.host("a").run { [weak simulation] network in
                let socket = try network.socket(.ipv4, .datagram)
                try await socket.send(Chunk(text), to: .ipv4(simulation?.host("b").ipv4 ?? .any, port: 9))
                try await network.sleep(for: pause)
            }
            let conditions = LinkConditions(latency: .fixed(.milliseconds(1)), loss: 1)
            try simulation.with(.conditions(conditions)) { try simulation.run() }
            return simulation.hash
        }
        #expect(try hash("one") == hash("one"))
        #expect(try hash("one") != hash("two"))
        #expect(try hash("one") != hash("one", pause: .seconds(1)))
        func written(_ bytes: [UInt8]) throws -> UInt64 {
            let simulation = Simulation(seed: 1)
            let store = simulation.host("a").store
            simulation.host("a").run { _ in store["x"] = bytes }
            try simulation.run()
            return simulation.hash
        }
        #expect(try written([1]) != written([2]))
    }

    @Test func timeThatPassesInPartsIsTheSameTime() throws {
        func hash(_ parts: Int) throws -> UInt64 {
            let pair = EchoPair()
            pair.exchange(10)
            for _ in 0..<parts { try pair.simulation.run(for: .seconds(12) / parts) }
            return pair.simulation.hash
        }
        #expect(try hash(1) == hash(4))
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
