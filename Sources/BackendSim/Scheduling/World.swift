internal import CPOSIX
internal import Locks
internal import SocketModel
internal import Synchronization
internal import SystemSockets

/// What a simulation consists of: virtual time, what is to happen, the hosts and the links between them.
///
/// Exactly one thread carries it on at a time: the one that runs the simulation, or a simulated thread it has handed the baton. All
/// others are turned away.
///
/// What every step touches is not checked for overlapping accesses, which would cost a third of all time: none of it is handed on to code
/// that could come back.
///
/// Sendable without check: all but the mail, the hold and the escapes is touched by the thread that carries it on alone.
final class World: @unchecked Sendable {
    let seed: UInt64
    let options: SimulationOptions

    /// Virtual time, nanoseconds since the beginning.
    @safe @exclusivity(unchecked) var now: Int64 = 0
    @safe @exclusivity(unchecked) var events = EventQueue()
    @safe @exclusivity(unchecked) var ready = Queue<ReadyEntry>()
    @safe @exclusivity(unchecked) var hash: EventHash
    @safe @exclusivity(unchecked) var fabric: Fabric
    private(set) lazy var faults = Faults(self)
    /// How many chaoses there have been.
    var chaoses = 0
    /// What they have brought about.
    var chaosTroubles: [ChaosTrouble] = []
    var names = NameTable()
    var hosts: [SimulatedHost] = []
    /// What takes down what happens, if anybody wants to see it.
    @safe @exclusivity(unchecked) var recorder: TraceRecorder?
    /// What another run will be compared with, if one is.
    @safe @exclusivity(unchecked) var witness: Witness?
    /// Who runs.
    @safe @exclusivity(unchecked) var current = Context.outside
    /// What has gone wrong that nobody was told of.
    @safe @exclusivity(unchecked) var troubles: [SimulationError] = []
    /// A program of the foreground that had not ended when it was looked for.
    @safe @exclusivity(unchecked) var awaited: Program?
    /// How much has happened at this instant.
    @safe @exclusivity(unchecked) private var stepsAtInstant = 0
    /// How much has happened at all.
    @safe @exclusivity(unchecked) private(set) var happened: UInt64 = 0
    /// How much has run since the last event.
    @safe @exclusivity(unchecked) private var runsInARow = 0
    var isEnded = false

    private let isHeld = Atomic<Bool>(false)
    private let hasMail = Atomic<Bool>(false)
    private let mail = Lock<[Mail]>([])
    let baton = Baton()
    /// Decides who runs next, if that is anybody's choice.
    @safe @exclusivity(unchecked) private var order: RandomStream
    var departures = Departures()
    /// Received bytes are lent from here.
    @safe @exclusivity(unchecked) var lender = BufferLender(bufferSize: 64 << 10)

    /// Who runs at the moment.
    enum Context {
        /// Nobody of the simulation's: whoever has made it, between runs, or an event.
        case outside
        case job(HostKernel)
        case thread(SimulatedThread)
    }

    /// What other threads leave for the one that carries the simulation on.
    enum Mail {
        case job(UnownedJob, HostKernel)
        case perform(() -> Void)
        case escape(String)
        case stop(RunTicket)
    }

    init(seed: UInt64, options: SimulationOptions) {
        self.seed = seed
        self.options = options.bounded
        hash = EventHash(seed: seed)
        fabric = Fabric(seed: seed)
        order = RandomStream(seed: seed, .order)
        departures.begin()
    }

    /// When time ends, after some 146 years: what is due later never happens.
    static let endOfTime: Int64 = 1 << 62

    /// The longest delay: several of them can be added to any moment.
    static let longestDelay: Int64 = 1 << 60

    /// Schedules an event at an instant. To be preferred to the queue's own where it matters: no reference to the world is counted.
    func schedule(_ event: consuming Event, at instant: Int64) { events.insert(consume event, at: instant) }

    /// Schedules an event `delay` nanoseconds from now.
    func schedule(_ event: Event, after delay: Int64) {
        events.insert(event, at: now &+ min(max(0, delay), Self.longestDelay))
    }

    /// A stream of random numbers for one purpose of one owner.
    func stream(_ purpose: RandomStream.Purpose, _ owner: UInt64 = 0) -> RandomStream {
        RandomStream(seed: seed, purpose, owner)
    }
}

// MARK: Who carries it on

extension World {
    /// Whether the calling thread carries the simulation on.
    @inline(__always) var isInside: Bool {
        unsafe UInt(bitPattern: cposix_current_simulation()) == UInt(bitPattern: ObjectIdentifier(self))
    }

    /// Calls `body` on behalf of the calling thread, if that carries the simulation on, or nobody does; nil if another does.
    @inline(__always)
    func enter<Result>(_ body: () -> Result) -> Result? {
        isInside ? body() : enterFromOutside(body)
    }

