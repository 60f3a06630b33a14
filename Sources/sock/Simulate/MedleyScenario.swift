import Locks
import Sockets

/// A little of everything that a simulation has, on four hosts: what two runs with the same seed could differ in shows here.
struct MedleyScenario: Scenario {
    static let summary = "all kinds of sockets and programs, names, faults and crashes: for comparing hashes"
    static let duration = Duration.seconds(3600)

    static var options: SimulationOptions {
        var options = SimulationOptions()
        options.conditions.latency = .longTailed(minimum: .milliseconds(1), maximum: .milliseconds(500))
        options.conditions.burstLoss = BurstLoss(beginning: 0.01, ending: 0.3)
        options.conditions.duplication = 0.01
        options.conditions.reordering = 0.05
        options.conditions.corruption = 0.001
        options.conditions.bitsPerSecond = 20_000_000
        return options
    }

    private static let rounds = 8
    private static let patience = Duration.seconds(2)

    private final class Tally: Sendable {
        private let counts = Lock((done: 0, failed: 0))

        func note(_ isDone: Bool) { counts.withLock { if isDone { $0.done += 1 } else { $0.failed += 1 } } }

        var words: String { counts.withLock { "\($0.done) rounds done, \($0.failed) failed" } }
    }

    private let tally = Tally()

    init(_ simulation: Simulation) {
        simulation.names.conditions = NameConditions(
            latency: .exponential(minimum: .milliseconds(1), mean: .milliseconds(20)))
        simulation.names.conditions.temporaryFailure = 0.1
        try? simulation.names.addAlias("www", of: "server")
        Self.serve(simulation.host("server"))
        Self.talk(simulation.host("awaited"), tally)
        Self.block(simulation.host("blocking"), tally)
        Self.pass(simulation.host("local"), tally)
        simulation.host("weather").run("weather", inBackground: true) { [weak simulation] network in
            try await Self.change(network, simulation)
        }
    }

    var outcome: String { tally.words }

    // MARK: The server

    /// Echoes streams from tasks, several listeners sharing their port, and datagrams from a thread.
    private static func serve(_ host: SimulatedHost) {
        for _ in 0..<2 {
            host.run("echo", inBackground: true) { network in
                let listener = try await network.listen(host: "0.0.0.0", port: 7, reusePort: true)
                try await listener.serve { connection in
                    while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
                }
            }
        }
        host.run("datagrams", inBackground: true) { network in
            let socket = try network.socket(.ipv4, .datagram)
            try socket.bind(to: .ipv4(.any, port: 7))
            while let (chunk, sender) = try? socket.receiveFrom(2000) {
                if let sender { _ = try? socket.send(chunk, to: sender) }
            }
        }
    }

    // MARK: The clients

    private static func talk(_ host: SimulatedHost, _ tally: Tally) {
        host.run("talk") { network in
            await withTaskGroup { group in
                for _ in 0..<3 {
                    group.addTask {
                        for round in 0..<rounds { tally.note((try? await exchange(network, round)) == true) }
                    }
                }
                group.addTask {
                    for round in 0..<rounds { tally.note((try? await ping(network, round)) == true) }
                }
            }
        }
    }

    private static func exchange(_ network: Network, _ round: Int) async throws -> Bool {
        let deadline = Deadline.within(patience)
        let socket = try await network.connect(to: "www", port: 7, deadline: deadline)
        let message = [UInt8](repeating: UInt8(round), count: 500 * round + 1)
        async let sending: Void = socket.sendAll(message)
        let answer = try await socket.receiveExactly(message.count, deadline: deadline)
        try await sending
        try await socket.close()
        return answer == Chunk(message)
    }

    private static func ping(_ network: Network, _ round: Int) async throws -> Bool {
        let socket = try network.socket(.ipv4, .datagram)
        try await socket.connect(to: "server", port: 7)
        _ = try await socket.send([UInt8](repeating: 1, count: 300 * round))
        let answer = try await socket.receive(5000, deadline: .within(.seconds(1)))
        try await network.sleep(for: .milliseconds(100))
        return answer?.count == 300 * round
    }

    /// The same from plain threads.
    private static func block(_ host: SimulatedHost, _ tally: Tally) {
        host.run("block") { network in
            let threads = try (0..<2).map { number in
                try network.spawn("block \(number)") {
                    for round in 0..<rounds { tally.note((try? blocking(network, round)) == true) }
                }
            }
            for thread in threads { try thread.join() }
        }
    }

    private static func blocking(_ network: Network, _ round: Int) throws -> Bool {
        let deadline = Deadline.within(patience)
        let socket = try network.connect(to: "server", port: 7, deadline: deadline)
        try socket.sendAll("round \(round)")
        let isAnswered = try socket.receiveExactly(7, deadline: deadline) == Chunk("round \(round)")
        try network.sleep(for: .milliseconds(50))
        return isAnswered
    }

    // MARK: One host by itself

    /// A task and a thread talk over a pair of UNIX sockets, and over a name.
    private static func pass(_ host: SimulatedHost, _ tally: Tally) {
        host.run("pass") { network in
            let (one, other) = try network.socketPair()
            let thread = try network.spawn("answer") {
                while let chunk = try? other.receive() { try? other.sendAll(chunk) }
            }
            for round in 0..<rounds {
                try await one.sendAll("round \(round)")
                tally.note(try await one.receiveExactly(7) == Chunk("round \(round)"))
            }
            try await one.close()
            try await thread.join()
        }
        host.run("names", inBackground: true) { network in
            let listener = try network.socket(.unix, .stream)
            try listener.bind(to: .unix(UNIXAddress(abstract: "medley")))
            try listener.listen()
            async let client: Void = {
                let socket = try network.socket(.unix, .stream)
                try await socket.connect(to: .unix(UNIXAddress(abstract: "medley")))
                try await socket.sendAll("hello")
            }()
            tally.note(try await listener.accept().connection.receive() == "hello")
            try await client
        }
    }

    // MARK: The weather

    /// Cuts, holds, pauses and crashes, now and then, for a while.
    private static func change(_ network: Network, _ simulation: Simulation?) async throws {
        var random = network.random
        for _ in 0..<rounds {
            try await network.sleep(for: .milliseconds(Int64(random.next() % 500)))
            guard let simulation else { return }
            let fault = simulation.inject(fault(random.next()))
            try await network.sleep(for: .milliseconds(Int64(random.next() % 400)))
            fault.heal()
            if random.next() % 4 == 0 { simulation.host("server").restart() }
        }
    }

    private static func fault(_ number: UInt64) -> Fault {
        switch number % 6 {
        case 0: .partition(["awaited", "blocking"], ["server"])
        case 1: .oneWayPartition(from: "server", to: "blocking", .unreachable)
        case 2: .hold(from: "awaited", to: "server")
        case 3: .pause("server")
        case 4: .rule(PacketRule(.reset, .data, from: "awaited", limit: 1))
        default: .shortReceives(most: 3, "awaited")
        }
    }
}
