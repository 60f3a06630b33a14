import Sockets
import Testing

@Suite struct VerificationTests {
    /// A client that sends `size()` bytes after `pause()`.
    private func verify(
        stepLimit: Int = 1000, pause: @escaping @Sendable () -> Duration = { .seconds(1) },
        size: @escaping @Sendable () -> Int = { 3 }, byte: @escaping @Sendable () -> UInt8 = { 1 }
    ) throws -> UInt64 {
        try Simulation.verify(seed: 5, for: .seconds(10), stepLimit: stepLimit) { simulation in
            let server = simulation.host("server")
            server.run(inBackground: true) { network in
                let (connection, _) = try await network.listen("0.0.0.0:7").accept()
                while try await connection.receive() != nil {}
            }
            simulation.host("client").run { network in
                let socket = try await network.connect(to: .ipv4(server.ipv4, port: 7))
                try await network.sleep(for: pause())
                try await socket.sendAll([UInt8](repeating: byte(), count: size()))
            }
        }
    }

    @Test func acceptsWhatTheSeedDecides() throws { #expect(try verify() == verify()) }

    @Test func catchesTheWallClock() throws {
        let start = ContinuousClock.now
        let divergence = try #require(throws: SimulationDivergence.self) {
            _ = try verify(pause: { start.duration(to: .now) })
        }
        #expect(divergence.first?.words == "a sleep ends")
        #expect(divergence.first?.words == divergence.second?.words)
        #expect(divergence.first?.time != divergence.second?.time)
        #expect(divergence.description.contains("with seed 5 two runs differ at step \(divergence.index)"))
    }

    @Test func catchesForeignRandomness() throws {
        let divergence = try #require(throws: SimulationDivergence.self) {
            _ = try verify(size: { .random(in: 1...1400) })
        }
        #expect(divergence.first?.words == "a task of client goes on")
        #expect(divergence.description.contains("in what is sent or written"))
    }

    @Test(arguments: [1000, 4]) func catchesOtherBytes(stepLimit: Int) throws {
        let last = Counter()
        let divergence = try #require(throws: SimulationDivergence.self) {
            _ = try verify(stepLimit: stepLimit, byte: { last.next() })
        }
        if stepLimit == 1000 {
            #expect(divergence.first?.words == "a task of client goes on")
            #expect(divergence.description.contains("in what is sent or written"))
        } else {
            #expect(divergence.first?.words.contains("of which 4 were remembered") == true, "\(divergence)")
        }
    }

    @Test func passesOnWhatProgramsThrow() throws {
        #expect(throws: SimulationError.self) {
            try Simulation.verify { simulation in
                simulation.host("one").run { network in
                    _ = try await network.connect(to: .ipv4(simulation.host("other").ipv4, port: 7))
                }
            }
        }
    }

    @Test func hasAFormForAsyncTests() async throws {
        let awaited = try await Simulation.verify(seed: 3, for: .seconds(1)) { simulation in
            simulation.host("one").run { network in
                var random = network.random
                try await network.sleep(for: .milliseconds(Int.random(in: 1...100, using: &random)))
            }
        }
        let blocking = try blockingHash()
        #expect(awaited == blocking)
        await #expect(throws: SimulationDivergence.self) {
            try await Simulation.verify { simulation in
                simulation.host("one").run { network in
                    try await network.sleep(for: .nanoseconds(Int64.random(in: 1...1 << 40)))
                }
            }
        }
    }

    private func blockingHash() throws -> UInt64 {
        try Simulation.verify(seed: 3, for: .seconds(1)) { simulation in
            simulation.host("one").run { network in
                var random = network.random
                try await network.sleep(for: .milliseconds(Int.random(in: 1...100, using: &random)))
            }
        }
    }
}
