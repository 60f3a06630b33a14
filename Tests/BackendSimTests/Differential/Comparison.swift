import Glibc
import Locks
import SocketModel
import Sockets

/// A program on the kernel and on simulated hosts.
///
/// The kernel carries it out twice. From the first step on that its runs disagree about nothing is compared; and where it disagrees with the
/// simulation it has to say so again and again, taking its time, since what a busy machine does late looks like a difference.
struct Comparison {
    let steps: [Step]
    let rig: Rig
    /// Of each step, the kernel's result and the simulation's; as many as the kernel is sure of.
    let results: [(kernel: String, simulated: String)]

    private static let confirmations = 6

    init(_ steps: [Step], on rig: Rig = .posix, confirms: Bool = true) throws {
        self.steps = steps
        self.rig = rig
        let simulated = try Self.simulated(steps, on: rig)
        var expected = try Self.agreed(try Self.kernel(steps, rig), try Self.kernel(steps, rig))
        if confirms {
            for _ in 0..<Self.confirmations where Self.differ(expected, simulated) {
                expected = try Self.agreed(expected, Self.kernel(steps, rig, pause: .milliseconds(2)))
            }
        }
        let count = zip(steps, zip(expected, simulated)).prefix { !$0.isUrgent($1.0, $1.1) }.count
        results = Array(zip(expected, simulated).prefix(count))
    }

    /// The first step that comes to something else in the simulation.
    var divergence: Int? { results.firstIndex { $0.kernel != $0.simulated } }

    private static func agreed(_ one: [String], _ other: [String]) throws -> [String] {
        Array(zip(one, other).prefix { $0 == $1 }.map(\.0))
    }

    private static func differ(_ expected: [String], _ simulated: [String]) -> Bool {
        zip(expected, simulated).contains { $0 != $1 }
    }

    static func simulated(_ steps: [Step], on rig: Rig = .posix, seed: UInt64 = 1) throws -> [String] {
        let simulation = Simulation(seed: seed)
        return withExtendedLifetime(simulation) {
            let hosts = rig.hostNames.map { StageHost(simulation.host($0).backend) }
            return Stage.run(steps, on: hosts, as: rig, firstPort: 10_000, pause: .milliseconds(1))
        }
    }

    private static func kernel(_ steps: [Step], _ rig: Rig, pause: Duration? = nil) throws -> [String] {
        Stage.run(steps, on: try rig.hosts(), as: rig, firstPort: freshPorts(), pause: pause)
    }

    /// Ports that no other program has had for long, not here nor, very likely, in another process.
    private static let used = Lock(UInt16(truncatingIfNeeded: UInt64(getpid()) * 612 % 20_000 / 4))

    private static func freshPorts() -> UInt16 {
        used.withLock { used in
            used = (used + 1) % 5000
            return 10_000 + used * UInt16(Stage.ports)
        }
    }
}

// Divergences, for people.
extension Comparison {
    /// A shorter program that diverges too: whatever can be left out is.
    func minimized() throws -> Comparison {
        guard let end = divergence else { return self }
        var best = try Comparison(Array(steps.prefix(end + 1)), on: rig, confirms: false)
        guard best.divergence != nil else { return self }
        var index = best.steps.count - 1
        while index >= 0 {
            var fewer = best.steps
            fewer.remove(at: index)
            let candidate = try Comparison(fewer, on: rig, confirms: false)
            if candidate.divergence != nil { best = candidate }
            index = min(index, best.steps.count) - 1
        }
        let confirmed = try Comparison(best.steps, on: rig)
        return confirmed.divergence == nil ? self : confirmed
    }

    /// The steps up to the divergence, and both results.
    var report: String {
        guard let divergence else { return "no divergence" }
        let before = zip(steps, results).prefix(divergence).map { "    .\($0)    \($1.kernel)" }
        let last = results[divergence]
        return (before + ["    .\(steps[divergence])", "kernel:    \(last.kernel)", "simulated: \(last.simulated)"])
            .joined(separator: "\n")
    }
}

extension Step {
    /// Whether it is urgent data that the kernel sends: the simulation refuses it, as it says it does.
    fileprivate func isUrgent(_ kernel: String, _ simulated: String) -> Bool {
        switch self {
        case .send(_, _, let flags), .sendTo(_, _, _, let flags), .sendMessage(_, _, _, _, let flags):
            flags.contains(.outOfBand) && kernel.first?.isNumber == true
                && simulated.hasPrefix("\(Errno.notSupported)")
        default: false
        }
    }
}
