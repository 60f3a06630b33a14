internal import CPOSIX
internal import SocketModel
internal import SystemSockets

/// A thread of which the simulation decides when it runs: a real one, that waits until it is handed the baton.
final class SimulatedThread: @unchecked Sendable {
    let name: String
    let kernel: HostKernel
    let baton = Baton()
    /// How many calls it has made since its host crashed.
    var lateCalls = 0
    /// Opens when it has ended.
    let ending: SimulatedLatch

    private init(_ name: String, _ kernel: HostKernel) {
        self.name = name
        self.kernel = kernel
        ending = SimulatedLatch(kernel)
    }

    /// Starts a thread of a host, which runs as soon as it is its turn.
    ///
    /// - Throws: ``Failure`` when the system has no thread to give.
    static func start(
        _ name: String, _ kernel: HostKernel, _ body: @escaping @Sendable () -> Void
    ) throws(Failure) -> SimulatedThread {
        let thread = SimulatedThread(name, kernel)
        let world = kernel.world
        _ = try Thread.start(name) { thread.run(body) }
        world.ready.append(.thread(thread))
        return thread
    }

    private func run(_ body: @Sendable () -> Void) {
        let world = kernel.world
        baton.take()
        unsafe cposix_enter_simulation(Unmanaged.passUnretained(world).toOpaque())
        body()
        ending.open()
        cposix_enter_simulation(nil)
        world.baton.give()
    }

    /// Hands the baton back and waits for it: somebody has to put this thread among those that are ready.
    func park() {
        kernel.world.baton.give()
        baton.take()
    }
}
