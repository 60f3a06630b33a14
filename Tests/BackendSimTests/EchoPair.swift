import Sockets
import TestSupport

/// A server that echoes, and a client of it.
struct EchoPair {
    let simulation: Simulation
    var server: SimulatedHost { simulation.host("server") }
    var client: SimulatedHost { simulation.host("client") }

    /// How the server serves.
    enum Service: CaseIterable { case tasks, machines }

    init(
        seed: UInt64 = 1, options: SimulationOptions = SimulationOptions(), servedBy service: Service = .tasks
    ) {
        simulation = Simulation(seed: seed, options: options)
        server.run("echo", inBackground: true) { network in
            let listener = try await network.listen("0.0.0.0:7")
            switch service {
            case .machines: try await listener.serve(machine: EchoMachine())
            case .tasks:
                try await listener.serve { connection in
                    while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
                }
            }
        }
        _ = client
    }

    /// Where the server listens.
    var address: SocketAddress { .ipv4(server.ipv4, port: 7) }

    /// Has the client send so many messages, each after the answer to the last.
    func exchange(_ count: Int) {
        let address = address
        client.run("exchange") { network in
            let socket = try await network.connect(to: address)
            for number in 0..<count {
                let message = Chunk("message \(number)")
                try await socket.sendAll(message)
                guard try await socket.receiveExactly(message.count) == message else { throw WrongAnswer() }
            }
        }
    }

    struct WrongAnswer: Error {}
}
