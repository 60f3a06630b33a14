import Machines
import Sockets

/// Echoes whatever comes.
@concurrent func serveEchoes(_ network: Network) async throws {
    try await network.listen("0.0.0.0:7").serve { connection in
        while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
    }
}

private let message = Chunk([UInt8](repeating: 7, count: 64))

/// Sends so many messages of 64 bytes, each after the answer to the last.
@concurrent func exchange(_ messages: Int, with server: SimulatedHost, _ network: Network) async throws {
    let socket = try await network.connect(to: .ipv4(server.ipv4, port: 7))
    for _ in 0..<messages {
        try await socket.sendAll(message)
        _ = try await socket.receive()
    }
}

/// The same by a machine.
@concurrent func exchangeByMachine(_ messages: Int, with server: SimulatedHost, _ network: Network) async throws {
    let socket = try await network.connect(to: .ipv4(server.ipv4, port: 7))
    _ = try await socket.run(PingMachine(messages, of: message))
}

/// A million round trips with a server.
private func millionRoundTrips(
    _ exchange: @escaping @Sendable (Int, SimulatedHost, Network) async throws -> Void,
    _ serve: @escaping @Sendable (Network) async throws -> Void
) throws -> String {
    let count = 1_000_000
    let simulation = Simulation(seed: 1)
    let server = simulation.host("server")
    server.run("echo", inBackground: true) { try await serve($0) }
    simulation.host("client").run { try await exchange(count, server, $0) }
    let time = try seconds { try simulation.run() }
    return "\(Int(Double(count) / time)) round trips a second"
}

@concurrent private func serveEchoesByMachine(_ network: Network) async throws {
    try await network.listen("0.0.0.0:7").serve(machine: EchoMachine())
}

let roundTrips = Scenario(name: "round-trips") { try millionRoundTrips(exchange, serveEchoes) }

let servedByMachine = Scenario(name: "served-by-machine") { try millionRoundTrips(exchange, serveEchoesByMachine) }

let machinesAtBothEnds = Scenario(name: "machines-at-both-ends") {
    try millionRoundTrips(exchangeByMachine, serveEchoesByMachine)
}

let wholeSimulations = Scenario(name: "whole-simulations") {
    let count = 10_000
    let time = try seconds {
        for seed in 0..<count {
            let simulation = Simulation(seed: UInt64(seed))
            let server = simulation.host("server")
            server.run("echo", inBackground: true) { try await serveEchoes($0) }
            simulation.host("client").run { try await exchange(10, with: server, $0) }
            try simulation.run()
        }
    }
    return "\(Int(Double(count) / time)) simulations a second"
}

let manyHosts = Scenario(name: "many-hosts") {
    let count = 10_000
    let before = residentBytes()
    let simulation = Simulation(seed: 1)
    let server = simulation.host("server")
    server.run("echo", inBackground: true) { try await serveEchoes($0) }
    for number in 0..<count {
        simulation.host("client-\(number)").run(inBackground: true) { network in
            let socket = try await network.connect(to: .ipv4(server.ipv4, port: 7))
            _ = try await socket.receive()
        }
    }
    let time = try seconds { try simulation.run(for: .seconds(10)) }
    return "\(count) hosts, a connection each: \((residentBytes() - before) >> 20) MiB, \(time) s"
}

/// An hour in which a thousand hosts send a datagram a second to a monitor, and nobody answers.
private func hourOfHeartbeats(_ watch: @escaping @Sendable (Socket) async throws -> Void) throws -> String {
    let simulation = Simulation(seed: 1)
    let monitor = simulation.host("monitor")
    monitor.run(inBackground: true) { network in
        let socket = try network.socket(.ipv4, .datagram)
        try await socket.bind(to: "0.0.0.0", port: 9)
        try await watch(socket)
    }
    for number in 0..<1000 {
        simulation.host("node-\(number)").run(inBackground: true) { network in
            let socket = try network.socket(.ipv4, .datagram)
            let beat = Chunk("alive")
            while true {
                try await socket.send(beat, to: .ipv4(monitor.ipv4, port: 9))
                try await network.sleep(for: .seconds(1))
            }
        }
    }
    let time = try seconds { try simulation.run(for: .seconds(3600)) }
    return "an hour of 1,000 hosts with a heartbeat a second: \(time) s"
}

let heartbeats = Scenario(name: "heartbeats") {
    try hourOfHeartbeats { socket in while true { _ = try await socket.receive() } }
}

/// Nobody receives them: the monitor's memory is full, and what comes is lost.
let lostHeartbeats = Scenario(name: "lost-heartbeats") {
    try hourOfHeartbeats { socket in try await socket.network.sleep(for: .seconds(3600)) }
}
