internal import SocketModel
internal import Synchronization

/// One call of `serve`: what its acceptors and connections share.
final class Server: Sendable {
    /// What serves a connection.
    enum Handler: Sendable {
        case plain(@Sendable (Socket) async throws -> Void)
        case withPeer(@Sendable (Socket, SocketAddress) async throws -> Void)
    }

    let options: ServerOptions
    let network: Network
    let occupancy = Occupancy()
    private let handler: Handler
    private let stopping = Atomic<Bool>(false)
    private let accepted = Atomic<Int>(0)

    init(_ network: Network, _ options: ServerOptions, _ handler: Handler) {
        self.network = network
        self.options = options
        self.handler = handler
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

    /// Counts a new connection in.
    func admit(_ socket: Socket, _ peer: SocketAddress, _ place: ServerPlace) -> ServerConnection {
        occupancy.enter()
        place.load.wrappingAdd(1, ordering: .relaxed)
        let number = accepted.wrappingAdd(1, ordering: .relaxed).newValue
        let connection = ServerConnection(number: number, peer: peer, socket: socket)
        report(.accepted(connection))
        return connection
    }

    /// Serves a connection on the executor that owns it from now on, and closes it.
    func serve(_ connection: ServerConnection, _ place: ServerPlace) async {
        do {
            try await connection.socket.reside {
                switch handler {
                case .plain(let body): try await body(connection.socket)
                case .withPeer(let body): try await body(connection.socket, connection.peer)
                }
            }
            report(.ended(connection))
        } catch {
            report(Task.isCancelled ? .cancelled(connection) : .failed(connection, error))
        }
        await connection.socket.endServing()
        place.load.wrappingSubtract(1, ordering: .relaxed)
        occupancy.leave()
    }

    /// Waits until all handlers are done, or their time is up; not at all if the task group that has them will wait for them anyway.
    func waitForHandlers(on executor: any NetworkExecutor) async {
        guard let period = options.gracePeriod, period > .zero else { return }
        let rest = ServerRest()
        await rest.wait(until: network.now.advanced(by: period), on: executor, orAtMost: 0, of: occupancy)
    }
}
