internal import Locks
internal import SocketModel

/// A wait for a moment of the network's clock, which ends early when a server has become empty enough. For one wait.
final class ServerRest: CompletionSink {
    private struct State {
        var continuation: CheckedContinuation<Void, Never>?
        var timer: (any NetworkTimer)?
    }

    private let state = Lock(State())

    /// Waits; the task's being cancelled makes no difference.
    func wait(
        until instant: NetworkInstant, on executor: any NetworkExecutor, orAtMost level: Int, of occupancy: Occupancy
    ) async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.continuation = continuation }
            let timer = executor.startTimer(until: instant, completing: self)
            state.withLock { $0.timer = timer }
            occupancy.whenAtMost(level, self) { [self] in end() }
        }
        occupancy.forget(self)
    }

    func complete(_ completion: consuming Completion) {
        let continuation = state.withLock { $0.continuation.take() }
        continuation?.resume()
    }

    /// The timer completes when it is cancelled, too.
    private func end() {
        let timer = state.withLock { $0.timer }
        timer?.cancel()
    }
}
