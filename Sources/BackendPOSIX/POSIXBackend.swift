public import SocketModel
internal import Synchronization

/// Executes operations with blocking system calls of this process's kernel.
///
/// Every descriptor it opens is close-on-exec and non-blocking; a call tries first, and where the kernel would block it parks in
/// `ppoll(2)` on the socket and a wake-up descriptor, so that closing a socket wakes its callers without shutting the connection down.
/// ``start(_:token:memory:completing:)`` is refused: awaited operations need a reactor, which this backend does not have yet.
public final class POSIXBackend: Backend {
    let parking: ParkingLot
    /// The descriptors taken over that came in blocking mode, to be given back so.
    let adoptedBlocking = Mutex<Set<Int32>>([])

    /// Makes a backend; several in one process do not know of each other.
    ///
    /// - Throws: ``Failure`` with ``SocketError/Code/tooManyDescriptors`` when the process has none left: one is held to wake callers.
    public init() throws(Failure) {
        guard let parking = ParkingLot() else { throw .lastErrno }
        self.parking = parking
    }

    public var name: String { "posix" }

    public func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        // The two that matter most pass by the jump table: after a system call the processor has forgotten where it leads.
        if case .receive(let flags) = operation.action {
            return unsafe receive(operation.socket.rawValue, memory, flags, operation.deadline)
        }
        if case .send(let flags) = operation.action {
            return unsafe send(operation.socket.rawValue, memory, flags, operation.deadline)
        }
        return unsafe dispatch(operation, memory)
    }

    @inline(never)
    private func dispatch(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion {
        let descriptor = operation.socket.rawValue
        let deadline = operation.deadline
        switch operation.action {
        case .send(let flags): return unsafe send(descriptor, memory, flags, deadline)
        case .receive(let flags): return unsafe receive(descriptor, memory, flags, deadline)
        case .sendMessage(let address, let control, let flags):
            return unsafe sendMessage(descriptor, memory, to: address, control, flags, deadline)
        case .receiveMessage(let capacity, let flags):
            return unsafe receiveMessage(descriptor, memory, controlCapacity: capacity, flags, deadline)
        case .sendBatch(let headers, let flags): return unsafe sendBatch(descriptor, memory, headers, flags, deadline)
        case .receiveBatch(let capacity, let flags):
            return unsafe receiveBatch(descriptor, memory, controlCapacity: capacity, flags, deadline)
        case .sendFile(let file, let offset, let count):
            return sendFile(descriptor, file: file, offset: offset, count: count, deadline)
        case .poll(let entries): return poll(entries, deadline)
        case .accept: return accept(descriptor, deadline)
        case .connect(let address): return connect(descriptor, address, deadline)
        case .open, .openPair, .adopt, .detach, .duplicate, .close, .descriptor:
            return manage(descriptor, operation.action)
        case .bind, .listen, .localAddress, .peerAddress, .shutdown, .getOption, .setOption:
            return configure(descriptor, operation.action)
        }
    }

    public func start(
        _ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink
    ) throws(Failure) {
        throw Failure(.unsupported, detail: "the posix backend has no awaited operations yet; use the blocking form")
    }

    public func cancel(_ target: CancellationTarget) {
        if case .socket(let handle) = target { parking.cancel(handle.rawValue) }
    }

    public var now: NetworkInstant { SystemClock.now }

    public func sleep(until instant: NetworkInstant) { SystemClock.sleep(until: instant) }

    public func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer { try SystemNames.answer(query) }

    public func fillRandom(_ memory: UnsafeMutableRawBufferPointer) { unsafe SystemRandom.fill(memory) }

    public func spawn(
        named name: String, _ body: @escaping @Sendable () -> Void
    ) throws(Failure) -> any Latch { try Thread.start(name, body) }

    public func makeLatch() -> any Latch { ThreadLatch() }
}
