internal import Locks
internal import SocketModel
internal import Synchronization

/// Who is inside a socket, and whether it is closed.
///
/// Calls enter and leave; closing lets nobody in any more, and the closer waits until the last call has left, so that the handle's
/// number goes back only then, and a reused number is never touched. One compare-and-swap in, one subtraction out.
struct SocketUsage: ~Copyable {
    private static let closed: UInt32 = 1 << 31

    private let state = Atomic<UInt32>(0)
    private let drained = Lock<Drained>(.no)

    // Not private: Swift 6.3.1 emits an invalid module when another file stores this struct.
    enum Drained {
        case no, yes
        case awaited(@Sendable () -> Void)
    }

    var isClosed: Bool { state.load(ordering: .acquiring) & Self.closed != 0 }

    /// False when the socket is closed.
    @inline(__always) func enter() -> Bool {
        var seen = state.load(ordering: .relaxed)
        while seen & Self.closed == 0 {
            let (exchanged, now) = state.compareExchange(expected: seen, desired: seen + 1, ordering: .acquiring)
            if exchanged { return true }
            seen = now
        }
        return false
    }

    @inline(__always) func leave() {
        if state.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == Self.closed { drain() }
    }

    /// How many calls are inside; nil when somebody else has closed before.
    func close() -> Int? {
        let seen = state.bitwiseOr(Self.closed, ordering: .acquiringAndReleasing).oldValue
        return seen & Self.closed == 0 ? Int(seen) : nil
    }

    /// Calls `body` when the calls that were inside at ``close()`` have left, in place of what was to be called then; at once if they have.
    func whenDrained(_ body: @escaping @Sendable () -> Void) {
        let isDrained = drained.withLock { drained in
            if case .yes = drained { return true }
            drained = .awaited(body)
            return false
        }
        if isDrained { body() }
    }

    private func drain() {
        let body = drained.withLock { drained -> (@Sendable () -> Void)? in
            defer { drained = .yes }
            if case .awaited(let body) = drained { return body }
            return nil
        }
        body?()
    }
}
