import Sockets
import TestSupport

/// How the way between two hosts may be bad, for the kernel's `tc` and for a simulation.
enum Impairment: String, CaseIterable, Codable, Sendable {
    case delay, loss, reordering, duplication, rate

    /// Those that take the kernel's network emulator, which many kernels are built without.
    static let emulated: [Impairment] = [.delay, .loss, .reordering, .duplication]

    /// The kernel's queueing discipline.
    var discipline: String {
        switch self {
        case .delay: "netem delay 2ms 1ms"
        case .loss: "netem loss 5%"
        case .reordering: "netem delay 2ms reorder 50% 50%"
        case .duplication: "netem duplicate 30%"
        // What comes faster than it goes on is lost.
        case .rate: "tbf rate 50mbit burst 5kb limit 20kb"
        }
    }

    /// A simulation's conditions.
    var conditions: LinkConditions {
        var conditions = LinkConditions()
        switch self {
        case .delay: conditions.latency = .uniform(.milliseconds(1)...(.milliseconds(3)))
        case .loss: conditions.loss = 0.05
        case .reordering: conditions.reordering = 0.5
        case .duplication: conditions.duplication = 0.3
        case .rate:
            conditions.bitsPerSecond = 50_000_000
            conditions.queueLimit = 20_000
        }
        return conditions
    }

    /// Connections get everything through, in order.
    func run(on scene: Scene) async throws {
        try await scene.bulk(200_000)
        try await scene.halfClose()
    }
}
