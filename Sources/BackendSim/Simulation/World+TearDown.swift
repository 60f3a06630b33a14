internal import SocketModel

// The end of a simulation.
extension World {
    /// How much may happen after the end: programs see that their calls fail, and end.
    private var lastSteps: Int { 100_000 + 1000 * hosts.count }

    /// Ends all programs, and lets go of everything.
    func tearDown() {
        if enter({ tearDownInside() }) == nil { post(.perform { [self] in tearDownInside() }) }
    }

    private func tearDownInside() {
        isEnded = true
        let steps = lastSteps
        for host in hosts { host.tearDown() }
        finish(steps)
        events = EventQueue()
        for host in hosts { host.letGo() }
        departures.kernel = nil
        // Hosts, packets and timers know the world, which would keep all of them for ever.
        hosts = []
        awaited = nil
        fabric = Fabric(seed: seed)
        ready.removeAll()
        names = NameTable()
        recorder = nil
    }

    /// A task has been resumed from outside: if the simulation has ended, nobody else will let it see that.
    func finishIfEnded() {
        if isEnded { finish(lastSteps) }
    }

    private func finish(_ steps: Int) {
        for _ in 0..<steps { guard step(until: now) else { return } }
    }
}