    @inline(never)
    private func enterFromOutside<Result>(_ body: () -> Result) -> Result? {
        guard isHeld.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else { return nil }
        let outer = unsafe cposix_current_simulation()
        unsafe cposix_enter_simulation(Unmanaged.passUnretained(self).toOpaque())
        defer {
            unsafe cposix_enter_simulation(outer)
            isHeld.store(false, ordering: .releasing)
        }
        return body()
    }

    /// Calls `body` as ``enter(_:)`` does, or has whoever carries the simulation on call it soon.
    func perform(_ body: @escaping () -> Void) {
        if enter(body) == nil { post(.perform(body)) }
    }

    /// The failure of a call from a thread that does not carry the simulation on; it is reported by the run, too.
    func escaped(_ operation: OperationName) -> Failure { escaped("\(operation)") }

    /// As for an operation, for whatever else was called.
    func escaped(_ call: String) -> Failure {
        let text = "\(call) was called on a thread that is none of the simulation's"
        post(.escape(text))
        return Failure(.unsupported, detail: text + ": \(Self.wayBack)")
    }

    static let wayBack =
        "keep to structured tasks, network.spawn and network.sleep (or Task.sleep with clock: network.clock), "
        + "and run the simulation before awaiting anything of it"

    /// Leaves something for whoever carries the simulation on.
    func post(_ item: Mail) {
        mail.withLock { $0.append(item) }
        hasMail.store(true, ordering: .releasing)
    }

    /// Gives a task that has left the simulation a moment of real time to show: it is what a program waits for in vain, most likely.
    func waitForMail() {
        var pause = timespec(tv_sec: 0, tv_nsec: 1_000_000)
        for _ in 0..<100 where !hasMail.load(ordering: .acquiring) { unsafe nanosleep(&pause, nil) }
        readMail()
    }

    func readMail() {
        hasMail.store(false, ordering: .relaxed)
        let items = mail.withLock { items in
            defer { items = [] }
            return items
        }
        for item in items {
            switch item {
            case .job(let job, let kernel):
                troubles.append(
                    .escaped("a task of \(kernel.name) was resumed by a thread that is none of the simulation's"))
                ready.append(.job(job, kernel))
            case .perform(let body): body()
            case .escape(let text): troubles.append(.escaped(text))
            case .stop(let ticket): if !ticket.isOver { troubles.append(.cancelled) }
            }
        }
    }
}

// MARK: What happens

extension World {
    /// Lets one thing happen, if something can, at `limit` at the latest.
    ///
    /// - Returns: Whether something has.
    func step(until limit: Int64 = World.endOfTime) -> Bool {
        if hasMail.load(ordering: .relaxed) { readMail() }
        if options.shufflesTasks, ready.count > 1, !isEventNext { chooseNext() }
        if let witness { witness.look(at: self, until: limit) }
        if !isEventNext, let entry = ready.removeFirst() {
            countStep()
            happened &+= 1
            runsInARow += 1
            run(entry)
            return true
        }
        runsInARow = 0
        guard let (instant, event) = events.removeFirst(until: limit) else { return false }
        if instant > now {
            now = instant
            stepsAtInstant = 0
        }
        countStep()
        happened &+= 1
        event.occur()
        return true
    }

    /// Any of those that are ready may be the first.
    private func chooseNext() { ready.swapAt(0, Int(order.below(UInt64(ready.count)))) }

    /// A step at this instant, or a call of a program that need not wait: who calls without end lets no time pass either.
    @inline(__always)
    func countStep() { stepsAtInstant &+= 1 }

    /// How much may run in a row while an event is due.
    private static let longestRow = 1000

    /// Whether an event occurs before anything more runs: what yields again and again does not keep away what is due at its instant.
    var isEventNext: Bool { ready.isEmpty || runsInARow >= Self.longestRow && events.first?.instant ?? .max <= now }

    /// Whether so much has happened without time passing that it will hardly ever end.
    var isLivelocked: Bool { stepsAtInstant > options.stepsAtOneInstant }

    private func run(_ entry: consuming ReadyEntry) {
        if entry.kernel.isHeld { return entry.kernel.held.append(entry) }
        switch consume entry {
        case .job(let job, let kernel):
            current = .job(kernel)
            kernel.turn = HostKernel.longestTurn
            unsafe job.runSynchronously(on: kernel.asUnownedTaskExecutor())
            kernel.turn = .max
            current = .outside
        case .place(let place): place.retry()
        case .timer(let timer): if timer.kernel.isCrashed { timer.fail() } else { timer.occur() }
        case .thread(let thread):
            current = .thread(thread)
            thread.baton.give()
            baton.take(patience: options.watchdogSeconds) { [self] in complain(of: thread) }
            current = .outside
        }
    }

    private func complain(of thread: SimulatedThread) {
        StandardError.write(
            line:
                "simulation: the thread \"\(thread.name)\" of \(thread.kernel.name) has not come back for "
                + "\(options.watchdogSeconds) s of real time; does it wait for a lock that another simulated thread holds?"
        )
    }
}
