internal import Locks
internal import SocketModel

extension Socket {
    /// Closes a served connection: wakes whoever else is still inside and waits for them without holding the thread. The kernel
    /// delivers in the background what was sent.
    func endServing() async {
        guard let inside = beginClosing() else { return }
        if inside > 0 {
            var last: LastCall?
            usage.waitUntilDrained {
                let new = LastCall()
                last = new
                return new
            }
            await last?.hasLeft()
        }
        finishServing()
    }
}

/// The latch of a task: it waits by being suspended.
private final class LastCall: Latch {
    private enum State {
        case inside, left
        case awaited(CheckedContinuation<Void, Never>)
    }

    private let state = Lock<State>(.inside)

    func open() {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            defer { state = .left }
            if case .awaited(let continuation) = state { return continuation }
            return nil
        }
        continuation?.resume()
    }

    /// Whoever cares calls ``hasLeft()``.
    func wait() {}

    func hasLeft() async {
        await withCheckedContinuation { continuation in
            let hasLeft = state.withLock { state in
                if case .left = state { return true }
                state = .awaited(continuation)
                return false
            }
            if hasLeft { continuation.resume() }
        }
    }
}
