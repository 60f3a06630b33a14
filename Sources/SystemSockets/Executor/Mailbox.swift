internal import Locks
public import SocketModel
internal import Synchronization

/// What other threads want an executor's thread to do, in the order they said so.
///
/// It has no bound of its own: each entry belongs to a task, an operation or a socket that somebody holds.
public struct Mailbox: ~Copyable, Sendable {
    /// One thing to do.
    public enum Entry: Sendable {
        case run(UnownedJob)
        case start(any SocketPlace, WaitingOperation)
        case cancel(any SocketPlace, Token)
        case cancelAll(any SocketPlace)
        case end(any SocketPlace)
        case perform(@Sendable () -> Void)
        case startTimer(Timer)
        case cancelTimer(Timer)
        case stop
    }

    private enum Attention { static let (awake, asleep, called): (UInt8, UInt8, UInt8) = (0, 1, 2) }

    private let entries = Lock<[Entry]>([])
    private let attention = Atomic<UInt8>(Attention.awake)

    /// Whether the thread sleeps, and has to be woken.
    func post(_ entry: Entry) -> Bool {
        entries.withLock { $0.append(entry) }
        return attention.exchange(Attention.called, ordering: .acquiringAndReleasing) == Attention.asleep
    }

    /// Whether there is anything to take.
    var isFull: Bool { attention.load(ordering: .relaxed) == Attention.called }

    /// The thread wants to sleep; false when there is something to take first.
    func fallAsleep() -> Bool {
        attention.compareExchange(
            expected: Attention.awake, desired: Attention.asleep, ordering: .acquiringAndReleasing
        ).exchanged
    }

    /// The thread has slept.
    func wakeUp() {
        _ = attention.compareExchange(
            expected: Attention.asleep, desired: Attention.awake, ordering: .acquiringAndReleasing)
    }

    /// All there is, into an empty array.
    func take(into array: inout [Entry]) {
        attention.store(Attention.awake, ordering: .sequentiallyConsistent)
        entries.withLock { swap(&$0, &array) }
    }
}
