// What a simulation costs: round trips, whole simulations, hosts, and quiet hours.
//
//     swift run -c release --package-path Benchmarks simulation-speed [NAME...]
//
// Each figure is of one process on one core; the memory is what the process grew by.

import Sockets

let scenarios = [
    roundTrips, servedByMachine, machinesAtBothEnds, wholeSimulations, manyHosts, heartbeats, lostHeartbeats,
]
let names = Set(CommandLine.arguments.dropFirst())
for scenario in scenarios where names.isEmpty || names.contains(scenario.name) { try scenario.measure() }
