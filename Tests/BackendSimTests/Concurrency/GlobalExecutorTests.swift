import Sockets
import Synchronization
import Testing

/// With the global executor captured, unstructured tasks are simulated as well.
@Suite struct GlobalExecutorTests {
    private static func capturing(seed: UInt64 = 1) -> Simulation {
        var options = SimulationOptions()
        options.capturesGlobalExecutor = true
        return Simulation(seed: seed, options: options)
    }

    @Test func unstructuredTasksStay() throws {
        let simulation = Self.capturing()
        let server = simulation.host("server")
        server.run(inBackground: true) { network in
            let listener = try await network.listen("0.0.0.0:7")
            while true {
                let (connection, _) = try await listener.accept()
                Task { while let chunk = try await connection.receive() { try await connection.sendAll(chunk) } }
            }
        }
        let address = SocketAddress.ipv4(server.ipv4, port: 7)
        simulation.host("client").run { network in
            let clients = (1...3).map { number in
                Task.detached {
                    let socket = try await network.connect(to: address)
                    try await network.sleep(for: .seconds(number))
                    try await socket.sendAll("hello")
                    return try await socket.receiveExactly(5)
                }
            }
            for client in clients where try await client.value != "hello" { throw EchoPair.WrongAnswer() }
        }
        try simulation.run()
        #expect(simulation.now.nanoseconds == 3_000_400_000)
    }

    @Test func theirSleepsAreVirtual() throws {
        let simulation = Self.capturing()
        simulation.host("a").run { _ in
            try await Task { try await Task.sleep(for: .seconds(3600)) }.value
            try await Task.sleep(nanoseconds: 1_000_000)
        }
        try simulation.run()
        #expect(simulation.now == NetworkInstant(nanoseconds: 3_600_001_000_000))
    }

    @Test func actorsAndGroupsOfThemStay() throws {
        actor Sum {
            var total = 0
            func add(_ number: Int) { total += number }
        }
        let simulation = Self.capturing()
        let total = Mutex(0)
        simulation.host("a").run { network in
            let sum = Sum()
            try await Task {
                try await withThrowingTaskGroup { group in
                    for number in 1...3 {
                        group.addTask {
                            try await network.sleep(for: .seconds(number))
                            await sum.add(number)
                        }
                    }
                    try await group.waitForAll()
                }
            }.value
            let found = await sum.total
            total.withLock { $0 = found }
        }
        try simulation.run()
        #expect(total.withLock { $0 } == 6)
        #expect(simulation.now.nanoseconds == 3_000_000_000)
    }

    @Test func theSeedDecidesTheirOrder() throws {
        func hash() throws -> UInt64 {
            let simulation = Self.capturing(seed: 9)
            let address = SocketAddress.ipv4(simulation.host("b").ipv4, port: 9)
            simulation.host("a").run { network in
                let tasks = (0..<20).map { number in
                    Task {
                        await Task.yield()
                        let socket = try network.socket(.ipv4, .datagram)
                        try await socket.send("\(number)", to: address)
                    }
                }
                for task in tasks { try await task.value }
            }
            try simulation.run(for: .seconds(1))
            return simulation.hash
        }
        let hashes = try Set((0..<20).map { _ in try hash() })
        #expect(hashes.count == 1)
    }
}
