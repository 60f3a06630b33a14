import Locks
import Sockets

/// A client counts on three replicas at once, over links that are cut now and then; each must count every number once.
///
/// The replicas have a bug, which some seeds find: they know a number that comes again only if it is the last one they have counted.
struct CounterScenario: Scenario {
    static let summary = "a replicated counter under partitions, with a bug that some seeds find"
    static let duration = Duration.seconds(600)

    static var options: SimulationOptions {
        var options = SimulationOptions()
        options.conditions.latency = .longTailed(minimum: .milliseconds(5), maximum: .seconds(1))
        options.conditions.reordering = 0.002
        options.conditions.reorderingDelay = .uniform(.milliseconds(10)...(.milliseconds(200)))
        return options
    }

    private static let replicas = 3
    private static let numbers: ClosedRange<UInt8> = 1...20
    private static let patience = Duration.milliseconds(60)
    private static let partitions = 6

    private final class Replica: Sendable {
        let name: String
        let count = Lock(0)

        init(_ number: Int) { name = "replica\(number)" }
    }

    private let replicas: [Replica]

    init(_ simulation: Simulation) {
        replicas = (1...Self.replicas).map(Replica.init)
        var addresses: [SocketAddress] = []
        for replica in replicas {
            let host = simulation.host(replica.name)
            addresses.append(.ipv4(host.ipv4, port: 7000))
            host.run("count", inBackground: true) { network in try await Self.count(network, replica) }
        }
        let client = simulation.host("client")
        client.run("weather", inBackground: true) { [weak simulation] network in
            try await Self.cut(network, simulation)
        }
        client.run("add") { [replicas, addresses] network in
            try await withThrowingTaskGroup { group in
                for address in addresses { group.addTask { try await Self.add(network, address) } }
                try await group.waitForAll()
            }
            try await network.sleep(for: .seconds(2))
            try Self.check(replicas)
        }
    }

    /// Counts each number that comes, and answers with it.
    private static func count(_ network: Network, _ replica: Replica) async throws {
        let socket = try network.socket(.ipv4, .datagram)
        try socket.bind(to: .ipv4(.any, port: 7000))
        var last: UInt8 = 0
        while let (chunk, sender) = try await socket.receiveFrom(1) {
            guard let number = Array(chunk).first, let sender else { continue }
            if number != last { replica.count.withLock { $0 += 1 } }
            last = number
            _ = try await socket.send([number], to: sender)
        }
    }

    /// Sends each number until it is answered.
    private static func add(_ network: Network, _ replica: SocketAddress) async throws {
        let socket = try network.socket(.ipv4, .datagram)
        try await socket.connect(to: replica)
        for number in numbers {
            repeat {
                _ = try await socket.send([number])
            } while try await !socket.isAnswered(number, until: .at(network.now.advanced(by: patience)))
        }
    }

    /// Cuts the client off from a replica, now and then, for a while.
    private static func cut(_ network: Network, _ simulation: Simulation?) async throws {
        var random = network.random
        for _ in 0..<partitions {
            try await network.sleep(for: .milliseconds(Int64(random.next() % 200)))
            let replica = "replica\(random.next() % UInt64(replicas) + 1)"
            let fault = simulation?.inject(.partition(["client"], [replica]))
            try await network.sleep(for: .milliseconds(Int64(random.next() % 300)))
            fault?.heal()
        }
    }

    private static func check(_ replicas: [Replica]) throws {
        for replica in replicas {
            let count = replica.count.withLock { $0 }
            guard count == numbers.count else {
                throw ScenarioFailure(description: "\(replica.name) has counted \(count) numbers of \(numbers.count)")
            }
        }
    }

    var outcome: String {
        "counts " + replicas.map { replica in "\(replica.count.withLock { $0 })" }.joined(separator: ", ")
    }
}
