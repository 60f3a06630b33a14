@testable import Reporting

/// Results as a run would make them.
enum Made {
    static let load = LoadInfo(name: "echo", title: "echo & more", unit: .operations)
    static let ours = ServerInfo(name: "posix", title: "ours", family: .ours)
    static let c = ServerInfo(name: "c-epoll", title: "C", family: .c)
    static let nio = ServerInfo(name: "nio", title: "SwiftNIO", family: .nio)

    /// Microseconds of CPU time for each operation, by server and round.
    static func results(_ costs: [(server: ServerInfo, costs: [Double])], operations: Int = 100_000) -> Results {
        var results = Results(
            machine: Machine(date: "2026-01-31", facts: [.init("CPU", "a <fast> one")]),
            settings: Settings(rounds: 3, seconds: 1, serverCore: 0, loadCore: 1, congestionControl: "reno"),
            servers: costs.map(\.server), loads: [load])
        for (server, costs) in costs {
            for (round, cost) in costs.enumerated() {
                let sample = sample(operations: operations, serverSeconds: cost * Double(operations) / 1e6)
                results.runs.append(
                    Run(load: "echo", server: server.name, round: round, isDisturbed: false, sample: sample))
            }
        }
        return results
    }

    static func sample(operations: Int, serverSeconds: Double) -> Sample {
        Sample(
            seconds: 2, operations: operations, bytes: operations * 64, lost: 0, errors: 0,
            serverSeconds: serverSeconds,
            serverUserShare: 0.1, loadSeconds: 1, othersShare: 0, interruptsShare: 0, stolenShare: 0,
            quantiles: [
                .init(share: 0.5, nanoseconds: 1000), .init(share: 0.99, nanoseconds: 2000),
                .init(share: 0.9999, nanoseconds: 9000), .init(share: 1, nanoseconds: 10000),
            ])
    }
}
