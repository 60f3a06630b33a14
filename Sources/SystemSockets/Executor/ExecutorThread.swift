public import CPOSIX
public import SocketModel
internal import Synchronization

/// Where an executor's thread learns what has happened to its sockets: a poller, or a ring.
///
/// All but ``wake()`` is called on the executor's thread alone.
public protocol EventSource: AnyObject, Sendable {
    /// The thread has started; nothing else was called before.
    ///
    /// - Throws: what keeps it from working here: then the thread ends.
    func begin() throws(Failure)

    /// Whether it may sleep; it has nothing else to do.
    var isIdle: Bool { get }

    /// Waits for something to happen, for ever if `nanoseconds` is negative, and acts on it. Right after the wait it calls
    /// ``ExecutorThread/wakeUp()``, and ``ExecutorThread/runReady()`` after each thing it has done.
    func wait(_ thread: ExecutorThread, nanoseconds: Int64)

    /// Nothing found before is looked at any more: what has ended may go.
    func tidy()

    /// The thread ends; nothing else is called afterwards.
    func finish()

    /// Ends the present wait, or the next. Any thread may call it.
    func wake()
}

/// A thread that waits for all its sockets at once, and runs the tasks that prefer it: one of its own, or a borrowed one.
///
/// After each event the tasks it made runnable run at once, while what was received is still in the nearest cache.
///
/// Sendable without check: the source and the mailbox are any thread's, all else is touched on the executor's own thread only.
@safe public final class ExecutorThread: @unchecked Sendable {
    /// What it learns from.
    public let source: any EventSource
    let mailbox = Mailbox()
    /// Whether its thread is another's again, which it had borrowed.
    let hasLeft = Atomic<Bool>(false)
    /// The executor as the runtime knows it. It is set before the thread starts, and outlives it.
    nonisolated(unsafe) public var executor: UnownedTaskExecutor?

    // Unchecked, as a registration's is.
    /// What only the thread itself touches.
    @safe @exclusivity(unchecked) public var own = State()

    /// The tasks that are to be run, and what else the thread keeps.
    public struct State {
        /// What is to be run next: nearly always all there is, as one event makes one task runnable.
        public var first: UnownedJob?
        /// What comes after the first.
        public var ready: [UnownedJob] = []
        /// What is being run.
        public var running: [UnownedJob] = []
        /// How many calls the running task may make yet.
        public var turn = ExecutorThread.longestTurn
        var mail: [Mailbox.Entry] = []
        var isStopping = false
        /// Whether the thread goes back to somebody, who shall not wait for timers.
        var isBorrowed = false
        var timers = Timers()

        /// Whether something is to be run.
        @inlinable public var hasReady: Bool {
            @inline(__always) get { if case .none = first { false } else { true } }
        }

        /// Lets a job be run after those that are there.
        @inlinable @inline(__always) public mutating func append(_ job: UnownedJob) {
            if hasReady { ready.append(job) } else { first = job }
        }

        /// What is ready now is run; what becomes ready meanwhile has to wait.
        @inlinable public mutating func beginRound() { swap(&ready, &running) }
    }

    /// A thread, not started yet, that learns from `source` what has happened.
    public init(_ source: any EventSource) { self.source = source }

    /// Starts a thread, which ends after ``stop()``; the executor tells its tasks where they are.
    ///
    /// - Throws: ``Failure`` when the system has no thread to give, or what keeps the source from working.
    public func start(_ executor: ThreadExecutor, number: Int) throws(Failure) {
        unsafe self.executor = executor.asUnownedTaskExecutor()
        let began = Answer<Result<Void, Failure>>()
        _ = try Thread.start("sockets-\(number)") { [self] in
            let result = Result { () throws(Failure) in try source.begin() }
            began.give(result)
            if case .success = result { run() }
        }
        try began.wait().get()
    }

    /// Begins on the calling thread, which then has to ``run()`` until ``stop()``; the executor tells its tasks where they are.
    ///
    /// - Throws: ``Failure`` from the source, which does not work here.
    func borrowThread(_ executor: ThreadExecutor) throws(Failure) {
        unsafe self.executor = executor.asUnownedTaskExecutor()
        own.isBorrowed = true
        try source.begin()
    }

    /// Whether the calling thread is the executor's.
    @inlinable public var isCurrent: Bool {
        // An identifier: a pointer made of a reference counts it.
        @inline(__always) get {
            unsafe UInt(bitPattern: cposix_current_executor()) == UInt(bitPattern: ObjectIdentifier(self))
        }
    }

    /// Whether the calling thread is any executor's.
    @inlinable public static var isAnyCurrent: Bool { unsafe cposix_current_executor() != nil }

    /// Hands something to the executor's thread, from any other.
    public func post(_ entry: Mailbox.Entry) {
        guard mailbox.post(entry) else { return }
        if hasLeft.load(ordering: .acquiring) { runLate() } else { source.wake() }
    }

