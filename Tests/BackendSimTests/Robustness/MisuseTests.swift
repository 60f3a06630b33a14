import Locks
import Sockets
import Testing

/// What callers do that makes no sense is refused or reported; nothing traps and nothing hangs.
@Suite struct MisuseTests {
    @Test func timeEnds() throws {
        let simulation = Simulation()
        let ages = Duration.seconds(Int64.max)
        try simulation.run(for: ages)
        try simulation.run(for: ages)
        try simulation.run(for: .seconds(-1))
        #expect(simulation.now == NetworkInstant(nanoseconds: 1 << 62))
    }

    @Test func whoSleepsForEverIsStuck() throws {
        let simulation = Simulation()
        simulation.host("a").run { network in try await network.sleep(until: .distantFuture) }
        let error = #expect(throws: SimulationError.self) { try simulation.run() }
        guard case .stuck = error else { throw try #require(error) }
    }

    @Test func aProgramCannotRunItsSimulation() throws {
        let simulation = Simulation()
        simulation.host("a").run("blocking") { [weak simulation] network in try simulation?.run() }
        let error = #expect(throws: SimulationError.self) { try simulation.run() }
        guard case .programFailed(_, "blocking", let reason) = error else { throw try #require(error) }
        #expect("\(reason)".contains("runs already"))
        simulation.schedule(after: .zero) { [weak simulation] in
            #expect(throws: SimulationError.self) { try simulation?.run(for: .seconds(1)) }
        }
        try simulation.run(for: .seconds(1))
    }

    @Test func otherThreadsAreTurnedAway() throws {
        let simulation = Simulation()
        let seen = Lock<[String]>([])
        simulation.host("a").run { [weak simulation] network in
            let thread = try Network(.posix).spawn("other") { [weak simulation] in
                let text = simulation?.netstat ?? ""
                let error = #expect(throws: SimulationError.self) { try simulation?.run() }
                _ = simulation?.host("b").ipv4
                seen.withLock { $0 = [text, "\(error!)", "\(simulation?.hosts.count ?? -1)"] }
            }
            try thread.join()
        }
        #expect(throws: SimulationError.self) { try simulation.run() }
        let texts = seen.withLock { $0 }
        #expect(texts.first == "another thread runs the simulation\n")
        #expect(texts.dropFirst().first?.contains("another thread runs the simulation") == true)
        #expect(texts.last == "0")
        #expect(simulation.hosts.map(\.name) == ["a"])
    }

    @Test func aNetworkOutlivesItsSimulation() throws {
        var simulation: Simulation? = Simulation()
        let host = try #require(simulation).host("a")
        let network = host.network
        let listener = try network.listen(port: 7)
        simulation = nil
        #expect(throws: SocketError.self) { try listener.accept() }
        #expect(throws: SocketError.self) { try network.socket(.ipv4, .stream) }
        #expect(throws: SocketError.self) { try network.sleep(for: .seconds(1)) }
        host.run { network in _ = try network.socket(.ipv4, .stream) }
        host.restart()
        host.crash()
        #expect(throws: SocketError.self) { try host.network.connect(to: "b", port: 1) }
    }

    @Test(arguments: [
        "", "ü 中", "localhost", "a\u{0}b", "1.2.3.4", "x\ny", "<&\"", String(repeating: "a", count: 5000),
    ])
    func namesOfHosts(_ name: String) throws {
        let simulation = Simulation()
        simulation.startTracing()
        let host = simulation.host(name)
        #expect(simulation.host(name) === host)
        let socket = try host.network.socket(.ipv4, .datagram)
        try socket.send([1], to: .ipv4(simulation.host("other").ipv4, port: 1))
        _ = try? simulation.host("other").network.addresses(of: name)
        _ = try? host.network.addresses(of: name)
        try simulation.run(for: .seconds(1))
        let trace = try #require(simulation.trace)
        #expect(!trace.text.isEmpty && !trace.pcapng.isEmpty && !trace.diagram().isEmpty)
        #expect(simulation.netstat.contains(name))
    }

    @Test func faultsOfUnknownHostsConcernNobody() throws {
        let pair = EchoPair()
        let fault = pair.simulation.inject(.partition(["nobody"], ["client", "client", ""]))
        pair.exchange(3)
        try pair.simulation.with(.pause(["nobody"])) { try pair.simulation.run() }
        fault.heal()
        fault.heal()
    }

    @Test func everyCallAfterACrashSaysSo() throws {
        let simulation = Simulation()
        let codes = Lock<[SocketError.Code]>([])
        let host = simulation.host("a")
        host.run(inBackground: true) { network in
            let (one, other) = try network.socketPair(.unix, .stream)
            let datagrams = try network.socket(.ipv4, .datagram)
            func note(_ body: () async throws(SocketError) -> Void) async {
                do throws(SocketError) {
                    try await body()
                } catch {
                    codes.withLock { $0.append(error.code) }
                }
            }
            await note { () async throws(SocketError) in _ = try await one.receive() }
            await note { () async throws(SocketError) in _ = try await other.receive() }
            await note { () async throws(SocketError) in _ = try await other.send([1]) }
            await note { () async throws(SocketError) in
                _ = try await datagrams.send([1], to: .ipv4(.loopback, port: 1))
            }
            await note { () async throws(SocketError) in try await network.sleep(for: .seconds(1)) }
            await note { () async throws(SocketError) in _ = try await network.connect(to: "b", port: 1) }
        }
        simulation.schedule(after: .seconds(1)) { host.crash() }
        try simulation.run(for: .seconds(2))
        #expect(codes.withLock { $0 } == Array(repeating: .hostCrashed, count: 6))
    }

    @Test func aThreadThatTriesForEverIsLeftBehind() throws {
        let simulation = Simulation()
        let host = simulation.host("a")
        host.run(inBackground: true) { network in while true { try? network.sleep(for: .seconds(1)) } }
        host.run(inBackground: true) { network in while true { _ = try? network.listen(port: 7).accept() } }
        host.run(inBackground: true) { network in while true { _ = try? network.connect(to: "b", port: 1) } }
        try simulation.run(for: .seconds(10))
        host.crash()
        try simulation.run(for: .seconds(10))
    }

    @Test func aProgramRestartsItsHost() throws {
        let simulation = Simulation()
        let starts = Lock((awaited: 0, blocking: 0))
        let host = simulation.host("a")
        host.run { [weak host] network in
            let number = starts.withLock { starts in
                starts.awaited += 1
                return starts.awaited
            }
            if number == 1 { host?.restart() }
            try await network.sleep(for: .seconds(1))
        }
        host.run { [weak host] network in
            let number = starts.withLock { starts in
                starts.blocking += 1
                return starts.blocking
            }
            if number == 2 { host?.restart() }
            try network.sleep(for: .seconds(1))
        }
        try simulation.run()
        #expect(starts.withLock { $0.awaited } == 3)
        #expect(starts.withLock { $0.blocking } == 3)
    }

    @Test func programsInjectAndHeal() throws {
        let simulation = Simulation()
        simulation.host("a").run { [weak simulation] network in
            for _ in 0..<100 {
                let fault = simulation?.inject(.partition(.all, .all))
                try await network.sleep(for: .milliseconds(1))
                fault?.heal()
            }
        }
        simulation.host("b").run { [weak simulation] network in
            for _ in 0..<100 {
                _ = simulation?.inject(.hold(from: .all, to: ["a"]))
                try network.sleep(for: .milliseconds(1))
            }
        }
        try simulation.run()
        #expect(simulation.now == NetworkInstant(nanoseconds: 100_000_000))
    }

    @Test func manyThreads() throws {
        let simulation = Simulation()
        let count = Lock(0)
        simulation.host("a").run { network in
            for _ in 0..<2000 {
                try network.spawn {
                    _ = try? network.sleep(for: .seconds(1))
                    count.withLock { $0 += 1 }
                }
            }
            try network.sleep(for: .seconds(2))
        }
        try simulation.run()
        #expect(count.withLock { $0 } == 2000)
    }

    @Test func muchAtOneInstant() throws {
        let simulation = Simulation()
        let count = Lock(0)
        for _ in 0..<100_000 { simulation.schedule(after: .seconds(1)) { count.withLock { $0 += 1 } } }
        try simulation.run(for: .seconds(1))
        #expect(count.withLock { $0 } == 100_000)
    }
}
