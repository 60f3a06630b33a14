import Sockets
import Synchronization
import Testing

/// Partitions, crashes and what else may happen to hosts.
@Suite struct HostFaultTests {
    @Test func aPartitionTimesOutAndNeverRefuses() throws {
        let pair = EchoPair()
        let fault = pair.simulation.inject(.partition(["client"], ["server"]))
        let outcome = Mutex<SocketError?>(nil)
        let address = pair.address
        pair.client.run { network in
            do throws(SocketError) {
                _ = try await network.connect(to: address)
            } catch {
                outcome.withLock { $0 = error }
            }
        }
        try pair.simulation.run()
        #expect(outcome.withLock { $0?.code } == .timedOut)
        fault.heal()
        pair.exchange(3)
        try pair.simulation.run()
    }

    @Test func anUnreachablePartitionSaysSo() throws {
        let pair = EchoPair()
        let fault = pair.simulation.inject(.oneWayPartition(from: "client", to: "server", .unreachable))
        let network = pair.client.network
        let error = #expect(throws: SocketError.self) { try network.connect(to: pair.address) }
        #expect(error?.code == .hostUnreachable)
        fault.heal()
    }

    @Test func heldPacketsGoOnWhenReleased() throws {
        let simulation = Simulation()
        let receiver = try simulation.host("b").network.socket(.ipv4, .datagram)
        try receiver.bind(to: "0.0.0.0", port: 5000)
        let sender = try simulation.host("a").network.socket(.ipv4, .datagram)
        let address = SocketAddress.ipv4(simulation.host("b").ipv4, port: 5000)
        let fault = simulation.inject(.hold(from: "a", to: "b"))
        for number in 0..<3 { try sender.send(Chunk("\(number)"), to: address) }
        try simulation.run(for: .seconds(1))
        #expect(throws: SocketError.self) { try receiver.receive(deadline: .immediate) }
        fault.heal()
        #expect(try (0..<3).map { _ in try receiver.receive() } == ["0", "1", "2"])
    }

    @Test func aCrashEndsEveryCallAndARestartBeginsAnew() throws {
        let pair = EchoPair()
        let server = pair.server
        let codes = Mutex<[SocketError.Code]>([])
        let starts = Mutex(0)
        server.run("witness", inBackground: true) { network in
            starts.withLock { $0 += 1 }
            do throws(SocketError) {
                try await network.sleep(for: .seconds(100))
            } catch {
                codes.withLock { $0.append(error.code) }
            }
            do throws(SocketError) { _ = try network.socket(.ipv4, .stream) } catch {
                codes.withLock { $0.append(error.code) }
            }
        }
        server.run("blocking witness", inBackground: true) { network in
            do throws(SocketError) {
                try network.sleep(for: .seconds(100))
            } catch {
                codes.withLock { $0.append(error.code) }
            }
        }
        pair.exchange(3)
        try pair.simulation.run(for: .seconds(1))
        server.crash()
        try pair.simulation.run(for: .seconds(1))
        #expect(codes.withLock { $0 } == [.hostCrashed, .hostCrashed, .hostCrashed])
        #expect(!server.isRunning)
        server.restart()
        pair.exchange(3)
        try pair.simulation.run()
        #expect(starts.withLock { $0 } == 2)
    }

    @Test func aPeerOfACrashedHostIsResetAfterTheRestart() throws {
        let pair = EchoPair()
        let socket = try pair.client.network.connect(to: pair.address)
        try socket.sendAll("hello")
        #expect(try socket.receiveExactly(5) == "hello")
        pair.server.crash()
        pair.server.restart()
        try socket.sendAll("hello")
        let error = #expect(throws: SocketError.self) { try socket.receive() }
        #expect(error?.code == .connectionReset)
    }