    /// Runs a task's next part on the executor's thread.
    @inlinable @inline(__always) public func run(_ job: UnownedJob) {
        if isCurrent { own.append(job) } else { post(.run(job)) }
    }

    /// Ends the thread once everything it was told before is done, and the last timer has fired.
    public func stop() {
        if !hasLeft.load(ordering: .acquiring) { post(.stop) }
    }
}

// MARK: Turns

extension ExecutorThread {
    /// How many calls a task may make in a row that need not wait. A task that always finds something to do would otherwise keep the
    /// thread from everybody else, and from the timers that shall end it.
    @inlinable public static var longestTurn: Int { 128 }

    /// Notes a call of the running task, on the executor's own thread; false when its turn is over.
    @inlinable @inline(__always) public func takeTurn() -> Bool {
        own.turn &-= 1
        return own.turn >= 0
    }

    /// As ``takeTurn()``, for a call on a socket of another executor, from any thread. Where no executor runs there are no turns.
    public static func takeTurnElsewhere() -> Bool {
        guard let current = unsafe cposix_current_executor() else { return true }
        return unsafe Unmanaged<ExecutorThread>.fromOpaque(current)._withUnsafeGuaranteedRef { $0.takeTurn() }
    }

    /// Whether the running task's turn is over; never between tasks.
    @inlinable public var isTurnOver: Bool { own.turn < 0 }
}

// MARK: Timers

extension ExecutorThread {
    /// On the executor's thread.
    public func insert(_ timer: Timer) { own.timers.insert(timer) }

    /// On the executor's thread; false when it has fired, or was removed, before.
    @discardableResult public func remove(_ timer: Timer) -> Bool { own.timers.remove(timer) }

    func startTimer(_ timer: Timer) {
        if isCurrent { begin(timer) } else { post(.startTimer(timer)) }
    }

    private func begin(_ timer: Timer) {
        if timer.isCancelled { timer.completeCancelled() } else { insert(timer) }
    }

    func cancelTimer(_ timer: Timer) {
        guard isCurrent else { return post(.cancelTimer(timer)) }
        // One that another thread has started may still be in the mail.
        timer.isCancelled = true
        if remove(timer) { timer.completeCancelled() }
    }

    private func fireTimers() {
        let now = SystemClock.now
        while let timer = own.timers.popDue(now) { timer.fire() }
    }
}

// MARK: The loop

extension ExecutorThread {
    func run() {
        unsafe cposix_become_executor(Unmanaged.passUnretained(self).toOpaque())
        while true {
            // Sinks may try something between tasks, too; that is at no task's cost.
            own.turn = Self.longestTurn
            if mailbox.isFull { readMail() }
            runReady()
            source.tidy()
            if own.isStopping, own.isBorrowed { cancelTimers() }
            let next = own.timers.next
            if own.isStopping, !own.hasReady, source.isIdle, next == nil, !mailbox.isFull { break }
            wait(until: next)
        }
        source.finish()
        cposix_become_executor(nil)
    }

    private func wait(until next: NetworkInstant?) {
        var nanoseconds = next.map { max(0, SystemClock.now.duration(to: $0).saturatingNanoseconds) } ?? -1
        if own.hasReady || nanoseconds == 0 || !source.isIdle || !mailbox.fallAsleep() { nanoseconds = 0 }
        source.wait(self, nanoseconds: nanoseconds)
        if own.timers.next != nil { fireTimers() }
    }

    /// The source has waited.
    public func wakeUp() { mailbox.wakeUp() }

    /// Runs what is runnable now; what that makes runnable waits for the next round, so that nobody keeps the sockets waiting.
    @inlinable @inline(__always) public func runReady() {
        guard let first = own.first.take(), let executor = unsafe executor else {
            // What a sink has tried is at no task's cost.
            own.turn = Self.longestTurn
            return
        }
        let isAlone = own.ready.isEmpty
        if !isAlone { own.beginRound() }
        unsafe first.runSynchronously(on: executor)
        own.turn = Self.longestTurn
        if !isAlone { unsafe runRest(on: executor) }
    }

    /// Runs what came with the first.
    @inline(never) public func runRest(on executor: UnownedTaskExecutor) {
        for index in own.running.indices {
            unsafe own.running[index].runSynchronously(on: executor)
            own.turn = Self.longestTurn
        }
        own.running.removeAll(keepingCapacity: true)
    }

    func readMail() {
        mailbox.take(into: &own.mail)
        for entry in own.mail {
            switch entry {
            case .run(let job): own.append(job)
            case .start(let place, let waiting): place.begin(waiting, afterAttempt: false)
            case .cancel(let place, let token): place.abandon(token, .cancelled)
            case .cancelAll(let place): place.abandonAll()
            case .end(let place): place.bury()
            case .perform(let body): body()
            case .startTimer(let timer): begin(timer)
            case .cancelTimer(let timer): cancelTimer(timer)
            case .stop: own.isStopping = true
            }
        }
        own.mail.removeAll(keepingCapacity: true)
    }
}
