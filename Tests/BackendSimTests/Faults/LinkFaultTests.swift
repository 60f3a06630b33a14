import Sockets
import Testing

/// Faults of links do what they say, and programs live with them.
@Suite struct LinkFaultTests {
    static let conditions: [(String, LinkConditions)] = {
        func with(_ change: (inout LinkConditions) -> Void) -> LinkConditions {
            var conditions = LinkConditions(latency: .uniform(.microseconds(50)...(.milliseconds(2))))
            change(&conditions)
            return conditions
        }
        return [
            ("loss", with { $0.loss = 0.2 }),
            ("bursts", with { $0.burstLoss = BurstLoss(beginning: 0.02, ending: 0.2) }),
            ("duplication", with { $0.duplication = 0.3 }),
            ("reordering", with { $0.reordering = 0.3 }),
            ("corruption", with { $0.corruption = 0.1 }),
            ("a narrow way", with { $0.bitsPerSecond = 1_000_000 }),
            ("long tails", with { $0.latency = .longTailed(minimum: .milliseconds(1), maximum: .seconds(2)) }),
            (
                "all",
                with {
                    ($0.loss, $0.duplication, $0.reordering, $0.corruption) = (0.1, 0.1, 0.1, 0.05)
                    $0.burstLoss = BurstLoss(beginning: 0.01, ending: 0.3)
                    $0.bitsPerSecond = 10_000_000
                }
            ),
        ]
    }()

    @Test(arguments: conditions) func streamsArriveWhole(_ name: String, _ conditions: LinkConditions) throws {
        for seed in 0..<10 as Range<UInt64> {
            var options = SimulationOptions()
            options.conditions = conditions
            let pair = EchoPair(seed: seed, options: options)
            pair.exchange(40)
            do { try pair.simulation.run() } catch { Issue.record("\(name), seed \(seed): \(error)") }
        }
    }

    /// How many of 1,000 datagrams arrive.
    private func arrivals(_ conditions: LinkConditions) throws -> [Chunk] {
        let simulation = Simulation(seed: 3)
        let receiver = try simulation.host("b").network.socket(.ipv4, .datagram)
        try receiver.bind(to: "0.0.0.0", port: 5000)
        let sender = try simulation.host("a").network.socket(.ipv4, .datagram)
        let fault = simulation.inject(.conditions(conditions))
        var received: [Chunk] = []
        for number in 0..<1000 {
            try sender.send(Chunk("\(number)"), to: .ipv4(simulation.host("b").ipv4, port: 5000))
            if number % 50 == 49 {
                try simulation.run(for: .seconds(1))
                while let chunk = try? receiver.receive(deadline: .immediate) { received.append(chunk) }
            }
        }
        fault.heal()
        return received
    }

    @Test func lossLosesAsMuchAsItSays() throws {
        let count = try arrivals(LinkConditions(latency: .fixed(.milliseconds(1)), loss: 0.3)).count
        #expect((650...750).contains(count))
    }

    @Test func duplicationDuplicates() throws {
        var conditions = LinkConditions()
        conditions.duplication = 0.5
        let count = try arrivals(conditions).count
        #expect((1400...1600).contains(count))
    }

    @Test func reorderingReordersAndLatencyAloneDoesNot() throws {
        var conditions = LinkConditions(latency: .exponential(mean: .milliseconds(1)))
        var numbers = try arrivals(conditions).compactMap { Int($0.description) }
        #expect(numbers == Array(0..<1000))
        conditions.reordering = 0.2
        numbers = try arrivals(conditions).compactMap { Int($0.description) }
        #expect(numbers != Array(0..<1000))
        #expect(numbers.sorted() == Array(0..<1000))
    }

    @Test func corruptionChangesAByte() throws {
        var conditions = LinkConditions()
        conditions.corruption = 0.5
        let received = try arrivals(conditions)
        let wrong = received.enumerated().filter { $1 != Chunk("\($0)") }
        #expect(received.count == 1000)
        #expect((400...600).contains(wrong.count))
    }

    @Test func aNarrowWayQueuesAndThenLoses() throws {
        var conditions = LinkConditions()
        conditions.bitsPerSecond = 8000 * 30
        conditions.queueLimit = 10 * 40
        // Fifty at once, of which a dozen find room.
        let count = try arrivals(conditions).count
        #expect((180...260).contains(count))
    }
}
