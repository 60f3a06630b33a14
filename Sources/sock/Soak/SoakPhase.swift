import Sockets

/// A stretch of a soak test: so many clients at once, each of which plays scenes of its own choice.
struct SoakPhase: Sendable {
    let number: Int
    let seed: UInt64
    let clients: Int
    /// How many scenes each client plays.
    let scenes: Int
    let tally: SoakTally

    /// A scene that has not ended after so long hangs.
    static let patience = Duration.seconds(60)

    /// Server and clients on one network.
    func run(on network: Network) async throws {
        let server = try SoakServer(network, at: .ipv4(.loopback, port: 0))
        let place = SoakPlace(
            network: network, streams: try server.streams.localAddress(), datagrams: try server.datagrams.localAddress()
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            await play(at: place)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// The clients.
    func play(at place: SoakPlace) async {
        await withTaskGroup { group in
            for client in 0..<clients {
                group.addTask {
                    var random = SoakRandom(seed: seed, phase: number, worker: client)
                    for _ in 0..<scenes where !tally.isToEnd { await play(at: place, &random) }
                }
            }
        }
    }

    private func play(at place: SoakPlace, _ random: inout SoakRandom) async {
        let scene = SoakScene.allCases[random.number(in: 0...SoakScene.allCases.count - 1)]
        do {
            let bytes = try await place.network.withDeadline(.within(Self.patience)) {
                try await scene.play(place, &random)
            }
            tally.note(scene, bytes)
        } catch {
            tally.fail("\(scene.rawValue), phase \(number): \(error)")
        }
    }
}
