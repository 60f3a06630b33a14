public import SocketModel

extension Network {
    /// Runs `body`, which may make any number of awaited calls, with one deadline for all of them, on this network's clock.
    ///
    /// ```swift
    /// let answer = try await network.withDeadline(.within(.seconds(5))) {
    ///     let socket = try await network.connect(to: "example.org", port: 7)
    ///     try await socket.sendAll("hello")
    ///     return try await socket.receive()
    /// }
    /// ```
    ///
    /// When the deadline passes, `body`'s task is cancelled, and with it the call it is in; `body` may still return a value or throw an
    /// error of its own, and that is passed on. So it ends only when `body` does. It runs where the caller does, in a child task; with a
    /// deadline that has passed already, or ``Deadline/immediate``, in one that is cancelled from the start.
    ///
    /// - Throws: What `body` throws; but ``SocketError`` with ``SocketError/Code/timedOut`` when the deadline has passed and `body` ended
    ///   with ``SocketError/Code/cancelled``, in whatever ``TransportError``, or `CancellationError`. When the caller's task is cancelled before, it stays that error.
    public func withDeadline<Value>(
        _ deadline: Deadline, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async throws -> Value {
        let instant = deadline.instant { now }
        if instant == .distantFuture { return try await body() }
        return try await withoutActuallyEscaping(body) { body in
            let call = DeadlineCall(body)
            let isLate = try await run(call, until: instant, isolation)
            do {
                return try call.outcome()
            } catch {
                if isLate, error.isCancellation { throw SocketError(.timedOut, .withDeadline) }
                throw error
            }
        }
    }

    /// Runs the call in a child task; whether its time was up before it ended, or before the caller was cancelled.
    private func run<Value>(
        _ call: DeadlineCall<Value>, until instant: NetworkInstant, _ isolation: isolated (any Actor)?
    ) async throws -> Bool {
        let wait = Suspension()
        let isLateFromTheStart = instant <= now
        let timer = isLateFromTheStart ? nil : try startDeadline(instant, wait)
        if isLateFromTheStart { wait.end(.timedOut) }
        defer { timer?.cancel() }
        return await withTaskGroup(of: Void.self) { group in
            if isLateFromTheStart { group.cancelAll() }
            group.addTask {
                await call.run(isolation)
                wait.end(.told)
            }
            let isLate = if case .timedOut = await wait.ending() { true } else { false }
            if isLate { group.cancelAll() }
            await group.waitForAll()
            return isLate
        }
    }

    private func startDeadline(
        _ instant: NetworkInstant, _ wait: Suspension
    ) throws(SocketError) -> (any NetworkTimer)? {
        do throws(Failure) {
            return try startTimer(until: instant, wait)
        } catch {
            throw SocketError(error, .withDeadline)
        }
    }
}

/// A closure on its way into a child task of its caller's, and what came of it on its way back.
///
/// Sendable without check: the caller waits for the child task, which runs with the caller's isolation, so that never two of them
/// are in the closure, or touch its value, at once.
private final class DeadlineCall<Value>: @unchecked Sendable {
    private let body: () async throws -> Value
    private var result: Result<Value, any Error> = .failure(CancellationError())

    init(_ body: @escaping () async throws -> Value) { self.body = body }

    func run(_ isolation: isolated (any Actor)?) async {
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
    }

    func outcome() throws -> Value { try result.get() }
}

extension Error {
    /// Whether it tells of a cancelled task, of whatever layer it is.
    fileprivate var isCancellation: Bool {
        self is CancellationError || (self as? any TransportError)?.socketError?.code == .cancelled
    }
}
