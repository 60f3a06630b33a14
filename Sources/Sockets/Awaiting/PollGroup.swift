internal import Locks
internal import SocketModel

/// Polls of several sockets, each where the socket is registered, and perhaps a timer: the first that completes ends the others, and the
/// task that waits is resumed when all have completed.
final class PollGroup: Sendable {
    enum Watch: Sendable {
        case socket(SocketAwaiting, PollRequest)
        case clock(any NetworkExecutor, NetworkInstant)
    }

    @safe struct State {
        /// What was found, an entry for each watch.
        var events: [PollEvents]
        /// Whether the clock has come first.
        var isTimeUp = false
        /// What went wrong first.
        var failure: Failure?
        fileprivate var running: Int
        fileprivate var isEnding = false
        fileprivate var timer: (any NetworkTimer)?
        fileprivate var continuation: UnsafeContinuation<Void, Never>?
    }

    private let watches: [Watch]
    private let tokens: [Token]
    private let state: Lock<State>

    init(_ watches: [Watch]) {
        self.watches = watches
        tokens = watches.map { watch in
            if case .socket(let awaiting, _) = watch { awaiting.nextToken() } else { .executed }
        }
        state = unsafe Lock(State(events: watches.map { _ in [] }, running: watches.count))
    }

    /// What has come of it.
    var result: State { state.withLock { $0 } }

    /// Suspends the task until everything that was started has completed. A cancel ends it early.
    func wait() async {
        await withTaskCancellationHandler {
            await unsafe withUnsafeContinuation { continuation in
                state.withLock { unsafe $0.continuation = continuation }
                for index in watches.indices { start(index) }
                // Who wanted to end what had not been started yet has found nothing.
                if Task.isCancelled || state.withLock({ $0.isEnding }) { end() }
            }
        } onCancel: {
            end()
        }
    }

    private func start(_ index: Int) {
        let member = Member(self, index)
        switch watches[index] {
        case .socket(let awaiting, let request):
            let handle = request.socket.handle
            let operation = Operation(.poll([Operation.PollEntry(handle, request.events)]), on: handle)
            unsafe awaiting.registration.start(operation, token: tokens[index], memory: .none, completing: member)
        case .clock(let executor, let instant):
            let timer = executor.startTimer(until: instant, completing: member)
            state.withLock { $0.timer = timer }
        }
    }

    /// Asks all to end; they complete nevertheless.
    private func end() {
        state.withLock { $0.timer }?.cancel()
        for (watch, token) in zip(watches, tokens) {
            if case .socket(let awaiting, _) = watch { awaiting.registration.cancel(token) }
        }
    }

    private func note(_ index: Int, _ outcome: Outcome) {
        let (isFirst, continuation) = unsafe state.withLock { state in
            switch outcome {
            case .readiness(let events): state.events[index].formUnion(events.first ?? [])
            case .failure(let failure) where failure.code != .cancelled: state.failure = state.failure ?? failure
            case .done: state.isTimeUp = true
            default: break
            }
            state.running -= 1
            defer { state.isEnding = true }
            return unsafe (!state.isEnding, state.running == 0 ? state.continuation.take() : nil)
        }
        if isFirst { end() }
        unsafe continuation?.resume()
    }

    private final class Member: CompletionSink {
        private let group: PollGroup
        private let index: Int

        init(_ group: PollGroup, _ index: Int) {
            self.group = group
            self.index = index
        }

        func complete(_ completion: Completion) { group.note(index, completion.outcome) }
    }
}
