internal import SocketModel

extension NetworkExecutor {
    /// Calls `body` on the executor's thread: at once if that is the calling one, else soon.
    func perform(_ body: @escaping @Sendable () -> Void) {
        if isCurrent { return body() }
        _ = startTimer(until: .distantPast, completing: Errand(body))
    }
}

/// Something to be done on an executor's thread.
private final class Errand: CompletionSink {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    func complete(_ completion: consuming Completion) { body() }
}
