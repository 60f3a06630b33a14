internal import Locks
public import Sockets

/// What a server has reported, to be counted and waited for.
public final class ServerProbe: Sendable {
    private struct State {
        var events: [ServerEvent] = []
        var waiting: [(until: @Sendable ([ServerEvent]) -> Bool, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Lock(State())

    /// A probe that has seen nothing.
    public init() {}

    /// The hook.
    public var hook: @Sendable (ServerEvent) -> Void {
        { [self] event in
            let ready = state.withLock { state in
                state.events.append(event)
                let ready = state.waiting.filter { $0.until(state.events) }
                state.waiting.removeAll { $0.until(state.events) }
                return ready.map(\.1)
            }
            for continuation in ready { continuation.resume() }
        }
    }

    /// All events so far.
    public var events: [ServerEvent] { state.withLock { $0.events } }

    /// Waits until the events satisfy `condition`.
    public func wait(until condition: @escaping @Sendable ([ServerEvent]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if condition(state.events) { return true }
                state.waiting.append((condition, continuation))
                return false
            }
            if isReady { continuation.resume() }
        }
    }

    /// How many events are of that kind.
    public func count(_ kind: Kind) -> Int { events.count { Kind($0) == kind } }

    /// Waits until there are so many events of that kind.
    public func wait(for kind: Kind, _ number: Int = 1) async {
        await wait { events in events.count { Kind($0) == kind } >= number }
    }

    /// The kinds of events.
    public enum Kind: Hashable, Sendable {
        case accepted, ended, failed, cancelled, acceptFailed, limited, exhausted, resumed, stopping

        /// The event's kind.
        public init(_ event: ServerEvent) {
            self =
                switch event {
                case .accepted: .accepted
                case .ended: .ended
                case .failed: .failed
                case .cancelled: .cancelled
                case .acceptFailed: .acceptFailed
                case .paused(.connectionLimit): .limited
                case .paused(.exhausted): .exhausted
                case .resumed: .resumed
                case .stopping: .stopping
                }
        }
    }
}
