public import SocketModel

/// A socket and the events waited for.
public struct PollRequest: Sendable {
    /// The socket.
    public var socket: Socket
    /// The events; errors and hang-ups are always reported.
    public var events: PollEvents

    /// Waits for `events` of `socket`.
    public init(_ socket: Socket, _ events: PollEvents) {
        self.socket = socket
        self.events = events
    }
}

extension Network {
    /// Waits until one of several sockets is ready. The corresponding C function is `poll`.
    ///
    /// Without any it waits for the deadline, or for the network to be closed.
    ///
    /// - Returns: The events that hold, an entry for each request, all empty when the deadline has passed. A socket that another thread
    ///   closes meanwhile answers ``PollEvents/invalid``.
    /// - Throws: ``SocketError`` with ``SocketError/Code/closed`` when one of them is closed at the start,
    ///   ``SocketError/Code/invalidArgument`` when one belongs to another network.
    @available(*, noasync, message: "this parks the thread")
    public func poll(_ requests: [PollRequest], deadline: Deadline = .never) throws(SocketError) -> [PollEvents] {
        let limit = deadline.instant { now }
        if requests.isEmpty { return try pollNothing(until: limit) }
        try enterAll(requests)
        defer { leaveAll(requests) }
        return try events(of: requests, until: limit)
    }

    /// No socket is ever ready: only time passes, or the network is closed.
    @available(*, noasync, message: "this parks the thread")
    private func pollNothing(until limit: NetworkInstant) throws(SocketError) -> [PollEvents] {
        do throws(SocketError) {
            try sleep(until: limit)
        } catch {
            throw SocketError(error.code, .poll, detail: error.detail)
        }
        return []
    }

    /// Keeps the sockets from going away; each has to be left again, unless this throws.
    func enterAll(_ requests: [PollRequest]) throws(SocketError) {
        guard requests.allSatisfy({ $0.socket.backend === backend }) else {
            throw SocketError(.invalidArgument, .poll, detail: "a socket of another network cannot be polled here")
        }
        let entered = requests.prefix { $0.socket.usage.enter() }
        guard entered.count < requests.count else { return }
        for request in entered { request.socket.usage.leave() }
        throw SocketError(.closed, .poll)
    }

    func leaveAll(_ requests: [PollRequest]) {
        for request in requests { request.socket.usage.leave() }
    }

    /// The events that hold, of the kernel's sockets and of bytes that wait in them; the latter need no waiting.
    func events(of requests: [PollRequest], until limit: NetworkInstant) throws(SocketError) -> [PollEvents] {
        let kept = requests.map { $0.socket.eventsOfRemainder($0.events) }
        let limit = kept.allSatisfy(\.isEmpty) ? limit : .distantPast
        let entries = requests.map { Operation.PollEntry($0.socket.handle, $0.events) }
        let completion = unsafe backend.execute(Operation(.poll(entries), deadline: limit), memory: .none)
        switch completion.outcome {
        case .readiness(let events): return zip(events, kept).map { $0.union($1) }
        case .failure(let failure): throw SocketError(failure, .poll)
        default: throw .unexpected(.poll)
        }
    }
}

extension Socket {
    /// Waits until this socket is ready for `events`, or in error; empty when the deadline has passed.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/closed``.
    @available(*, noasync, message: "this parks the thread")
    public func wait(for events: PollEvents, deadline: Deadline = .never) throws(SocketError) -> PollEvents {
        try found(network.poll([PollRequest(self, events)], deadline: deadline))
    }

    /// The events of one socket.
    func found(_ events: [PollEvents]) throws(SocketError) -> PollEvents {
        let found = events.first ?? []
        if found.contains(.invalid), isClosed { throw SocketError(.closed, .poll) }
        return found
    }
}
