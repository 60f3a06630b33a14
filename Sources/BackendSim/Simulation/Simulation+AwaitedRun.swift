internal import Locks
internal import SocketModel
internal import SystemSockets

extension Simulation {
    /// Lets so much time pass, on a thread of its own, while the calling task is suspended: for tests that are `async`.
    ///
    /// Cancelling the task stops the run between two steps; another run goes on from there.
    ///
    /// - Throws: ``SimulationError`` as the blocking form, and ``SimulationError/cancelled``.
    public func run(for duration: Duration) async throws(SimulationError) {
        try await onThread { [self] () throws(SimulationError) in try run(for: duration) }
    }

    /// Lets time pass until all programs that run in the foreground have ended, on a thread of its own, while the calling task is
    /// suspended.
    ///
    /// ```swift
    /// func check() async throws {
    ///     let simulation = Simulation(seed: 42)
    ///     simulation.host("sleeper").run { network in try await network.sleep(for: .seconds(1)) }
    ///     try await simulation.run()
    /// }
    /// ```
    ///
    /// - Throws: ``SimulationError`` as ``run(for:)``.
    public func run() async throws(SimulationError) {
        try await onThread { [self] () throws(SimulationError) in try run() }
    }

    /// Lets time pass until all programs that run in the foreground have ended, but no more than so much, on a thread of its own, while the
    /// calling task is suspended.
    ///
    /// - Throws: ``SimulationError`` as ``run(for:)``, and ``SimulationError/unfinished(after:netstat:)``.
    public func run(atMost duration: Duration) async throws(SimulationError) {
        try await onThread { [self] () throws(SimulationError) in try run(atMost: duration) }
    }

    private func onThread(_ body: @escaping @Sendable () throws(SimulationError) -> Void) async throws(SimulationError)
    {
        let ticket = RunTicket(body)
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in ticket.start { continuation.resume() } }
        } onCancel: {
            world.post(.stop(ticket))
        }
        try ticket.outcome?.get()
    }
}

/// One awaited run: what is left to stop it means no other.
final class RunTicket: Sendable {
    private let body: Lock<(@Sendable () throws(SimulationError) -> Void)?>
    // Passed on by a lock, not by the continuation: what the run has written is seen then, by the thread sanitizer, too.
    private let ending = Lock<Result<Void, SimulationError>?>(nil)

    fileprivate init(_ body: @escaping @Sendable () throws(SimulationError) -> Void) { self.body = Lock(body) }

    fileprivate var outcome: Result<Void, SimulationError>? { ending.withLock { $0 } }

    var isOver: Bool { outcome != nil }

    fileprivate func start(_ completion: @escaping @Sendable () -> Void) {
        do throws(Failure) {
            _ = try Thread.start("simulation") { [self] in
                run()
                completion()
            }
        } catch {
            end(.failure(.noThread("\(error)")))
            completion()
        }
    }

    /// Afterwards nothing holds the simulation any more.
    private func run() {
        let body = body.withLock { $0.take() }
        end(Result { () throws(SimulationError) -> Void in try body?() })
    }

    private func end(_ result: Result<Void, SimulationError>) { ending.withLock { $0 = result } }
}
