internal import SocketModel
internal import Synchronization

/// One call of `serve`: what its acceptors and connections share.
final class Server: Sendable {
    /// What serves a connection.
    enum Handler: Sendable {
        case plain(@Sendable (Socket) async throws -> Void)
        case withPeer(@Sendable (Socket, SocketAddress) async throws -> Void)
        /// No task at all.
        case machine(@Sendable (Socket, SocketAddress, ServerPlace) -> ServedMachine)
    }

    let options: ServerOptions
    let network: Network
    let occupancy = Occupancy()
    let handler: Handler
    /// Whether anybody will ask which connection it is, and who its peer.
    let needsIdentity: Bool
    /// Whether a task serves each connection; else a machine does.
    let isServedByTasks: Bool
    private let stopping = Atomic<Bool>(false)
    private let accepted = Atomic<Int>(0)

    init(_ network: Network, _ options: ServerOptions, _ handler: Handler) {
        self.network = network
        self.options = options
        self.handler = handler
        needsIdentity = if case .withPeer = handler { true } else { options.onEvent != nil }
        isServedByTasks = if case .machine = handler { false } else { true }
    }

    var isStopping: Bool { stopping.load(ordering: .sequentiallyConsistent) }

    /// True the first time.
    func beginStopping() -> Bool {
        guard !stopping.exchange(true, ordering: .sequentiallyConsistent) else { return false }
        report(.stopping)
        return true
    }

    @inline(__always)
    func report(_ event: @autoclosure () -> ServerEvent) {
        if let onEvent = options.onEvent { onEvent(event()) }
    }

    /// The next connection's number.
    func nextNumber() -> Int { accepted.wrappingAdd(1, ordering: .relaxed).newValue }

    /// Waits until all handlers are done, or their time is up; not at all if the task group that has them will wait for them anyway.
    func waitForHandlers(on executor: any NetworkExecutor) async {
        guard let period = options.gracePeriod, period > .zero else { return }
        let rest = ServerRest()
        await rest.wait(until: network.now.advanced(by: period), on: executor, orAtMost: 0, of: occupancy)
    }
}
