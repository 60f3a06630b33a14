internal import CPOSIX
internal import SocketModel

/// A thread that waits for all its sockets at once, carries out what has become possible, and runs the tasks that prefer it.
///
/// After each event the tasks it made runnable run at once, while what was received is still in the nearest cache.
///
/// Sendable without check: the poller and the mailbox are any thread's, all else is touched on the reactor's own thread only.
@safe final class Reactor: @unchecked Sendable {
    let poller: Poller
    private let mailbox = Mailbox()
    /// The executor as the runtime knows it. It is set before the thread starts, and outlives it.
    nonisolated(unsafe) private var executor: UnownedTaskExecutor?

    private let own = ThreadBound(State())

    private struct State {
        /// What is to be run next: nearly always all there is, as one event makes one task runnable.
        var first: UnownedJob?
        /// What comes after the first.
        var ready: [UnownedJob] = []
        var running: [UnownedJob] = []
        var mail: [Mailbox.Entry] = []
        var ended: [POSIXRegistration] = []
        var postponed: [POSIXRegistration] = []
        var turn = Reactor.longestTurn
        var isStopping = false
        var timers = Timers()
        var lender = BufferLender()

        @inline(__always) var hasReady: Bool {
            if case .none = first { false } else { true }
        }

        @inline(__always) mutating func append(_ job: UnownedJob) {
            if hasReady { ready.append(job) } else { first = job }
        }

        /// What is ready now is run; what becomes ready meanwhile has to wait.
        mutating func beginRound() { swap(&ready, &running) }
    }

    var timers: Timers {
        @inline(__always) _read { yield own.value.timers }
        @inline(__always) _modify { yield &own.value.timers }
    }

    var lender: BufferLender {
        @inline(__always) _read { yield own.value.lender }
        @inline(__always) _modify { yield &own.value.lender }
    }

    /// Throws when there is no descriptor left.
    init() throws(Failure) { poller = try Poller() }

    /// Starts the thread, which ends after ``stop()``; the executor tells its tasks where they are.
    func start(_ executor: ReactorExecutor, number: Int) throws(Failure) {
        unsafe self.executor = executor.asUnownedTaskExecutor()
        _ = try Thread.start("sockets-\(number)") { [self] in run() }
    }

    /// Whether the calling thread is the reactor's.
    @inline(__always) var isCurrent: Bool {
        unsafe cposix_current_executor() == Unmanaged.passUnretained(self).toOpaque()
    }

    /// Whether the calling thread is any reactor's.
    static var isAnyCurrent: Bool { unsafe cposix_current_executor() != nil }

    /// Hands something to the reactor's thread, from any other.
    func post(_ entry: Mailbox.Entry) {
        if mailbox.post(entry) { poller.wake() }
    }

    /// Runs a task's next part on the reactor's thread.
    @inline(__always) func run(_ job: UnownedJob) {
        if isCurrent { own.value.append(job) } else { post(.run(job)) }
    }

    /// Ends the thread once everything it was told before is done, and the last timer has fired.
    func stop() { post(.stop) }

    func startTimer(_ timer: Timer) {
        if isCurrent { begin(timer) } else { post(.startTimer(timer)) }
    }

    private func begin(_ timer: Timer) {
        if timer.isCancelled { timer.completeCancelled() } else { timers.insert(timer) }
    }

    func cancelTimer(_ timer: Timer) {
        guard isCurrent else { return post(.cancelTimer(timer)) }
        // One that another thread has started may still be in the mail.
        timer.isCancelled = true
        if timers.remove(timer) { timer.completeCancelled() }
    }

    /// The registration has operations that were not tried, as it was others' turn: they are, when those have had it.
    func postpone(_ registration: POSIXRegistration) { own.value.postponed.append(registration) }

    /// The registration is watched no more; but events found before may still name it, so it lives until they are done with.
    func bury(_ registration: POSIXRegistration) { own.value.ended.append(registration) }
}

// MARK: Turns

extension Reactor {
    /// How many calls a task may make in a row that need not wait. A task that always finds something to do would otherwise keep the
    /// thread from everybody else, and from the timers that shall end it.
    private static let longestTurn = 128

    /// Notes a call of the running task, on the reactor's own thread; false when its turn is over.
    @inline(__always) func takeTurn() -> Bool {
        own.value.turn &-= 1
        return own.value.turn >= 0
    }

