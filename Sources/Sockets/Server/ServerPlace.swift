internal import SocketModel
internal import Synchronization

/// One executor as a place for a server's connections, and how many of them it has.
final class ServerPlace: Sendable {
    let server: Server
    let executor: any NetworkExecutor
    let load = Atomic<Int>(0)
    let machines = MachineList()

    init(_ executor: any NetworkExecutor, of server: Server) {
        self.executor = executor
        self.server = server
    }
}

extension ServerPlace {
    /// Ends the connections that machines serve here, all there are and all to come. On any thread.
    func endMachines() { executor.perform { [machines] in machines.close() } }
}

extension [ServerPlace] {
    /// The place with fewest connections; of several the first from `start` on, so that they take turns.
    func leastLoaded(from start: Int) -> ServerPlace? {
        guard count > 1 else { return first }
        var best: (place: ServerPlace, load: Int)?
        for offset in 0..<count {
            let place = self[(start + offset) % count]
            let load = place.load.load(ordering: .relaxed)
            if load < best?.load ?? .max { best = (place, load) }
            if load == 0 { break }
        }
        return best?.place
    }
}
