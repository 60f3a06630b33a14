public import SocketModel

/// A host of a simulation: a name, addresses, a clock, and what runs on it.
///
/// Sendable without check: only the thread that carries the simulation on touches it.
@safe public final class SimulatedHost: @unchecked Sendable {
    /// Its name, which is found in the simulation's zone, too.
    public let name: String
    let world: World
    let number: Int
    let addresses: HostAddresses
    /// What runs; nil while it is down.
    @safe @exclusivity(unchecked) private(set) var kernel: HostKernel?
    private var incarnations = 0
    /// How often it has stopped.
    private(set) var stops = 0
    /// Whether it is down, and somebody will start it again.
    var isToRestart = false
    /// What runs on it whenever it runs.
    var programs: [Program] = []
    /// What outlives a crash, as a disk does.
    public let store: DurableStore
    private var paths: [Int: Path] = [:]
    /// The paths of UNIX sockets, which survive a crash.
    var socketFiles = SocketFiles()

    init(_ world: World, name: String, number: Int) {
        self.world = world
        self.name = name
        self.number = number
        addresses = HostAddresses(number: number)
        store = DurableStore(world)
        start()
    }

    /// Its IPv4 address, in 10.0.0.0/8.
    public var ipv4: IPv4Address { addresses.ipv4 }
    /// Its IPv6 address, in fd00::/64.
    public var ipv6: IPv6Address { addresses.ipv6 }

    /// The backend of what runs on this host now: a network on it reaches the others. After a crash it is another.
    public var backend: any Backend { SimulatedBackend(running) }

    private var running: HostKernel {
        if let kernel { return kernel }
        // What is down has a backend, too: all its calls fail.
        let dead = makeKernel()
        dead.isCrashed = true
        return dead
    }

    private func makeKernel() -> HostKernel {
        incarnations += 1
        let kernel = HostKernel(
            world, name: name, number: number, incarnation: incarnations, addresses: addresses)
        kernel.host = self
        kernel.apply(world.faults)
        return kernel
    }

    /// A program that the simulation's run is about, and that has not ended, or will begin anew.
    var foreground: Program? { programs.first { $0.isForeground && ($0.isPending || isToRestart) } }

    func start() {
        if world.isEnded { return }
        let kernel = makeKernel()
        self.kernel = kernel
        isToRestart = false
        for program in programs { program.start(kernel) }
    }

    func stop() {
        guard let kernel = kernel.take() else { return }
        stops += 1
        world.note(.crash(host: number))
        store.crash()
        kernel.end()
        for program in programs { program.crash() }
    }

    /// The way to another host, or to itself.
    func path(to other: SimulatedHost) -> Path {
        if let path = paths[other.number] { return path }
        let conditions =
            other === self ? LinkConditions(latency: .fixed(world.options.loopbackLatency)) : world.options.conditions
        let path = Path(world, from: self, to: other, conditions)
        paths[other.number] = path
        return path
    }

    /// The faults have changed.
    func applyFaults() {
        for number in paths.keys.sorted() { paths[number]?.applyFaults() }
    }

    /// The simulation has ended.
    func tearDown() {
        stop()
        programs = []
    }

    /// All has ended, and no packet is on its way any more.
    func letGo() {
        paths = [:]
        store.letGo()
    }
}
