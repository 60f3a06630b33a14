import Locks

/// What has been played, and what was wrong.
final class SoakTally: Sendable {
    private struct State {
        var counts = [Int](repeating: 0, count: SoakScene.allCases.count)
        var bytes = 0
        var failures: [String] = []
    }

    private let state = Lock(State())
    /// After so many failures nothing new is to be learnt.
    private static let mostFailures = 10

    func note(_ scene: SoakScene, _ bytes: Int) {
        state.withLock { state in
            state.counts[SoakScene.allCases.firstIndex(of: scene) ?? 0] += 1
            state.bytes += bytes
        }
    }

    func fail(_ text: String) { state.withLock { $0.failures.append(text) } }

    var failures: [String] { state.withLock { $0.failures } }
    var isToEnd: Bool { state.withLock { $0.failures.count >= Self.mostFailures } }

    /// One line for people.
    var words: String {
        state.withLock { state in
            let scenes = state.counts.reduce(0, +)
            return "\(counted(scenes, "scene")), \(state.bytes / 1_000_000) MB compared, "
                + counted(state.failures.count, "failure")
        }
    }

    /// How often each scene was played.
    var table: [String] {
        state.withLock { state in
            var table = Table(["SCENE", "PLAYED"])
            for (scene, count) in zip(SoakScene.allCases, state.counts) { table.add(scene.rawValue, "\(count)") }
            return table.lines()
        }
    }
}
