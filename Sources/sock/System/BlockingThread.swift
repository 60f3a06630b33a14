import Dispatch
import Locks
import Sockets

/// A thread that makes calls which park it, for tasks that are suspended meanwhile: one call at a time, and none that nobody asked for.
///
/// It lives as long as the process.
final class BlockingThread: Sendable {
    private let call = Lock<(@Sendable () -> Void)?>(nil)
    private let isAsked = DispatchSemaphore(value: 0)

    init(_ network: Network, _ name: String) throws(SocketError) {
        try network.spawn(name) { [self] in
            while true {
                isAsked.wait()
                call.withLock { $0.take() }?()
            }
        }
    }

    /// Makes a call there and waits for it. For one task.
    ///
    /// - Returns: What it returned; nil at once when the task is cancelled. Then the call may go on, and what it returns is dropped.
    func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value? {
        let answer = Answer<Value>()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard answer.isAwaited(by: continuation) else { return }
                call.withLock { $0 = { answer.give(body()) } }
                isAsked.signal()
            }
        } onCancel: {
            answer.give(nil)
        }
    }

    /// What comes first: what the call returned, or the cancel.
    private final class Answer<Value: Sendable>: Sendable {
        private enum State {
            case fresh
            case awaited(CheckedContinuation<Value?, Never>)
            case given
        }

        private let state = Lock(State.fresh)

        /// False if it was cancelled before; the continuation has been resumed then.
        func isAwaited(by continuation: CheckedContinuation<Value?, Never>) -> Bool {
            let isFresh = state.withLock { state in
                guard case .fresh = state else { return false }
                state = .awaited(continuation)
                return true
            }
            if !isFresh { continuation.resume(returning: nil) }
            return isFresh
        }

        func give(_ value: Value?) {
            let waiting = state.withLock { state -> CheckedContinuation<Value?, Never>? in
                defer { state = .given }
                return if case .awaited(let continuation) = state { continuation } else { nil }
            }
            waiting?.resume(returning: value)
        }
    }
}
