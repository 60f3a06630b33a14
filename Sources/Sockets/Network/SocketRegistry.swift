internal import Locks

/// The open sockets of a network, held weakly, so that the network can close them.
final class SocketRegistry: Sendable {
    private struct Entry {
        weak var socket: Socket?
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var isClosed = false
    }

    private let state = Lock(State())

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// False when the network is closed: then the socket must go.
    func add(_ socket: Socket) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.entries[ObjectIdentifier(socket)] = Entry(socket: socket)
            return true
        }
    }

    func remove(_ id: ObjectIdentifier) {
        state.withLock { state in _ = state.entries.removeValue(forKey: id) }
    }

    /// Refuses new sockets from now on and returns those there are.
    func close() -> [Socket] {
        state.withLock { state in
            state.isClosed = true
            defer { state.entries = [:] }
            return state.entries.values.compactMap(\.socket)
        }
    }
}
