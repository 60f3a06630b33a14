internal import Locks
internal import SocketModel

/// A wait for a moment of the network's clock, which ends early when a server has become empty enough.
final class ServerRest: Sendable {
    private let call = PendingCall(slot: 0)
    private let timer = Lock<(any NetworkTimer)?>(nil)

    /// Waits; the task's being cancelled makes no difference.
    func wait(
        until instant: NetworkInstant, on executor: any NetworkExecutor, orAtMost level: Int, of occupancy: Occupancy
    ) async {
        _ = await call.wait {
            let started = executor.startTimer(until: instant, completing: call)
            timer.withLock { $0 = started }
            occupancy.whenAtMost(level, self) { [self] in end() }
        } cancel: {
        }
        occupancy.forget(self)
    }

    private func end() {
        let started = timer.withLock { $0 }
        started?.cancel()
    }
}
