internal import Locks

/// Something that waits for no socket, and still ends when the network is closed.
///
/// Sendable without check: its place is touched under the registry's lock only.
class NetworkWait: @unchecked Sendable {
    /// Where the registry has it; -1 while it has not.
    fileprivate final var place = -1

    /// The network has been closed.
    func endWithNetwork() {}
}

/// The waits of a network that are not in its sockets: sleeps and name look-ups. Each belongs to a task or a thread that waits.
///
/// They end in an order that nothing but the order of the calls decides, as a simulation demands.
final class WaitRegistry: Sendable {
    private struct State {
        var waits: [NetworkWait] = []
        var isClosed = false
    }

    private let state = Lock(State())

    /// False when the network is closed: then nothing may wait.
    func add(_ wait: NetworkWait) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            wait.place = state.waits.count
            state.waits.append(wait)
            return true
        }
    }

    /// The last takes the place of the one that goes.
    func remove(_ wait: NetworkWait) {
        state.withLock { state in
            guard wait.place >= 0, let last = state.waits.popLast() else { return }
            if last !== wait {
                state.waits[wait.place] = last
                last.place = wait.place
            }
            wait.place = -1
        }
    }

    /// Ends all waits, and lets none begin any more.
    func close() {
        let waits = state.withLock { state in
            state.isClosed = true
            for wait in state.waits { wait.place = -1 }
            defer { state.waits = [] }
            return state.waits
        }
        for wait in waits { wait.endWithNetwork() }
    }
}