    /// Power is off: what a program does about its end has no disk to do it to, least of all its successor's.
    @Test func aStoreIsTheRunningHosts() throws {
        let simulation = Simulation()
        let host = simulation.host("a")
        let store = host.store
        let runs = Mutex(0)
        host.run(inBackground: true) { network in
            let run = runs.withLock { count in
                count += 1
                return UInt8(count)
            }
            store["owner"] = [run]
            store.flush()
            defer {
                store["clean"] = [run]
                store.flush()
            }
            do {
                try await network.sleep(for: .seconds(100))
            } catch {
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<3 { group.addTask { await Task.yield() } }
                }
                store["owner"] = [run]
                store.flush()
            }
        }
        simulation.schedule(after: .seconds(5)) { host.restart() }
        try simulation.run(for: .seconds(20))
        #expect(runs.withLock { $0 } == 2)
        #expect(store["owner"] == [2])
        #expect(store["clean"] == nil)
    }

    @Test func onlyWhatWasFlushedOutlivesACrash() {
        let simulation = Simulation()
        let host = simulation.host("a")
        host.store["kept"] = [1]
        host.store.flush()
        host.store["kept"] = [2]
        host.store["lost"] = [3]
        host.crash()
        host.restart()
        #expect(host.store.names == ["kept"])
        #expect(host.store["kept"] == [1])
        withExtendedLifetime(simulation) {}
    }

    @Test(arguments: EchoPair.Service.allCases)
    func aPausedHostAcknowledgesAndItsProgramsStandStill(_ service: EchoPair.Service) throws {
        let pair = EchoPair(servedBy: service)
        let socket = try pair.client.network.connect(to: pair.address)
        let fault = pair.simulation.inject(.pause("server"))
        try socket.sendAll("hello")
        #expect(throws: SocketError.self) { try socket.receive(deadline: .within(.seconds(5))) }
        fault.heal()
        #expect(try socket.receiveExactly(5, deadline: .within(.milliseconds(1))) == "hello")
    }

    @Test func clocksAreOffAndDrift() throws {
        let simulation = Simulation()
        let network = simulation.host("a").network
        let offset = simulation.inject(.clockOffset(.seconds(10), "a"))
        #expect(network.now.nanoseconds == 10_000_000_000)
        offset.heal()
        let drift = simulation.inject(.clockDrift(1_000_000, "a"))
        try simulation.run(for: .seconds(1000))
        #expect(network.now.nanoseconds == 1_001_000_000_000)
        // A sleep is as long as the host's own clock says.
        try network.sleep(for: .seconds(1001))
        #expect(simulation.now.nanoseconds == 2_000_000_000_000)
        drift.heal()
    }

    @Test func descriptorsRunOut() throws {
        let simulation = Simulation()
        let network = simulation.host("a").network
        let fault = simulation.inject(.descriptorLimit(5, "a"))
        let sockets = [try network.socket(.ipv4, .stream), try network.socket(.ipv4, .stream)]
        let error = #expect(throws: SocketError.self) { try network.socket(.ipv4, .stream) }
        #expect(error?.code == .tooManyDescriptors)
        fault.heal()
        _ = try network.socket(.ipv4, .stream)
        _ = sockets
    }

    @Test func smallSendsAndShortReceives() throws {
        let pair = EchoPair()
        let socket = try pair.client.network.connect(to: pair.address)
        let faults = [
            pair.simulation.inject(.smallSends(most: 3, ["client", "server"])),
            pair.simulation.inject(.shortReceives(most: 2, "client")),
        ]
        socket.mode = .nonBlocking
        #expect(try socket.send("hello") == 3)
        socket.mode = .blocking
        #expect(try socket.receive() == "he")
        #expect(try socket.receive() == "l")
        for fault in faults { fault.heal() }
    }

    @Test func aSlowReaderHoldsTheSenderBack() throws {
        let pair = EchoPair()
        let fault = pair.simulation.inject(.slowReceives(bytesPerSecond: 1_000_000, "server"))
        let socket = try pair.client.network.connect(to: pair.address)
        let start = pair.simulation.now
        try socket.sendAll(Chunk([UInt8](repeating: 1, count: 100)))
        _ = try socket.receiveExactly(100)
        for _ in 0..<9 {
            try socket.sendAll(Chunk([UInt8](repeating: 1, count: 100_000)))
            _ = try socket.receiveExactly(100_000)
        }
        #expect(start.duration(to: pair.simulation.now) > .milliseconds(800))
        fault.heal()
    }

    @Test func buffersRunOut() throws {
        let simulation = Simulation()
        let socket = try simulation.host("a").network.socket(.ipv4, .datagram)
        let fault = simulation.inject(.outOfBuffers(1, .all))
        let error = #expect(throws: SocketError.self) { try socket.send("x", to: .ipv4(.loopback, port: 9)) }
        #expect(error?.code == .outOfResources)
        fault.heal()
    }

    @Test func aRuleTakesHoldOfCertainPackets() throws {
        let pair = EchoPair()
        let lost = pair.simulation.inject(.rule(PacketRule(.drop, .synchronize, from: "client", limit: 2)))
        let start = pair.simulation.now
        let socket = try pair.client.network.connect(to: pair.address)
        // Two repetitions of the SYN, a second each.
        #expect(start.duration(to: pair.simulation.now) > .seconds(2))
        lost.heal()
        let reset = pair.simulation.inject(.rule(PacketRule(.reset, .data, from: "client")))
        try socket.sendAll("hello")
        let error = #expect(throws: SocketError.self) { try socket.receive() }
        #expect(error?.code == .connectionReset)
        reset.heal()
    }
}
