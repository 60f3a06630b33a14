import Glibc
import Locks
import Sockets
import Testing

@testable import BackendSim

/// Whatever a simulation has made ends with it.
@Suite struct TearDownTests {
    /// How many threads of this process have that name.
    private func threads(named name: String) -> Int {
        guard let directory = unsafe opendir("/proc/self/task") else { return -1 }
        defer { unsafe closedir(directory) }
        var count = 0
        while let entry = unsafe readdir(directory) {
            let id = unsafe withUnsafePointer(to: entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe atol($0) }
            }
            guard let file = unsafe fopen("/proc/self/task/\(id)/comm", "r") else { continue }
            defer { unsafe fclose(file) }
            var line = [CChar](repeating: 0, count: 32)
            if unsafe fgets(&line, 32, file) != nil, line.starts(with: name.utf8.map { CChar($0) }) { count += 1 }
        }
        return count
    }

    /// Whether all have gone, which may take them a moment.
    private func haveGone(_ name: String) -> Bool {
        for _ in 0..<1000 {
            if threads(named: name) == 0 { return true }
            usleep(1000)
        }
        return false
    }

    /// How many programs have not ended.
    private final class Living: Sendable {
        private let number = Lock(0)
        var count: Int { number.withLock { $0 } }
        func add(_ change: Int) { number.withLock { $0 += change } }
    }

    /// One of them, until nobody holds it any more.
    private final class Witness: Sendable {
        private let living: Living
        init(_ living: Living) {
            self.living = living
            living.add(1)
        }
        deinit { living.add(-1) }
    }

    /// A simulation in the midst of everything: programs that wait in all the ways there are.
    private func makeSimulation(_ thread: String, _ living: Living) throws -> Simulation {
        let simulation = Simulation(seed: 1)
        simulation.names.conditions = NameConditions(latency: .fixed(.seconds(9)))
        let server = simulation.host("server")
        server.run(inBackground: true) { network in
            let witness = Witness(living)
            try await network.listen("0.0.0.0:7").serve { connection in
                while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
            }
            withExtendedLifetime(witness) {}
        }
        let address = SocketAddress.ipv4(server.ipv4, port: 7)
        let client = simulation.host("client")
        client.run(thread) { network in
            let witness = Witness(living)
            defer { withExtendedLifetime(witness) {} }
            let socket = try network.connect(to: address)
            try network.spawn(thread) {
                let witness = Witness(living)
                while let chunk = try? socket.receive(), !chunk.isEmpty {}
                withExtendedLifetime(witness) {}
            }
            while true {
                try socket.sendAll("hello")
                try network.sleep(for: .milliseconds(1))
            }
        }
        client.run { network in
            let witness = Witness(living)
            defer { withExtendedLifetime(witness) {} }
            let socket = try await network.connect(to: address)
            async let sleeping: Void = network.sleep(for: .seconds(1000))
            async let receiving = socket.receive()
            _ = try await (sleeping, receiving)
        }
        client.run { network in
            let witness = Witness(living)
            defer { withExtendedLifetime(witness) {} }
            _ = try await network.addresses(of: "nowhere", port: 1)
        }
        return simulation
    }

    @Test func everythingEndsWithIt() throws {
        let living = Living()
        weak var world: World?
        weak var host: SimulatedHost?
        do {
            let simulation = try makeSimulation("end with it", living)
            world = simulation.world
            host = simulation.hosts[0]
            _ = try? simulation.run(for: .milliseconds(5))
            #expect(threads(named: "end with it") == 2)
            #expect(living.count >= 4)
        }
        #expect(haveGone("end with it"))
        #expect(living.count == 0)
        #expect(world == nil)
        #expect(host == nil)
    }

    @Test func manyLeaveNothingBehind() throws {
        let living = Living()
        var worlds: [() -> World?] = []
        for number in 0..<100 {
            let simulation = try makeSimulation("one of many", living)
            weak let world = simulation.world
            worlds.append { world }
            // Some have not even begun.
            if number % 4 > 0 { _ = try? simulation.run(for: .microseconds(Int64(number) * 100)) }
        }
        #expect(haveGone("one of many"))
        #expect(worlds.allSatisfy { $0() == nil })
        #expect(living.count == 0)
    }

    /// In a process of its own, where nobody else takes memory.
    @Test func memoryDoesNotGrow() async {
        await #expect(processExitsWith: .success) {
            let tests = TearDownTests()
            func makeSome(_ count: Int) throws {
                for _ in 0..<count {
                    let simulation = try tests.makeSimulation("grow", Living())
                    _ = try? simulation.run(for: .milliseconds(1))
                }
            }
            try makeSome(100)
            let pages = tests.residentPages
            try makeSome(200)
            // A simulation that is left has two threads alone, with ten pages at least.
            #expect(tests.residentPages - pages < 1000)
        }
    }

    /// How much memory this process has, in pages.
    private var residentPages: Int {
        guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
        defer { unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard unsafe fgets(&line, 128, file) != nil else { return 0 }
        let words = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")
        return words.count > 1 ? Int(words[1]) ?? 0 : 0
    }

    @Test func threadsOfACrashedHostEnd() throws {
        let living = Living()
        let simulation = try makeSimulation("crash", living)
        _ = try? simulation.run(for: .milliseconds(5))
        for host in simulation.hosts { host.crash() }
        _ = try? simulation.run(for: .zero)
        #expect(haveGone("crash"))
        #expect(living.count == 0)
    }

    @Test func aTaskResumedAfterTheEndSeesIt() throws {
        let parked = Lock<CheckedContinuation<Void, Never>?>(nil)
        let code = Lock<SocketError.Code?>(nil)
        weak var world: World?
        do {
            let simulation = Simulation()
            world = simulation.world
            simulation.host("a").run(inBackground: true) { network in
                await withCheckedContinuation { continuation in parked.withLock { $0 = continuation } }
                do throws(SocketError) { _ = try network.socket(.ipv4, .stream) } catch {
                    code.withLock { $0 = error.code }
                }
            }
            try simulation.run(for: .seconds(1))
        }
        parked.withLock { $0.take() }?.resume()
        #expect(code.withLock { $0 } == .hostCrashed)
        #expect(world == nil)
    }
}
