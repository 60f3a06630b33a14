internal import Locks

/// Calls a closure when a number of others have been heard from.
final class Countdown: Sendable {
    private struct State {
        var left: Int
        var body: (@Sendable () -> Void)?
    }

    private let state: Lock<State>

    init(_ count: Int) { state = Lock(State(left: count)) }

    /// One of them is heard from.
    func arrive() {
        let body = state.withLock { state -> (@Sendable () -> Void)? in
            state.left -= 1
            return state.left == 0 ? state.body.take() : nil
        }
        body?()
    }

    /// What to do then, in place of what was to be done; at once when all have been heard from.
    func whenZero(_ body: @escaping @Sendable () -> Void) {
        let isZero = state.withLock { state in
            state.body = state.left > 0 ? body : nil
            return state.left <= 0
        }
        if isZero { body() }
    }
}
