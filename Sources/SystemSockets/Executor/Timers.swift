public import SocketModel

/// Timers in the order of their instants: a binary heap in which each timer knows its place, so that cancelling one does not search.
///
/// One thread's. Timers of the same instant fire in the order they were started. It has no bound of its own: each timer belongs to one
/// waiting task or one operation in flight.
struct Timers {
    private var heap: [Timer] = []
    private var started: UInt64 = 0

    /// When the next timer fires; nil without one.
    var next: NetworkInstant? { heap.first?.instant }

    mutating func insert(_ timer: Timer) {
        timer.number = started
        started += 1
        timer.place = heap.count
        heap.append(timer)
        rise(from: timer.place)
    }

    /// False when it has fired, or was removed, before.
    @discardableResult mutating func remove(_ timer: Timer) -> Bool {
        let place = timer.place
        guard place >= 0 else { return false }
        timer.place = -1
        let last = heap.removeLast()
        guard last !== timer else { return true }
        put(last, at: place)
        rise(from: place)
        sink(from: last.place)
        return true
    }

    /// The next timer if its instant has come, which then is no timer any more.
    mutating func popDue(_ now: NetworkInstant) -> Timer? {
        guard let first = heap.first, first.instant <= now else { return nil }
        remove(first)
        return first
    }

    private mutating func put(_ timer: Timer, at place: Int) {
        heap[place] = timer
        timer.place = place
    }

    private mutating func rise(from start: Int) {
        let timer = heap[start]
        var place = start
        while place > 0, timer.precedes(heap[(place - 1) / 2]) {
            put(heap[(place - 1) / 2], at: place)
            place = (place - 1) / 2
        }
        put(timer, at: place)
    }

    private mutating func sink(from start: Int) {
        let timer = heap[start]
        var place = start
        while true {
            var child = 2 * place + 1
            if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard child < heap.count, heap[child].precedes(timer) else { break }
            put(heap[child], at: place)
            place = child
        }
        put(timer, at: place)
    }
}

/// One timer of an executor's thread.
///
/// Sendable without check: what it does and when never change, and all else is touched on the executor's thread only.
public final class Timer: @unchecked Sendable {
    /// What a timer is for.
    public enum Purpose {
        /// Somebody sleeps.
        case wake(any CompletionSink)
        /// An operation's deadline.
        case expire(any SocketPlace, Token)
        /// The kernel cannot say when an operation is possible: it is tried again, after a pause of so many nanoseconds.
        case retry(any SocketPlace, Token, pause: Int64)
    }

    /// When it fires.
    public let instant: NetworkInstant
    /// Nil when it has come to its end: who is waited for may hold the timer.
    private var purpose: Purpose?
    /// Nobody waits for it any more.
    var isCancelled = false
    fileprivate var place = -1
    fileprivate var number: UInt64 = 0

    /// A timer, not started yet.
    public init(_ instant: NetworkInstant, _ purpose: Purpose) {
        self.instant = instant
        self.purpose = purpose
    }

    /// Its instant has come.
    func fire() {
        switch purpose.take() {
        case nil: break
        case .wake(let sink): sink.complete(Completion(.done))
        case .expire(let place, let token): place.abandon(token, .timedOut)
        case .retry(let place, let token, let pause): place.retry(token, after: pause)
        }
    }

    func completeCancelled() {
        if case .wake(let sink) = purpose.take() { sink.complete(.failure(Failure(.cancelled))) }
    }

    fileprivate func precedes(_ other: Timer) -> Bool {
        instant < other.instant || instant == other.instant && number < other.number
    }
}
