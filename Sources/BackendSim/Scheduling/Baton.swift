internal import SocketModel
internal import SystemSockets

/// What one thread hands to another that waits for it, again and again.
///
/// Sendable without check: the flag is only touched with the condition locked.
final class Baton: @unchecked Sendable {
    private let condition = Condition()
    private var isHere = false

    /// Gives it to whoever takes it.
    func give() {
        condition.lock()
        isHere = true
        condition.broadcast()
        condition.unlock()
    }

    /// Waits for it; `isLate` is called once if that takes longer than so many seconds of the machine's time.
    func take(patience: Int = .max, isLate: () -> Void = {}) {
        condition.lock()
        defer { condition.unlock() }
        if patience < .max, !waited(patience) {
            // Whoever is told may take its time, and the one it waits for as well.
            condition.unlock()
            isLate()
            condition.lock()
        }
        while !isHere { condition.wait() }
        isHere = false
    }

    /// False when so many seconds have passed.
    private func waited(_ seconds: Int) -> Bool {
        let limit = SystemClock.now.advanced(by: .seconds(seconds))
        while !isHere {
            if !condition.wait(until: limit) { return isHere }
        }
        return true
    }
}
