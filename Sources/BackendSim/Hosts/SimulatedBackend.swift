internal import SocketModel

/// A host's way to the simulated network, as programs have it: until the host crashes.
final class SimulatedBackend: Backend {
    let kernel: HostKernel

    init(_ kernel: HostKernel) { self.kernel = kernel }

    var name: String { "simulation" }

    var isSimulated: Bool { true }

    private var world: World { kernel.world }

    func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        if world.isInside { return unsafe kernel.execute(operation, memory) }
        let copy = Operation(operation.action, on: operation.socket, deadline: operation.deadline)
        return world.enter { unsafe kernel.execute(copy, memory) } ?? .failure(world.escaped(operation.name))
    }

    func cancel(_ socket: SocketHandle) {
        let cancel = { [kernel] in kernel.cancel(socket.rawValue) }
        world.perform(cancel)
    }

    func formerPeer(of socket: SocketHandle) -> SocketAddress? {
        let peer = world.enter { kernel.descriptors[socket.rawValue]?.socket.formerPeer }
        return peer ?? nil
    }

    func register(_ socket: SocketHandle) throws(Failure) -> any Registration {
        let result = world.enter { Result { () throws(Failure) in try kernel.register(socket.rawValue) } }
        guard let result else { throw world.escaped(.run) }
        return try result.get()
    }

    func executors() throws(Failure) -> [any NetworkExecutor] { [kernel] }

    var isOnExecutor: Bool {
        guard world.isInside, case .job = world.current else { return false }
        return true
    }

    func startResolving(_ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void) {
        let start = { [kernel] in kernel.startResolving(query, completion) }
        if world.enter(start) == nil { completion(.failure(world.escaped(query.operation))) }
    }

    var cancellation: Failure { kernel.isCrashed ? kernel.failLate() : Failure(.cancelled) }

    var now: NetworkInstant { kernel.now }

    func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
        let result = world.enter { Result { () throws(Failure) in try kernel.resolve(query) } }
        guard let result else { throw world.escaped(query.operation) }
        return try result.get()
    }

    func fillRandom(_ memory: UnsafeMutableRawBufferPointer) {
        let filled: Void? = world.enter {
            for index in memory.indices { unsafe memory[index] = UInt8(truncatingIfNeeded: kernel.random.next() >> 56) }
        }
        if filled == nil { _ = world.escaped("random") }
    }

    func spawn(named name: String, _ body: @escaping @Sendable () -> Void) throws(Failure) -> any Latch {
        let result = world.enter { Result { () throws(Failure) in try kernel.spawn(name, body) } }
        guard let result else { throw world.escaped(.spawn) }
        return try result.get()
    }

    func makeLatch() -> any Latch { SimulatedLatch(kernel) }
}

extension HostKernel {
    fileprivate func spawn(_ name: String, _ body: @escaping @Sendable () -> Void) throws(Failure) -> any Latch {
        if isCrashed { throw failLate() }
        return try SimulatedThread.start(name, self, body).ending
    }

    fileprivate func cancel(_ number: Int32) {
        guard let entry = descriptors[number] else { return }
        entry.isCancelled = true
        let parked = entry.parked
        entry.parked = []
        for parking in parked { parking.end() }
    }

    fileprivate func register(_ number: Int32) throws(Failure) -> SimulatedRegistration {
        if isCrashed { throw Failure(.hostCrashed) }
        guard let entry = descriptors[number] else { throw Failure(errno: .badFileDescriptor) }
        let registration = SimulatedRegistration(self, entry.socket)
        entry.socket.places.append(registration)
        return registration
    }
}
