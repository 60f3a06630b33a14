internal import SocketModel

/// What runs on a host from one start to its crash: its sockets, names and ports, and the executor of its tasks.
///
/// Sendable without check: only the thread that carries the simulation on touches it.
@safe final class HostKernel: NetworkExecutor, @unchecked Sendable {
    let world: World
    let name: String
    /// The host; nil once this is over.
    @safe @exclusivity(unchecked) var host: SimulatedHost?
    /// Its place among the hosts.
    let number: Int
    /// The process that its programs are.
    let processID: Int32
    var addresses: HostAddresses
    @safe @exclusivity(unchecked) var descriptors = DescriptorTable()
    @safe @exclusivity(unchecked) var ports: PortTables
    var unix: UNIXNames
    /// Which sockets are in which multicast groups.
    var groups: [IPAddress: [UDPSocket]] = [:]
    var clock = HostClock()
    var random: RandomStream
    /// Its threads that wait.
    var parkings: [Parking] = []
    var lookups = PendingLookups()
    /// How many sockets have been asked for their `SO_COOKIE`.
    var cookies: Int64 = 0

    @safe @exclusivity(unchecked) var faults = HostFaults()
    var bufferFailures: RandomStream

    @safe @exclusivity(unchecked) var isPaused = false
    /// What is not run while it is paused.
    var held: [ReadyEntry] = []
    /// Whether its programs are kept from going on: a crash ends them even so.
    @inline(__always) var isHeld: Bool { isPaused && !isCrashed }
    @safe @exclusivity(unchecked) var isCrashed = false
    /// How many calls its tasks have made since then.
    var lateCalls = 0
    /// Whether somebody was told of a task that calls without end.
    var isEndless = false
    /// How many calls the running task may make yet; without end while none runs.
    @safe @exclusivity(unchecked) var turn = Int.max

    /// How many calls a task may make in a row that need not wait.
    static let longestTurn = 128

    init(_ world: World, name: String, number: Int, incarnation: Int, addresses: HostAddresses) {
        self.world = world
        self.name = name
        self.number = number
        self.addresses = addresses
        let owner = UInt64(number) << 32 | UInt64(incarnation)
        random = world.stream(.host, owner)
        bufferFailures = world.stream(.buffers, owner)
        ports = PortTables(world.stream(.ports, owner))
        unix = UNIXNames(world.stream(.unixNames, owner))
        processID = Int32(truncatingIfNeeded: 1000 + incarnation)
    }

    /// The present, on the host's own clock.
    var now: NetworkInstant { NetworkInstant(nanoseconds: clock.reading(at: world.now)) }

    /// The moment of the simulation when the host's clock shows `instant`.
    func moment(of instant: NetworkInstant) -> NetworkInstant {
        NetworkInstant(nanoseconds: clock.moment(ofReading: instant.nanoseconds))
    }
}

// MARK: The end

extension HostKernel {
    /// Whatever waits on it fails, and its sockets are gone without a word.
    func end() {
        isCrashed = true
        lookups.endAll(Failure(.hostCrashed))
        for (number, entry) in descriptors.all {
            for place in entry.socket.places { place.endAll(Failure(.hostCrashed)) }
            for parking in entry.parked + entry.socket.parked { parking.end() }
            entry.socket.vanish()
            _ = descriptors.remove(number)
        }
        for parking in parkings { parking.end() }
        for case let alarm as HostAlarm in world.events.events(where: { ($0 as? HostAlarm)?.kernel === self }) {
            alarm.fail()
        }
        // In any order: nothing is heard of a socket that vanishes.
        for socket in ports.connections.values { socket.vanish() }
        ports.connections = [:]
        ports.tcp = [:]
        ports.udp = [:]
        unix.removeAll()
        for entry in held { world.ready.append(entry) }
        held = []
        host = nil
    }
}

// MARK: The executor

extension HostKernel {
    var isCurrent: Bool { isRunningJob }

    /// Whether one of its tasks is running, and the calling thread runs it.
    var isRunningJob: Bool {
        guard world.isInside, case .job(let kernel) = world.current else { return false }
        return kernel === self
    }

    func enqueue(_ job: consuming ExecutorJob) { run(UnownedJob(job)) }

    @inline(__always)
    func run(_ job: UnownedJob) {
        if world.isInside { world.ready.append(.job(job, self)) } else { runFromOutside(job) }
    }

    @inline(never)
    private func runFromOutside(_ job: UnownedJob) {
        // Whoever makes a program before the simulation runs is welcome.
        let entered: Void? = world.enter {
            world.ready.append(.job(job, self))
            world.finishIfEnded()
        }
        if entered == nil { world.post(.job(job, self)) }
    }

    private func start(_ timer: SimulatedTimer, until instant: NetworkInstant) {
        if isCrashed { return timer.fail() }
        world.events.insert(timer, at: max(world.now, moment(of: instant).nanoseconds))
    }

    func startTimer(until instant: NetworkInstant, completing sink: any CompletionSink) -> any NetworkTimer {
        let timer = SimulatedTimer(self, sink)
        if world.isInside {
            start(timer, until: instant)
        } else if world.enter({ start(timer, until: instant) }) == nil {
            // When that comes is nobody's to say again.
            _ = world.escaped("tell, or something else that begins a timer,")
            world.post(.perform { [self] in start(timer, until: instant) })
        }
        return timer
    }
}
