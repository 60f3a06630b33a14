internal import Locks
public import SocketModel

/// What a recorded network did: operations and their completions, in the order they ended.
public final class Recorder: Sendable {
    /// One thing that happened.
    public enum Event: Hashable, Sendable {
        /// An operation was executed, or attempted with success or failure, with this completion.
        case executed(Operation, Completion)
        /// An operation had to wait, and was started.
        case started(Operation, Token)
        /// A started operation completed, once or once more.
        case completed(Completion)
        /// A cancel was asked for, of one started operation or of all operations of a socket.
        case cancelled(SocketHandle, Token?)
        /// A name was looked up, with this answer or failure.
        case resolved(NameQuery, NameAnswer?, Failure?)
    }

    private struct State {
        var events: [Event] = []
        var dropped = 0
    }

    private let state = Lock(State())
    /// How many events are kept; what comes after is only counted.
    public let capacity: Int

    /// An empty record for at most `capacity` events.
    public init(capacity: Int = 100_000) { self.capacity = max(0, capacity) }

    /// The events so far.
    public var events: [Event] { state.withLock { $0.events } }

    /// How many events found no room.
    public var dropped: Int { state.withLock { $0.dropped } }

    func note(_ event: Event) {
        state.withLock { state in
            guard state.events.count < capacity else {
                state.dropped += 1
                return
            }
            state.events.append(event)
        }
    }
}
