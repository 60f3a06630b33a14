public import SocketModel

extension Network {
    /// Parks the calling thread for `duration` of this network's time; zero and less return at once.
    ///
    /// - Throws: ``SocketError`` as ``sleep(until:)``.
    @available(*, noasync, message: "this parks the thread")
    public func sleep(for duration: Duration) throws(SocketError) {
        try sleep(until: duration > .zero ? now.advanced(by: duration) : .distantPast)
    }

    /// Parks the calling thread until `instant` of this network's clock; returns at once when that has passed.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/closed`` when the network is closed, before or meanwhile, and with
    ///   ``SocketError/Code/blockingOnExecutor`` on an executor's thread.
    @available(*, noasync, message: "this parks the thread")
    public func sleep(until instant: NetworkInstant) throws(SocketError) {
        if instant <= now { return }
        let sleep = BlockingSleep(backend.makeLatch())
        do throws(Failure) {
            guard waits.add(sleep) else { throw .networkClosed }
            defer { waits.remove(sleep) }
            if try sleep.latch.wait(until: instant) { throw .networkClosed }
        } catch {
            throw SocketError(error, .sleep)
        }
    }

    /// Suspends the task for `duration` of this network's time; zero and less return at once.
    ///
    /// - Throws: ``SocketError`` as ``sleep(until:)``.
    public func sleep(for duration: Duration) async throws(SocketError) {
        try await sleep(until: duration > .zero ? now.advanced(by: duration) : .distantPast)
    }

    /// Suspends the task until `instant` of this network's clock; returns at once when that has passed.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/cancelled``, with ``SocketError/Code/closed`` when the network is closed, before or
    ///   meanwhile, and when its executors cannot be started.
    public func sleep(until instant: NetworkInstant) async throws(SocketError) {
        do throws(Failure) {
            if instant > now { return _ = try await isTold(before: instant) { _ in } }
            if Task.isCancelled { throw backend.cancellation }
        } catch {
            throw SocketError(error, .sleep)
        }
    }
}

/// A thread that sleeps until its latch opens, which closing the network alone does.
private final class BlockingSleep: NetworkWait, @unchecked Sendable {
    let latch: any Latch

    init(_ latch: any Latch) { self.latch = latch }

    override func endWithNetwork() { latch.open() }
}
