internal import Locks
public import SocketModel

extension Network {
    /// Runs `body` on a thread of its own, a simulated one in a simulation, and returns what waits for its end.
    ///
    /// - Parameter name: For debuggers; the kernel keeps 15 bytes.
    /// - Throws: ``SocketError`` with ``SocketError/Code/outOfResources`` when the system has no thread to give.
    @discardableResult
    public func spawn(
        _ name: String = "network", _ body: @escaping @Sendable () -> Void
    ) throws(SocketError) -> NetworkThread {
        let body = ThreadBody(body)
        do throws(Failure) {
            let latch = try backend.spawn(named: name) { body.run() }
            return NetworkThread(network: self, latch: latch, body: body)
        } catch {
            throw SocketError(error, .spawn, .name(name))
        }
    }
}

/// A thread that ``Network/spawn(_:_:)`` started.
public struct NetworkThread: Sendable {
    fileprivate let network: Network
    fileprivate let latch: any Latch
    fileprivate let body: ThreadBody

    /// Parks the calling thread until the other has ended, and has let go of what its body held.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/blockingOnExecutor`` on an executor's thread, if it would have to wait.
    @available(*, noasync, message: "this parks the thread")
    public func join() throws(SocketError) {
        do throws(Failure) {
            try latch.wait()
        } catch {
            throw SocketError(error, .join)
        }
    }

    /// Suspends the task until the thread has ended, and has let go of what its body held. Closing the network does not end that.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/cancelled``, and with ``SocketError/Code/timedOut`` when the deadline passes, or
    ///   ``SocketError/Code/wouldBlock`` when it must not wait; the thread goes on.
    public func join(deadline: Deadline = .never) async throws(SocketError) {
        do throws(Failure) {
            try await network.join(body, until: deadline.instant { network.now })
        } catch {
            throw SocketError(error, .join)
        }
    }
}

extension Network {
    fileprivate func join(_ body: ThreadBody, until deadline: NetworkInstant) async throws(Failure) {
        if Task.isCancelled { throw backend.cancellation }
        if body.hasEnded { return }
        if deadline == .distantPast { throw Failure(.wouldBlock) }
        let wait = Suspension()
        let timer = try startTimer(until: deadline, wait)
        body.whenEnded(wait)
        defer { body.forget(wait) }
        switch await wait.ending() {
        case .timedOut: throw Failure(.timedOut)
        case .failed(let failure): throw failure
        case .told: timer?.cancel()
        case .cancelled, .closed:
            timer?.cancel()
            throw Failure(.cancelled)
        }
    }
}

/// What a thread runs, once, and the tasks that wait for its end.
private final class ThreadBody: Sendable {
    private enum State {
        case running((@Sendable () -> Void)?, [Suspension])
        case ended
    }

    private let state: Lock<State>

    init(_ body: @escaping @Sendable () -> Void) { state = Lock(.running(body, [])) }

    var hasEnded: Bool { state.withLock { if case .ended = $0 { true } else { false } } }

    func run() {
        runBody()
        let waiting = state.withLock { state -> [Suspension] in
            defer { state = .ended }
            return if case .running(_, let waiting) = state { waiting } else { [] }
        }
        for wait in waiting { wait.end(.told) }
    }

    /// Whoever waits for the end may count on it that what the body held has been let go.
    private func runBody() {
        let body = state.withLock { state -> (@Sendable () -> Void)? in
            guard case .running(let body, let waiting) = state else { return nil }
            state = .running(nil, waiting)
            return body
        }
        body?()
    }

    func whenEnded(_ wait: Suspension) {
        let hasEnded = state.withLock { state in
            guard case .running(let body, var waiting) = state else { return true }
            waiting.append(wait)
            state = .running(body, waiting)
            return false
        }
        if hasEnded { wait.end(.told) }
    }

    func forget(_ wait: Suspension) {
        state.withLock { state in
            guard case .running(let body, var waiting) = state else { return }
            waiting.removeAll { $0 === wait }
            state = .running(body, waiting)
        }
    }
}
