internal import Locks

/// Something that waits for no socket, and still ends when the network is closed.
protocol NetworkWait: AnyObject, Sendable {
    /// The network has been closed.
    func endWithNetwork()
}

/// The waits of a network that are not in its sockets: sleeps and name look-ups. Each belongs to a task or a thread that waits.
final class WaitRegistry: Sendable {
    private struct State {
        var waits: [ObjectIdentifier: any NetworkWait] = [:]
        var isClosed = false
    }

    private let state = Lock(State())

    /// False when the network is closed: then nothing may wait.
    func add(_ wait: any NetworkWait) -> Bool {
        state.withLock { state in
            if !state.isClosed { state.waits[ObjectIdentifier(wait)] = wait }
            return !state.isClosed
        }
    }

    func remove(_ wait: any NetworkWait) {
        state.withLock { state in _ = state.waits.removeValue(forKey: ObjectIdentifier(wait)) }
    }

    /// Ends all waits, and lets none begin any more.
    func close() {
        let waits = state.withLock { state in
            state.isClosed = true
            defer { state.waits = [:] }
            return Array(state.waits.values)
        }
        for wait in waits { wait.endWithNetwork() }
    }
}
