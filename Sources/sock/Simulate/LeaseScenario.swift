import Locks
import Sockets

/// Two writers take turns at a store by leases that a third host grants, while chance brings trouble upon them.
///
/// The writers have a bug, which some trouble shows: they look at the clock, then work, then write, and the store believes them. Whoever is held up in
/// between, or whose clock is set back, writes although another has the lease. A number that grows with each lease, which the store compares, would do.
struct LeaseScenario: Scenario {
    static let summary = "two writers with leases under trouble of all kinds, with a bug that some of it shows"
    static let duration = Duration.seconds(600)

    static var options: SimulationOptions {
        var options = SimulationOptions()
        options.conditions.latency = .uniform(.milliseconds(2)...(.milliseconds(10)))
        return options
    }

    private static let lease = Duration.seconds(2)
    /// A writer stops so long before its lease ends.
    private static let margin = Duration.milliseconds(500)
    private static let work = Duration.milliseconds(20)
    private static let patience = Duration.milliseconds(100)
    private static let day = Duration.seconds(60)
    private static let writers = ["anna", "bert"]

    /// Who has the lease, and until when; and what was written.
    private struct Books {
        var holder: UInt8?
        var end = NetworkInstant.distantPast
        var writes = [Int](repeating: 0, count: writers.count)

        /// Whether the lease is the writer's now.
        mutating func grant(_ writer: UInt8, _ now: NetworkInstant) -> Bool {
            guard holder == writer || now >= end else { return false }
            (holder, end) = (writer, now.advanced(by: lease))
            return true
        }

        mutating func write(_ writer: UInt8) throws {
            writes[Int(writer)] += 1
            guard let holder, holder != writer else { return }
            throw ScenarioFailure(
                description:
                    "\(LeaseScenario.writers[Int(writer)]) has written while \(LeaseScenario.writers[Int(holder)]) had the lease"
            )
        }
    }

    private final class Keeper: Sendable {
        let books = Lock(Books())
    }

    private let keeper = Keeper()

    init(_ simulation: Simulation) {
        let (leases, store) = (simulation.host("leases"), simulation.host("store"))
        leases.run("grant", inBackground: true) { [keeper] network in
            try await Self.answer(network) { writer in keeper.books.withLock { $0.grant(writer, network.now) } }
        }
        store.run("write", inBackground: true) { [keeper] network in
            try await Self.answer(network) { writer in
                try keeper.books.withLock { books throws in try books.write(writer) }
                return true
            }
        }
        let (grantor, target) = (
            SocketAddress.ipv4(leases.ipv4, port: 7000), SocketAddress.ipv4(store.ipv4, port: 7000)
        )
        for (number, name) in Self.writers.enumerated() {
            simulation.host(name).run("write") { network in
                try await Self.write(network, UInt8(number), by: grantor, to: target)
            }
        }
        var chaos = Chaos()
        chaos.hosts = .named(Self.writers)
        simulation.unleash(chaos, for: Self.day)
    }

    /// Answers each writer's request with its number, if `grants` says so.
    private static func answer(_ network: Network, _ grants: (UInt8) throws -> Bool) async throws {
        let socket = try network.socket(.ipv4, .datagram)
        try socket.bind(to: .ipv4(.any, port: 7000))
        while let (chunk, sender) = try await socket.receiveFrom(1) {
            guard let writer = Array(chunk).first, let sender, try grants(writer) else { continue }
            _ = try await socket.send([writer], to: sender)
        }
    }

    /// Writes for a day, whenever it has the lease.
    private static func write(
        _ network: Network, _ writer: UInt8, by grantor: SocketAddress, to store: SocketAddress
    ) async throws {
        var random = network.random
        let evening = NetworkInstant(nanoseconds: 0).advanced(by: day)
        while network.now < evening {
            let start = network.now
            if try await ask(network, writer, grantor) {
                let end = start.advanced(by: lease - margin)
                while network.now < end {
                    try await network.sleep(for: work)
                    _ = try await ask(network, writer, store)
                }
            }
            try await network.sleep(for: .milliseconds(Int64(random.next() % 1000)))
        }
    }

    /// Whether a request is granted, soon.
    private static func ask(_ network: Network, _ writer: UInt8, _ server: SocketAddress) async throws -> Bool {
        let socket = try network.socket(.ipv4, .datagram)
        do throws(SocketError) {
            try await socket.connect(to: server)
            _ = try await socket.send([writer])
            return try await socket.isAnswered(writer, until: .at(network.now.advanced(by: patience)))
        } catch {
            // What chance brings: no way to the server, no buffers.
            if error.code == .hostCrashed { throw error }
            return false
        }
    }

    var outcome: String {
        let writes = keeper.books.withLock { $0.writes }
        return zip(Self.writers, writes).map { "\($0) has written \(counted($1, "time"))" }.joined(separator: ", ")
    }
}
