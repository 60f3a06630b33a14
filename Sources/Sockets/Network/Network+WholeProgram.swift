internal import Locks
internal import SocketModel

extension Network {
    /// Makes a network, runs an awaited program with it on the calling thread, and closes it: the whole of a program, with one thread.
    ///
    /// ```swift
    /// try Network.run(.posix) { network in
    ///     let listener = try await network.listen(port: 7007)
    ///     try await listener.serve { connection in
    ///         while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
    ///     }
    /// }
    /// ```
    ///
    /// The calling thread is the first of the network's ``executors`` meanwhile; if the choice says so, there are more, with threads. A process
    /// that has one thread alone saves the kernel some counting in every system call: a tenth of a microsecond for a message that is received
    /// and answered. What the backend cannot run there, as that of a simulation, or one that is ``BackendChoice/existing(_:)``, it runs on
    /// its own threads, and the calling one is parked, as by ``run(_:)``.
    ///
    /// - Parameter body: The program. It begins on the calling thread and stays there, as do its child tasks. A part that needs an actor
    ///   says so; one that needs the main actor waits for ever if this is the main thread. A task that it leaves behind finds its network closed.
    /// - Throws: What `body` throws; ``SocketError`` as ``init(_:)`` and ``executors``, and with ``SocketError/Code/blockingOnExecutor`` on an
    ///   executor's thread, before anything of `body` has run.
    @available(*, noasync, message: "this takes the thread")
    public static func run<Value: Sendable>(
        _ choice: BackendChoice, _ body: @escaping @concurrent @Sendable (Network) async throws -> Value
    ) throws -> Value {
        let network = try Network(choice)
        guard !choice.isShared, let thread = try network.borrowThread() else {
            return try network.run { try await network.whole(body).get() }
        }
        let outcome = Lock<Result<Value, any Error>?>(nil)
        Task(executorPreference: thread.executor) {
            let result = await network.whole(body)
            outcome.withLock { $0 = result }
            thread.leave()
        }
        thread.work()
        guard let result = outcome.withLock({ $0 }) else { throw SocketError.unexpected(.run) }
        return try result.get()
    }

    /// What came of a program that is all there is to this network.
    private func whole<Value>(
        _ body: @concurrent @Sendable (Network) async throws -> Value
    ) async -> Result<Value, any Error> {
        let result: Result<Value, any Error>
        do { result = .success(try await body(self)) } catch { result = .failure(error) }
        // This form throws nothing.
        try? await close()
        return result
    }

    private func borrowThread() throws(SocketError) -> (any BorrowedThread)? {
        do throws(Failure) {
            return try backend.borrowThread()
        } catch {
            throw SocketError(error, .run)
        }
    }
}
