internal import Locks
internal import SocketModel

extension Socket {
    /// Closes the socket while the task is suspended; a second call does nothing: the awaited form of `close`.
    ///
    /// As the blocking form; blocking calls are woken too. Where `SO_LINGER` lets it take time, a thread of its own waits. A cancelled
    /// task closes all the same: this call knows no cancellation.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/outOfResources`` when there is no thread to linger on,
    ///   which is then left to the kernel; the socket is closed nevertheless.
    public func close() async throws(SocketError) {
        guard let inside = beginClosing() else { return }
        await awaitDrained(inside)
        try await awaitFinishClosing()
    }

    /// Gives the descriptor to the caller, while the task is suspended until every call has left: the awaited form of `detach`.
    ///
    /// A cancelled task detaches all the same: this call knows no cancellation.
    ///
    /// - Throws: ``SocketError`` as the blocking form, but never with ``SocketError/Code/blockingOnExecutor``.
    public func detach() async throws(SocketError) -> Int32 {
        try await settleThere(.detach)
        await awaitDrained(try beginDetaching(onlyIfIdle: false))
        return try finishDetaching()
    }

    /// As ``settle(_:)``, on the executor's thread that the socket belongs to.
    func settleThere(_ operation: OperationName) async throws(SocketError) {
        guard let registration = awaiting?.registration, !registration.isCurrent else { return try settle(operation) }
        // Passed on by a lock, not by the continuation: the thread sanitizer sees that.
        let result = Lock(Result<Void, SocketError>.success(()))
        let wait = Suspension()
        registration.executor.perform { [self] in
            let settled = Result { () throws(SocketError) in try settle(operation) }
            result.withLock { $0 = settled }
            wait.end(.told)
        }
        _ = await wait.endingUncancelled()
        try result.withLock { $0 }.get()
    }

    /// Suspends the task until those who were inside have left.
    func awaitDrained(_ inside: Int) async {
        guard inside > 0 else { return }
        let wait = Suspension()
        usage.whenDrained { wait.end(.told) }
        _ = await wait.endingUncancelled()
    }

    /// Closes the handle, once nobody is inside; on a thread of its own if that may take long.
    func awaitFinishClosing() async throws(SocketError) {
        guard lingers else { return try finishClosing() }
        let result = await unsafe withUnsafeContinuation {
            (continuation: UnsafeContinuation<Result<Void, SocketError>, Never>) in
            do throws(Failure) {
                _ = try backend.spawn(named: "sockets-close") { [self] in
                    unsafe continuation.resume(returning: Result { () throws(SocketError) in try finishClosing() })
                }
            } catch {
                _ = try? finish(.close(lingering: false))
                unsafe continuation.resume(returning: .failure(SocketError(error, .close)))
            }
        }
        try result.get()
    }
}
