internal import SocketModel

/// A blocking call that waits, for one of several things and until a moment.
final class Parking: Event {
    private let world: World
    private let thread: SimulatedThread?
    /// What waits, and since when: for people.
    let operation: OperationName
    let since: Int64
    private(set) var isOver = false
    /// Whether its time has passed.
    private(set) var isLate = false

    private init(_ world: World, _ thread: SimulatedThread?, _ operation: OperationName) {
        self.world = world
        self.thread = thread
        self.operation = operation
        since = world.now
    }

    /// The thread that waits; nil for whoever made the simulation.
    var threadName: String? { thread?.name }

    /// Ends the wait.
    func end() {
        guard !isOver else { return }
        isOver = true
        world.events.remove(self)
        if let thread { world.ready.append(.thread(thread)) }
    }

    override consuming func occur() {
        isLate = true
        end()
    }

    /// Waits on behalf of whoever runs, until what `start` is given is told to end or `deadline` has come. One who has made the simulation
    /// and is not part of it carries it on meanwhile.
    ///
    /// - Returns: False when the time has passed.
    /// - Throws: ``Failure`` with ``SocketError/Code/blockingOnExecutor`` in a task; when nothing can happen any more that would end it.
    static func wait(
        in world: World, until deadline: NetworkInstant, _ operation: OperationName, on kernel: HostKernel? = nil,
        _ start: (Parking) -> Void
    ) throws(Failure) -> Bool {
        let parking: Parking
        switch world.current {
        case .job: throw Failure(.blockingOnExecutor)
        case .thread(let thread): parking = Parking(world, thread, operation)
        case .outside: parking = Parking(world, nil, operation)
        }
        start(parking)
        if deadline != .distantFuture, !parking.isOver {
            world.events.insert(parking, at: max(world.now, deadline.nanoseconds))
        }
        if let thread = parking.thread {
            thread.kernel.parkings.append(parking)
            thread.park()
            thread.kernel.parkings.removeAll { $0 === parking }
            if thread.kernel.isCrashed { throw Failure(.hostCrashed) }
        } else {
            try parking.carryOn()
        }
        return !parking.isLate
    }

    private func carryOn() throws(Failure) {
        while !isOver {
            guard !world.isLivelocked, world.step() else {
                isOver = true
                world.events.remove(self)
                throw .deadlock(in: world)
            }
        }
    }
}

extension Failure {
    /// Nothing will ever end the wait.
    fileprivate static func deadlock(in world: World) -> Failure {
        Failure(.other, detail: "nothing can happen any more in the simulation:\n" + world.netstat)
    }
}
