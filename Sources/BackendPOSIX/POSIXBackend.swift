internal import Locks
public import SocketModel

/// Executes operations with blocking system calls of this process's kernel.
///
/// Every descriptor it opens is close-on-exec and non-blocking; a call tries first, and where the kernel would block it parks in
/// `ppoll(2)` on the socket and a wake-up descriptor, so that closing a socket wakes its callers without shutting the connection down.
/// ``start(_:token:memory:completing:)`` is refused: awaited operations need a reactor, which this backend does not have yet.
public final class POSIXBackend: Backend {
    let parking: ParkingLot
    /// The modes of descriptors taken over, to be given back so.
    let modes = Lock(SharedModes())

    /// Makes a backend; several in one process do not know of each other.
    ///
    /// - Throws: ``Failure`` with ``SocketError/Code/tooManyDescriptors`` when the process has none left: one is held to wake callers.
    public init() throws(Failure) { parking = try ParkingLot() }

    /// Its name, "posix".
    public var name: String { "posix" }

    /// Carries out an operation with system calls, parking the calling thread where the kernel would block.
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

    /// Refused: this backend has no awaited operations yet.
    ///
    /// - Throws: ``Failure`` with ``SocketError/Code/unsupported``, always.
    public func start(
        _ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink
    ) throws(Failure) {
        throw Failure(.unsupported, detail: "the posix backend has no awaited operations yet; use the blocking form")
    }

    /// Wakes the threads that wait for a socket, and refuses those to come. There are no started operations to cancel.
    public func cancel(_ target: CancellationTarget) {
        if case .socket(let handle) = target { parking.cancel(handle.rawValue) }
    }

    /// `CLOCK_MONOTONIC`.
    public var now: NetworkInstant { SystemClock.now }

    /// Parks the calling thread: `clock_nanosleep(2)`.
    public func sleep(until instant: NetworkInstant) { SystemClock.sleep(until: instant) }

    /// Asks the C library, by its thread-safe functions.
    ///
    /// - Throws: ``Failure`` with the C library's error as its cause.
    public func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer { try SystemNames.answer(query) }

    /// The kernel's random bytes: `getrandom(2)`.
    public func fillRandom(_ memory: UnsafeMutableRawBufferPointer) { unsafe SystemRandom.fill(memory) }

    /// Starts a detached thread with the default stack: `pthread_create(3)`.
    ///
    /// - Throws: ``Failure`` when the system has no thread to give.
    public func spawn(
        named name: String, _ body: @escaping @Sendable () -> Void
    ) throws(Failure) -> any Latch { try Thread.start(name, body) }

    /// A latch on a mutex and a condition variable.
    public func makeLatch() -> any Latch { ThreadLatch() }
}
