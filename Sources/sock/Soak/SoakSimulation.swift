import Sockets

/// The same scenes on two simulated hosts, over links that lose, double and delay.
struct SoakSimulation {
    let simulation: Simulation
    let tally = SoakTally()

    init(seed: UInt64, clients: Int, scenes: Int) {
        var options = SimulationOptions()
        options.conditions.latency = .exponential(minimum: .microseconds(50), mean: .milliseconds(1))
        (options.conditions.loss, options.conditions.duplication) = (0.005, 0.005)
        simulation = Simulation(seed: seed, options: options)
        let host = simulation.host("server")
        host.run("server", inBackground: true) { network in
            try await SoakServer(network, at: .ipv4(.any, port: 7)).run()
        }
        let address = SocketAddress.ipv4(host.ipv4, port: 7)
        let phase = SoakPhase(number: 0, seed: seed, clients: clients, scenes: scenes, tally: tally)
        simulation.host("clients").run("clients") { [tally] network in
            await phase.play(at: SoakPlace(network: network, streams: address, datagrams: address))
            if network.openSocketCount > 0 { tally.fail("\(network.openSocketCount) sockets are open") }
        }
    }

    /// Runs, and says what is wrong.
    func run() -> [String] {
        do throws(SimulationError) {
            try simulation.run()
        } catch {
            tally.fail("\(error)")
        }
        return tally.failures
    }
}
