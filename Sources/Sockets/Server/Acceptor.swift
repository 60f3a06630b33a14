internal import SocketModel
internal import Synchronization

/// Accepts the connections of one listener, on the listener's own executor, and starts a child task for each.
final class Acceptor: Sendable {
    /// After so many connections without a wait, others get a turn.
    private static let batch = 64
    private static let nobody = UInt64.max

    let listener: Socket
    let executor: any NetworkExecutor
    private let places: [ServerPlace]
    private let server: Server
    /// The token of the operation that it waits for.
    private let waiting = Atomic<UInt64>(nobody)

    init(_ listener: Socket, on executor: any NetworkExecutor, _ places: [ServerPlace], of server: Server) {
        self.listener = listener
        self.executor = executor
        self.places = places
        self.server = server
    }

    /// Accepts until the server stops, calls `stop` if it was the first to know, and waits for its connections.
    ///
    /// - Returns: What ended the server, if it was an error.
    func run(stop: @Sendable () -> Void) async -> SocketError? {
        _ = try? listener.registeredFromOutside()
        return await withDiscardingTaskGroup { group in
            let failure = await accept(into: &group)
            stop()
            await server.waitForHandlers(on: executor)
            if server.options.gracePeriod != nil { group.cancelAll() }
            if !server.isServedByTasks { await endMachines() }
            return failure
        }
    }

    /// Waits for the connections that no task serves; those that are left when their time is up, or when this task is cancelled, are ended.
    private func endMachines() async {
        if server.options.gracePeriod != nil { places.forEach { $0.endMachines() } }
        await withTaskCancellationHandler {
            await ServerRest().wait(until: .distantFuture, on: executor, orAtMost: 0, of: server.occupancy)
        } onCancel: {
            places.forEach { $0.endMachines() }
        }
    }

    /// Ends what it waits for, if it waits: there is news. Any thread may call.
    func call() {
        let bits = waiting.exchange(Self.nobody, ordering: .sequentiallyConsistent)
        guard bits != Self.nobody else { return }
        listener.awaiting?.registration.cancel(Token(bits: bits))
    }

    private func accept(into group: inout DiscardingTaskGroup) async -> SocketError? {
        var turn = 0
        var skipped = 0
        var isLimited = false
        while !server.isStopping, !listener.isClosed {
            turn &+= 1
            if turn & (Self.batch - 1) == 0 { await Task.yield() }
            let level = server.occupancy.count
            if level >= server.options.maximumConnections {
                // Who would have to wait is told of, not that somebody might.
                let isAwaited = await hold(at: level, orUntil: .readable, .distantFuture)
                if isAwaited, !server.isStopping, !listener.isClosed {
                    if !isLimited { server.report(.paused(.connectionLimit)) }
                    isLimited = true
                    await waitForRoom(at: level, until: .distantFuture)
                }
                continue
            }
            do throws(SocketError) {
                let (socket, peer) = try await next(&isLimited)
                start(socket, peer, turn, &group)
                skipped = 0
            } catch {
                switch AcceptFailure(error, after: skipped) {
                case .stop: return nil
                case .end: return error
                case .retry: break
                case .skip:
                    skipped += 1
                    server.report(.acceptFailed(error))
                case .pause:
                    let end = server.network.now.advanced(by: server.options.exhaustionPause)
                    server.report(.paused(.exhausted(error)))
                    await waitForRoom(at: level, until: end)
                    reportResumed()
                }
            }
        }
        return nil
    }

    private func start(
        _ socket: Socket, _ peer: SocketAddress, _ turn: Int, _ group: inout DiscardingTaskGroup
    ) {
        guard let place = places.leastLoaded(from: turn) else { return }
        if case .machine(let make) = server.handler {
            let connection = make(socket, peer, place)
            return place.executor.perform { connection.begin() }
        }
        let connection = ServedConnection(socket, peer, place)
        // A child inherits this task's preference, which takes less memory than one of its own.
        if place.executor === executor {
            group.addTask { await connection.run() }
        } else {
            group.addTask(executorPreference: place.executor) { await connection.run() }
        }
    }

    /// - Parameter isLimited: Whether peers have waited at the limit; not any more when nobody is there.
    private func next(_ isLimited: inout Bool) async throws(SocketError) -> (connection: Socket, peer: SocketAddress) {
        let operation = Operation(.accept, on: listener.handle)
        switch unsafe try listener.attempt(operation, .none) {
        case .done(let completion): return try listener.accepted(completion)
        case .waiting(let call):
            if isLimited, !isPeerWaiting {
                isLimited = false
                reportResumed()
            }
            return try listener.accepted(try await wait(call, .accept) { server.isStopping })
        }
    }

    /// Whether a peer waits.
    private var isPeerWaiting: Bool {
        let events = try? server.network.poll([PollRequest(listener, .readable)], deadline: .immediate)
        return events?.first?.isEmpty == false
    }

    private func reportResumed() {
        if !server.isStopping, !listener.isClosed { server.report(.resumed) }
    }

    private func waitForRoom(at level: Int, until end: NetworkInstant) async {
        // No events are waited for: only the listener's end, and being called. Others say that something is wrong with the listener; the next
        // accept will tell.
        if await hold(at: level, orUntil: [], end) { await rest(at: level) }
    }

    /// Waits until the server is emptier than `level`, or stops, or the listener is closed, or its time is up.
    ///
    /// - Returns: Whether the wait was ended by an event of the listener's.
    private func hold(at level: Int, orUntil events: PollEvents, _ end: NetworkInstant) async -> Bool {
        server.occupancy.whenAtMost(level - 1, self) { [self] in call() }
        defer { server.occupancy.forget(self) }
        do throws(SocketError) {
            let entry = Operation.PollEntry(listener.handle, events)
            let operation = Operation(.poll([entry]), on: listener.handle, deadline: end)
            switch unsafe try listener.attempt(operation, .none) {
            case .waiting(let call):
                _ = try await wait(call, .poll([])) {
                    server.isStopping || server.occupancy.count < level
                }
            case .done: break
            }
            return true
        } catch {
            return ![.timedOut, .closed, .cancelled].contains(error.code)
        }
    }

    /// Never spins, whatever the listener may have.
    private func rest(at level: Int) async {
        let end = server.network.now.advanced(by: server.options.exhaustionPause)
        await ServerRest().wait(until: end, on: executor, orAtMost: level - 1, of: server.occupancy)
    }

    /// Waits for an operation of the listener; ``call()`` ends it. It is not begun if `isOver` holds already.
    private func wait(
        _ call: PendingCall, _ action: Operation.Action, unless isOver: () -> Bool
    ) async throws(SocketError) -> Completion {
        waiting.store(call.token.bits, ordering: .sequentiallyConsistent)
        defer { waiting.store(Self.nobody, ordering: .relaxed) }
        // Who called before the token was there has found nothing to end; who calls from now on ends what this thread starts.
        if isOver() {
            listener.abandon(call)
            throw SocketError(.cancelled, action.name)
        }
        await call.park()
        return try listener.conclude(call, action)
    }
}

extension Token {
    fileprivate init(bits: UInt64) {
        self.init(slot: UInt32(truncatingIfNeeded: bits >> 32), generation: UInt32(truncatingIfNeeded: bits))
    }

    fileprivate var bits: UInt64 { UInt64(slot) << 32 | UInt64(generation) }
}
