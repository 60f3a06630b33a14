import Sockets
import Testing

/// Numbers that make no sense are brought to ones that do, or have no effect: none traps, and none makes a run endless.
@Suite struct BadConditionTests {
    private static let ages = Duration.seconds(Int64.max)

    /// Sends datagrams and a stream over ways with these conditions.
    private func run(_ conditions: LinkConditions, _ options: SimulationOptions = SimulationOptions()) throws {
        var options = options
        options.conditions = conditions
        let simulation = Simulation(seed: 5, options: options)
        simulation.host("server").run(inBackground: true) { network in
            try await network.listen("0.0.0.0:7").serve { connection in
                while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
            }
        }
        let address = simulation.host("server").ipv4
        simulation.host("client").run { network in
            let datagrams = try network.socket(.ipv4, .datagram)
            for size in [0, 1, 9000] {
                _ = try await datagrams.send([UInt8](repeating: 1, count: size), to: .ipv4(address, port: 9))
            }
            let stream = try network.socket(.ipv4, .stream)
            _ = try? await stream.connect(to: .ipv4(address, port: 7), deadline: .within(.seconds(5)))
            _ = try? await stream.sendAll([UInt8](repeating: 2, count: 5000), deadline: .within(.seconds(5)))
            _ = try? await stream.receive(5000, deadline: .within(.seconds(5)))
        }
        try simulation.run()
    }

    @Test(
        arguments: [
            .fixed(.seconds(-1)), .fixed(ages), .uniform(.seconds(-5)...(.seconds(-4))), .uniform(.zero...ages),
            .exponential(mean: .seconds(-1)), .exponential(minimum: ages, mean: ages),
            .longTailed(minimum: ages, maximum: ages), .longTailed(minimum: .seconds(2), maximum: .seconds(-2)),
        ] as [Distribution])
    func latencies(_ latency: Distribution) throws {
        var conditions = LinkConditions(latency: latency)
        try run(conditions)
        conditions.reordering = 1
        conditions.reorderingDelay = latency
        conditions.duplication = 1
        try run(conditions)
    }

    @Test(arguments: [Double.nan, -1, 2, .infinity, -.infinity])
    func probabilities(_ probability: Double) throws {
        var conditions = LinkConditions(latency: .fixed(.milliseconds(1)), loss: probability)
        try run(conditions)
        conditions.loss = 0
        conditions.duplication = probability
        conditions.reordering = probability
        conditions.corruption = probability
        conditions.burstLoss = BurstLoss(beginning: probability, ending: probability, loss: probability)
        try run(conditions)
    }

    @Test(arguments: [Int.min, -1, 0, 1, .max])
    func bandwidths(_ number: Int) throws {
        var conditions = LinkConditions()
        conditions.bitsPerSecond = number
        try run(conditions)
        conditions.bitsPerSecond = 1
        conditions.queueLimit = number
        try run(conditions)
    }

    @Test(arguments: [Int.min, -1, 0, 1, .max])
    func options(_ number: Int) throws {
        var options = SimulationOptions()
        options.maximumPacket = number
        options.watchdogSeconds = number
        options.loopbackLatency = .seconds(number)
        try run(LinkConditions(latency: .fixed(.milliseconds(1)), loss: 0.1), options)
    }

    @Test(arguments: [Int.min, -1, 0, 1, .max])
    func rules(_ number: Int) throws {
        for fault in [
            Fault.rule(PacketRule(.drop, skip: number, limit: number)),
            .rule(PacketRule(.drop, skip: 1, limit: number)),
            .rule(PacketRule(.delay(.fixed(Self.ages)), limit: 3)), .smallSends(most: number, .all),
            .shortReceives(most: number, .all), .slowReceives(bytesPerSecond: number, .all),
            .descriptorLimit(number, .all), .clockDrift(Int64(number), .all), .clockOffset(.seconds(number), .all),
            .outOfBuffers(.nan, .all), .names(Self.badNames(number)),
        ] {
            let simulation = Simulation(seed: 1)
            let injected = simulation.inject(fault)
            simulation.host("a").run { network in
                _ = try? await network.connect(to: "a", port: 1, deadline: .within(.seconds(9)))
                _ = try? network.socketPair(.unix, .stream)
                try await network.sleep(for: .seconds(1))
            }
            try simulation.run()
            injected.heal()
        }
    }

    private static func badNames(_ number: Int) -> NameConditions {
        var conditions = NameConditions(latency: .fixed(.seconds(number)))
        conditions.silence = Double(number)
        conditions.timeout = .seconds(number)
        conditions.notFound = .nan
        return conditions
    }

    @Test func aRuleSkipsAndIsLimited() throws {
        let simulation = Simulation()
        let fault = simulation.inject(.rule(PacketRule(.drop, .udp, skip: 1, limit: 2)))
        let receiver = try simulation.host("b").network.socket(.ipv4, .datagram)
        try receiver.bind(to: "0.0.0.0", port: 9)
        let sender = try simulation.host("a").network.socket(.ipv4, .datagram)
        for number in 1...4 { try sender.send([UInt8(number)], to: .ipv4(simulation.host("b").ipv4, port: 9)) }
        #expect(try receiver.receive(1) == Chunk([1]))
        #expect(try receiver.receive(1) == Chunk([4]))
        fault.heal()
    }
}
