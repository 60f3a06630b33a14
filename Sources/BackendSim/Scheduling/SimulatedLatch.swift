internal import SocketModel

/// A latch of a simulation: whoever waits for it waits in virtual time.
///
/// Sendable without check: only the thread that carries the simulation on touches its state; others leave mail.
final class SimulatedLatch: Latch, @unchecked Sendable {
    private let kernel: HostKernel
    private var world: World { kernel.world }
    private var isOpen = false
    private var waiting: [Parking] = []

    init(_ kernel: HostKernel) { self.kernel = kernel }

    func open() {
        if world.enter({ openInside() }) == nil { world.post(.perform { [self] in openInside() }) }
    }

    private func openInside() {
        isOpen = true
        for parking in waiting { parking.end() }
        waiting = []
    }

    func wait(until instant: NetworkInstant) throws(Failure) -> Bool {
        let result = world.enter { Result { () throws(Failure) in try waitInside(until: instant) } }
        guard let result else { throw world.escaped(.join) }
        return try result.get()
    }

    private func waitInside(until instant: NetworkInstant) throws(Failure) -> Bool {
        let moment = kernel.moment(of: instant)
        if isOpen { return true }
        if kernel.isCrashed { throw kernel.failLate() }
        // As the other backends: whoever may not wait is told so, though its time may have come.
        if instant != .distantPast, case .job = world.current { throw Failure(.blockingOnExecutor) }
        if moment.nanoseconds <= world.now { return false }
        _ = try Parking.wait(in: world, until: moment, .join) { waiting.append($0) }
        waiting.removeAll(where: \.isOver)
        return isOpen
    }
}
