internal import SocketModel
internal import Synchronization

/// A task's wait for something that is told once. It may end for other reasons, too: the first reason counts, the others are too late.
///
/// Sendable without check: whoever claims the end writes it, before the state says so, and the task writes its continuation before the state
/// says that it is suspended; both are read only by whoever has learnt that from the state.
@safe final class Suspension: NetworkWait, CompletionSink, @unchecked Sendable {
    enum Ending: Sendable {
        case told, timedOut, cancelled, closed
        /// The clock has failed: the simulated host has crashed.
        indirect case failed(Failure)
    }

    private enum State {
        static let begun: UInt8 = 0
        static let suspended: UInt8 = 1
        static let ended: UInt8 = 2
    }

    private let state = Atomic(State.begun)
    private let isClaimed = Atomic(false)
    private var ending = Ending.told
    @safe private var continuation: UnsafeContinuation<Ending, Never>?

    /// Ends the wait, from any thread.
    func end(_ ending: Ending) {
        guard !isClaimed.exchange(true, ordering: .relaxed) else { return }
        self.ending = ending
        guard state.exchange(State.ended, ordering: .acquiringAndReleasing) == State.suspended else { return }
        unsafe continuation.take()?.resume(returning: ending)
    }

    override func endWithNetwork() { end(.closed) }

    /// Its timer's time has come, unless that was cancelled before.
    func complete(_ completion: Completion) {
        switch completion.outcome {
        case .done: end(.timedOut)
        case .failure(let failure) where failure.code != .cancelled: end(.failed(failure))
        default: break
        }
    }

    /// Suspends the task until the wait has ended, which cancelling the task does, too. One task's, and once.
    func ending() async -> Ending {
        await withTaskCancellationHandler {
            await endingUncancelled()
        } onCancel: {
            end(.cancelled)
        }
    }

    /// As ``ending()``, but for a task that has to see the end, cancelled or not.
    func endingUncancelled() async -> Ending {
        await unsafe withUnsafeContinuation { continuation in
            unsafe self.continuation = continuation
            let isSuspended = state.compareExchange(
                expected: State.begun, desired: State.suspended, ordering: .acquiringAndReleasing
            ).exchanged
            if !isSuspended { unsafe continuation.resume(returning: ending) }
        }
    }
}

extension Network {
    /// The executor whose thread calls, if it is one of this network's, else the first.
    private func timingExecutor() throws(Failure) -> any NetworkExecutor {
        let executors = try backend.executors()
        guard let executor = executors.first(where: \.isCurrent) ?? executors.first else {
            throw Failure(.unsupported, detail: "the backend has no executors")
        }
        return executor
    }

    /// Ends a wait when `instant` has come; nil when it never comes.
    func startTimer(
        until instant: NetworkInstant, _ wait: Suspension
    ) throws(Failure) -> (any NetworkTimer)? {
        if instant == .distantFuture { return nil }
        return try timingExecutor().startTimer(until: instant, completing: wait)
    }

    /// Suspends the task until the wait that `start` is given ends: by being told, by the deadline, by cancelling the task or by closing
    /// the network.
    func suspend(until deadline: NetworkInstant, _ start: (Suspension) -> Void) async throws(Failure) {
        guard try await isTold(before: deadline, start) else { throw Failure(.timedOut) }
    }

    /// As ``suspend(until:_:)``, but false when the deadline has come, which is no failure to who sleeps.
    func isTold(before deadline: NetworkInstant, _ start: (Suspension) -> Void) async throws(Failure) -> Bool {
        if Task.isCancelled { throw backend.cancellation }
        let wait = Suspension()
        guard waits.add(wait) else { throw .networkClosed }
        defer { waits.remove(wait) }
        let timer = try startTimer(until: deadline, wait)
        start(wait)
        let ending = await wait.ending()
        if case .timedOut = ending { return false }
        timer?.cancel()
        switch ending {
        case .told: return true
        case .closed: throw .networkClosed
        case .failed(let failure): throw failure
        case .timedOut, .cancelled: throw Failure(.cancelled)
        }
    }
}

extension Failure {
    /// What waits for the network at large ends with when the network is closed.
    static var networkClosed: Failure { Failure(.closed, detail: "the network is closed") }
}
