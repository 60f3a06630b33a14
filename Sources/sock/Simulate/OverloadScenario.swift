import Locks
import Sockets

/// Pings over a narrow way, first alone, then beside uploads that fill the queue in front of it: bufferbloat.
struct OverloadScenario: Scenario {
    static let summary = "pings beside uploads over a narrow way with a long queue: bufferbloat"
    static let duration = Duration.seconds(600)

    static var options: SimulationOptions {
        var options = SimulationOptions()
        options.conditions.latency = .fixed(.milliseconds(10))
        options.conditions.bitsPerSecond = 4_000_000
        options.conditions.queueLimit = 256 << 10
        return options
    }

    private static let uploads = 4
    private static let uploadSize = 500_000
    private static let pings = 40
    private static let patience = Duration.seconds(3)

    private final class Pings: Sendable {
        let times = Lock<[Duration]>([])
        let lost = Lock(0)
    }

    private let alone = Pings()
    private let beside = Pings()

    init(_ simulation: Simulation) {
        let server = simulation.host("server")
        server.run("discard", inBackground: true) { network in
            try await network.listen("0.0.0.0:9").serve { connection in
                while try await connection.receive() != nil {}
            }
        }
        server.run("echo", inBackground: true) { network in
            let socket = try network.socket(.ipv4, .datagram)
            try socket.bind(to: .ipv4(.any, port: 7))
            while let (chunk, sender) = try await socket.receiveFrom(1) {
                if let sender { _ = try await socket.send(chunk, to: sender) }
            }
        }
        let address = server.ipv4
        simulation.host("client").run("talk") { [alone, beside] network in
            let echo = SocketAddress.ipv4(address, port: 7)
            try await Self.ping(network, echo, alone)
            try await withThrowingTaskGroup { group in
                for _ in 0..<Self.uploads {
                    group.addTask { try await Self.upload(network, .ipv4(address, port: 9)) }
                }
                group.addTask { try await Self.ping(network, echo, beside) }
                try await group.waitForAll()
            }
        }
    }

    private static func upload(_ network: Network, _ server: SocketAddress) async throws {
        let socket = try await network.connect(to: server)
        try await socket.sendAll([UInt8](repeating: 0x55, count: uploadSize))
        try await socket.close()
    }

    /// Sends a datagram every tenth of a second, or as soon as the last one is back.
    private static func ping(_ network: Network, _ server: SocketAddress, _ pings: Pings) async throws {
        let socket = try network.socket(.ipv4, .datagram)
        try await socket.connect(to: server)
        for number in 1...UInt8(Self.pings) {
            let start = network.now
            _ = try await socket.send([number])
            if try await socket.isAnswered(number, until: .at(start.advanced(by: patience))) {
                pings.times.withLock { $0.append(start.duration(to: network.now)) }
            } else {
                pings.lost.withLock { $0 += 1 }
            }
            try await network.sleep(until: start.advanced(by: .milliseconds(100)))
        }
    }

    var outcome: String { "pings alone: \(Self.words(alone)); beside uploads: \(Self.words(beside))" }

    private static func words(_ pings: Pings) -> String {
        let times = pings.times.withLock { $0 }.sorted()
        let median = times.dropFirst(times.count / 2).first.map { "median \($0.inMilliseconds)" } ?? "none back"
        let longest = times.last.map { ", longest \($0.inMilliseconds)" } ?? ""
        return "\(median)\(longest), \(pings.lost.withLock { $0 }) lost"
    }
}
