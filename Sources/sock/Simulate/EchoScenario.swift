import Locks
import Sockets

/// Clients send messages to a server and get them back, over links that lose some and whose latency has a long tail.
struct EchoScenario: Scenario {
    static let summary = "three clients talk to an echo server over links with loss and long-tailed latency"
    static let duration = Duration.seconds(600)

    static var options: SimulationOptions {
        var options = SimulationOptions()
        options.conditions = conditions
        return options
    }

    /// What befalls the packets of every link.
    private static let conditions = LinkConditions(
        latency: .longTailed(minimum: .milliseconds(5), maximum: .seconds(2)), loss: 0.02)
    private static let clients = 3
    private static let messages = 20
    private static let largestMessage: UInt64 = 4000

    private final class RoundTrips: Sendable {
        let times = Lock<[Duration]>([])
    }

    private let roundTrips = RoundTrips()

    init(_ simulation: Simulation) {
        let server = simulation.host("server")
        server.run("echo", inBackground: true) { network in
            try await network.listen("0.0.0.0:7").serve { connection in
                while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
            }
        }
        let address = SocketAddress.ipv4(server.ipv4, port: 7)
        for number in 1...Self.clients {
            simulation.host("client\(number)").run("talk") { [roundTrips] network in
                try await Self.talk(network, address) { time in roundTrips.times.withLock { $0.append(time) } }
            }
        }
    }

    private static func talk(
        _ network: Network, _ server: SocketAddress, _ note: @Sendable (Duration) -> Void
    ) async throws {
        var random = network.random
        let socket = try await network.connect(to: server)
        for _ in 0..<messages {
            let size = Int(random.next() % largestMessage) + 1
            let message = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ size) }
            let start = network.now
            try await socket.sendAll(message)
            guard try await socket.receiveExactly(size) == Chunk(message) else {
                throw ScenarioFailure(description: "other bytes came back than were sent")
            }
            note(start.duration(to: network.now))
        }
        try await socket.close()
    }

    var outcome: String {
        let times = roundTrips.times.withLock { $0 }.sorted()
        guard let median = times.dropFirst(times.count / 2).first, let longest = times.last else {
            return "no round trips"
        }
        return
            "\(counted(times.count, "round trip")), median \(median.inMilliseconds), longest \(longest.inMilliseconds)"
    }
}
