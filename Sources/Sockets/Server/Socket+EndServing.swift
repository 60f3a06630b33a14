internal import Locks
internal import SocketModel

extension Socket {
    /// Waits, without holding the thread, until all who were inside have left a socket that begins to close, and closes its handle.
    @inline(never)
    func lastCallToLeave() async {
        await waitUntilDrained()?.hasLeft()
        finishServing()
    }

    private func waitUntilDrained() -> LastCall? {
        var last: LastCall?
        usage.waitUntilDrained {
            let new = LastCall()
            last = new
            return new
        }
        return last
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