    /// As ``takeTurn()``, for a call on a socket of another reactor, from any thread. Where no reactor runs there are no turns.
    static func takeTurnElsewhere() -> Bool {
        guard let current = unsafe cposix_current_executor() else { return true }
        return unsafe Unmanaged<Reactor>.fromOpaque(current)._withUnsafeGuaranteedRef { $0.takeTurn() }
    }

    /// Whether the running task's turn is over; never between tasks.
    var isTurnOver: Bool { own.value.turn < 0 }
}

// MARK: The loop

extension Reactor {
    private static let batch = 256

    private func run() {
        unsafe cposix_become_executor(Unmanaged.passUnretained(self).toOpaque())
        let events = UnsafeMutableBufferPointer<cposix_event>.allocate(capacity: Self.batch)
        defer { unsafe events.deallocate() }
        while true {
            // Sinks may try something between tasks, too; that is at no task's cost.
            own.value.turn = Self.longestTurn
            if mailbox.isFull { readMail() }
            runReady()
            for registration in own.value.ended { registration.release() }
            own.value.ended.removeAll(keepingCapacity: true)
            if own.value.isStopping, isIdle, timers.next == nil, !mailbox.isFull { break }
            unsafe wait(events)
        }
        cposix_become_executor(nil)
    }

    private var isIdle: Bool { !own.value.hasReady && own.value.postponed.isEmpty }

    private func wait(_ events: UnsafeMutableBufferPointer<cposix_event>) {
        var nanoseconds = timers.next.map { max(0, SystemClock.now.duration(to: $0).saturatingNanoseconds) } ?? -1
        if !isIdle || nanoseconds == 0 || !mailbox.fallAsleep() { nanoseconds = 0 }
        let count = unsafe poller.wait(into: events, nanoseconds: nanoseconds)
        mailbox.wakeUp()
        for index in 0..<count {
            let event = unsafe events[index]
            unsafe POSIXRegistration.tagged(event.tag)._withUnsafeGuaranteedRef {
                $0.advance(Poller.Events(rawValue: event.events))
            }
            runReady()
        }
        if timers.next != nil { fireTimers() }
        if !own.value.postponed.isEmpty { tryPostponed() }
    }

    private func tryPostponed() {
        let postponed = own.value.postponed
        own.value.postponed = []
        for registration in postponed { registration.advance([.readable, .writable]) }
    }

    /// Runs what is runnable now; what that makes runnable waits for the next round, so that nobody keeps the sockets waiting.
    @inline(__always) private func runReady() {
        guard let first = own.value.first.take(), let executor = unsafe executor else { return }
        let isAlone = own.value.ready.isEmpty
        if !isAlone { own.value.beginRound() }
        unsafe first.runSynchronously(on: executor)
        own.value.turn = Self.longestTurn
        if !isAlone { unsafe runRest(on: executor) }
    }

    @inline(never) private func runRest(on executor: UnownedTaskExecutor) {
        for index in own.value.running.indices {
            unsafe own.value.running[index].runSynchronously(on: executor)
            own.value.turn = Self.longestTurn
        }
        own.value.running.removeAll(keepingCapacity: true)
    }

    private func fireTimers() {
        let now = SystemClock.now
        while let timer = timers.popDue(now) {
            switch timer.purpose {
            case .wake(let sink): sink.complete(Completion(.done))
            case .expire(let registration, let token): registration.abandon(token, .timedOut)
            case .retry(let registration, let token, let pause): registration.retry(token, after: pause)
            }
        }
    }

    private func readMail() {
        mailbox.take(into: &own.value.mail)
        for entry in own.value.mail {
            switch entry {
            case .run(let job): own.value.append(job)
            case .start(let registration, let waiting): registration.begin(waiting, afterAttempt: false)
            case .cancel(let registration, let token): registration.abandon(token, .cancelled)
            case .cancelAll(let registration): registration.abandonAll()
            case .end(let registration): bury(registration)
            case .startTimer(let timer): begin(timer)
            case .cancelTimer(let timer): cancelTimer(timer)
            case .stop: own.value.isStopping = true
            }
        }
        own.value.mail.removeAll(keepingCapacity: true)
    }
}
