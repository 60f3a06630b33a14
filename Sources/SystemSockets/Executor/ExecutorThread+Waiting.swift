package import SocketModel

// What operations that wait need of their thread, on that thread.
extension ExecutorThread {
    /// Has the operation end when its deadline comes, if it has one.
    package func startDeadline(_ waiting: WaitingOperation, at place: any SocketPlace) {
        let deadline = waiting.operation.deadline
        guard deadline != .distantFuture else { return }
        let timer = Timer(deadline, .expire(place, waiting.token))
        insert(timer)
        waiting.timers.deadline = timer
    }

    /// Has the operation of that token tried again after a pause of so many nanoseconds.
    package func startRetry(_ token: Token, at place: any SocketPlace, after pause: Int64) -> Timer {
        let timer = Timer(SystemClock.now.advanced(by: .nanoseconds(pause)), .retry(place, token, pause: pause))
        insert(timer)
        return timer
    }

    /// Tells whoever has started the operation, whose timers end.
    package func finish(_ waiting: WaitingOperation, _ completion: consuming Completion) {
        let timers = waiting.timers
        if let timer = timers.deadline { remove(timer) }
        if let timer = timers.retry { remove(timer) }
        waiting.complete(completion)
    }
}

extension WaitingQueue {
    /// Whether an operation that waits for a UNIX peer has to let others go first: those that wait for the same peer longer, and no else.
    package func isHeldUp(_ waiting: WaitingOperation) -> Bool {
        let peer = waiting.operation.action.peer
        return contains(before: waiting.token) { other in
            peer == nil || other.operation.action.peer == nil || other.operation.action.peer == peer
        }
    }
}
