public import SocketModel

extension Network {
    /// Waits until one of several sockets is ready, while the task is suspended: the awaited form of `poll`.
    ///
    /// Each socket is watched by the executor that owns it.
    ///
    /// - Returns: As the blocking form. When the task is cancelled, events found before count.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``.
    public func poll(_ requests: [PollRequest], deadline: Deadline = .never) async throws(SocketError) -> [PollEvents] {
        if Task.isCancelled { throw SocketError(backend.cancellation, .poll) }
        let limit = deadline.instant { now }
        if requests.isEmpty { return try await pollNothing(until: limit) }
        try enterAll(requests)
        defer { leaveAll(requests) }
        let found = try events(of: requests, until: .distantPast)
        if limit == .distantPast || !found.allSatisfy(\.isEmpty) { return found }
        let group = try await watch(requests, until: limit)
        return try events(of: requests, after: group.result)
    }

    /// No socket is ever ready: only time passes, or the network is closed.
    private func pollNothing(until limit: NetworkInstant) async throws(SocketError) -> [PollEvents] {
        do throws(SocketError) {
            try await sleep(until: limit)
        } catch {
            throw SocketError(error.code, .poll, detail: error.detail)
        }
        return []
    }

    /// Watches the sockets until the first event, or the end of time, which an executor's timer tells.
    private func watch(_ requests: [PollRequest], until limit: NetworkInstant) async throws(SocketError) -> PollGroup {
        var watches: [PollGroup.Watch] = []
        do throws(Failure) {
            for request in requests { watches.append(.socket(try request.socket.registered(), request)) }
            if limit != .distantFuture {
                guard let executor = try backend.executors().first else { throw Failure(.unsupported) }
                watches.append(.clock(executor, limit))
            }
        } catch {
            throw SocketError(error, .poll)
        }
        let group = PollGroup(watches)
        await group.wait()
        return group
    }

    /// What was found, and what holds by now besides. A socket that was closed meanwhile is invalid, as in the blocking form.
    private func events(
        of requests: [PollRequest], after result: PollGroup.State
    ) throws(SocketError) -> [PollEvents] {
        let now = result.failure == nil ? try? events(of: requests, until: .distantPast) : nil
        var found = zip(requests, result.events).map { $0.socket.isClosed ? $1.union(.invalid) : $1 }
        if let now { found = zip(found, now).map { $0.union($1) } }
        guard found.allSatisfy(\.isEmpty) else { return found }
        if let failure = result.failure { throw SocketError(failure, .poll) }
        if !result.isTimeUp { throw SocketError(.cancelled, .poll) }
        return found
    }
}

extension Socket {
    /// Waits until this socket is ready for `events`, or in error, while the task is suspended; empty when the deadline has passed.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/closed`` and ``SocketError/Code/cancelled``.
    public func wait(for events: PollEvents, deadline: Deadline = .never) async throws(SocketError) -> PollEvents {
        let action = Operation.Action.poll([Operation.PollEntry(handle, events)])
        do throws(SocketError) {
            let completion = try unsafe await executeAwaited(action, until: deadline.instant { backend.now })
            guard case .readiness(let events) = completion.outcome else { throw .unexpected(.poll) }
            return try found(events)
        } catch {
            if error.code == .timedOut { return [] }
            throw error
        }
    }
}
