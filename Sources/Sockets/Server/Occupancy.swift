internal import Locks
internal import Synchronization

/// How many connections a server has, and who waits for that to become fewer.
///
/// A connection costs one atomic addition and one subtraction; the lock is taken only while somebody waits.
final class Occupancy: Sendable {
    /// Somebody who waits until there are at most `level` connections.
    private struct Waiter {
        let id: ObjectIdentifier
        let level: Int
        let wake: @Sendable () -> Void
    }

    private static let watched = 1 << 62

    private let state = Atomic<Int>(0)
    private let waiters = Lock<[Waiter]>([])

    var count: Int { state.load(ordering: .sequentiallyConsistent) & ~Self.watched }

    func enter() { state.wrappingAdd(1, ordering: .relaxed) }

    func leave() {
        let now = state.wrappingSubtract(1, ordering: .sequentiallyConsistent).newValue
        if now & Self.watched != 0 { wakeThose(waitingFor: now & ~Self.watched) }
    }

    /// Has `wake` called, perhaps more than once, when there are at most `level` connections, at once if there are already; until ``forget(_:)``.
    func whenAtMost(_ level: Int, _ owner: AnyObject, wake: @escaping @Sendable () -> Void) {
        waiters.withLock {
            $0.append(Waiter(id: ObjectIdentifier(owner), level: level, wake: wake))
            state.bitwiseOr(Self.watched, ordering: .sequentiallyConsistent)
        }
        if count <= level { wake() }
    }

    func forget(_ owner: AnyObject) {
        waiters.withLock { waiters in
            waiters.removeAll { $0.id == ObjectIdentifier(owner) }
            if waiters.isEmpty { state.bitwiseAnd(~Self.watched, ordering: .sequentiallyConsistent) }
        }
    }

    private func wakeThose(waitingFor count: Int) {
        let waking = waiters.withLock { $0.filter { count <= $0.level } }
        for waiter in waking { waiter.wake() }
    }
}
