internal import Locks
internal import SocketModel

extension Network {
    /// Runs an awaited program on the first of this network's ``executors`` and parks the calling thread until it has ended: the way
    /// into awaited calls from code that is not asynchronous, such as `main`.
    ///
    /// ```swift
    /// func greet(_ network: Network) throws -> Chunk? {
    ///     try network.run {
    ///         let socket = try await network.connect(to: "localhost", port: 7007)
    ///         try await socket.sendAll("hello")
    ///         return try await socket.receive()
    ///     }
    /// }
    /// ```
    ///
    /// - Parameter body: The program. It begins on the executor's thread and stays there, as do its child tasks. A part that needs an actor
    ///   says so; one that needs the main actor waits for ever if the thread that is parked here is the main thread.
    /// - Throws: What `body` throws; ``SocketError`` as ``executors``, and with ``SocketError/Code/blockingOnExecutor`` on an executor's
    ///   thread, before anything of `body` has run.
    @available(*, noasync, message: "this parks the thread")
    public func run<Value: Sendable>(
        _ body: @escaping @concurrent @Sendable () async throws -> Value
    ) throws -> Value {
        let executor = try executor
        let latch = backend.makeLatch()
        let outcome = Lock<Result<Value, any Error>?>(nil)
        do throws(Failure) {
            // Whoever may not wait is refused before anything has begun.
            _ = try latch.wait(until: now)
            Task(executorPreference: executor) {
                let result: Result<Value, any Error>
                do { result = .success(try await body()) } catch { result = .failure(error) }
                outcome.withLock { $0 = result }
                latch.open()
            }
            try latch.wait()
        } catch {
            throw SocketError(error, .run)
        }
        guard let result = outcome.withLock({ $0 }) else { throw SocketError.unexpected(.run) }
        return try result.get()
    }

    /// Runs `body` on the first of this network's ``executors``, in the calling task, which goes back to where it was afterwards.
    ///
    /// ```swift
    /// try await network.run {
    ///     while let chunk = try await socket.receive() { try await socket.sendAll(chunk) }
    /// }
    /// ```
    ///
    /// What `body` awaits in this network's sockets costs no change of thread there. A cancel of the task reaches `body`.
    ///
    /// `withTaskExecutorPreference` alone does not do as much: a closure written on the main actor stays there, and one that was handed in
    /// where `NonisolatedNonsendingByDefault` is on begins on its caller's thread.
    ///
    /// - Parameter body: The program. It begins on the executor's thread and stays there, as do its child tasks; a part that needs an actor
    ///   says so.
    /// - Throws: What `body` throws; ``SocketError`` as ``executors``.
    public func run<Value: Sendable>(
        _ body: @escaping @concurrent @Sendable () async throws -> Value
    ) async throws -> Value {
        // `body` escapes as the other form's does: else the compiler would not tell the two apart by `async` alone.
        try await withTaskExecutorPreference(try executor, operation: body)
    }
}
