public import SocketModel
internal import SystemSockets

/// Executes operations with system calls of this process's kernel: blocking, or awaited through readiness reactors.
///
/// Every descriptor it opens is close-on-exec and non-blocking; a call tries first, and where the kernel would block it parks in
/// `ppoll(2)` on the socket and a wake-up descriptor, so that closing a socket wakes its callers without shutting the connection down.
/// Awaited operations are tried first too, and wait with the reactor that owns their socket: a thread on `epoll(7)`, or `kqueue(2)`.
public final class POSIXBackend: Backend {
    let calls: SystemCalls
    private let parking: ParkingLot
    private let reactors: ExecutorPool
    private let names = NamePool()

    /// Makes a backend; several in one process do not know of each other.
    ///
    /// - Parameter threads: How many reactors share the sockets, 1...1024; their threads start when something is awaited first.
    /// - Throws: ``Failure`` with ``SocketError/Code/tooManyDescriptors`` when the process has none left: one is held to wake callers;
    ///   with ``SocketError/Code/invalidArgument`` for a number of threads out of bounds.
    public init(threads: Int = 1) throws(Failure) {
        parking = try ParkingLot()
        let calls = SystemCalls(.nonBlocking, waiter: parking)
        self.calls = calls
        reactors = try ExecutorPool(threads) { () throws(Failure) in try Reactor(calls) }
    }

    /// Its name, "posix".
    public var name: String { "posix" }

    /// Carries out an operation with system calls, parking the calling thread where the kernel would block.
    public func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        unsafe calls.execute(operation, memory: memory)
    }

    /// Wakes the threads that wait for a socket, and refuses those to come.
    public func cancel(_ socket: SocketHandle) { parking.cancel(socket.rawValue) }

    /// `getpeername(2)`, or `SO_PEERNAME` of a connection that has ended.
    public func formerPeer(of socket: SocketHandle) -> SocketAddress? { calls.formerPeer(socket.rawValue) }

    /// Registers a socket with the reactor whose thread calls, else with one in turn.
    ///
    /// - Throws: ``Failure`` when the reactors cannot be started for want of descriptors or threads.
    public func register(_ socket: SocketHandle) throws(Failure) -> any Registration {
        POSIXRegistration(socket.rawValue, try reactors.next())
    }

    /// The reactors.
    ///
    /// - Throws: ``Failure`` when they cannot be started for want of descriptors or threads.
    public func executors() throws(Failure) -> [any NetworkExecutor] { try reactors.all() }

    /// Starts the executors with the calling thread as the first one's.
    ///
    /// - Throws: ``Failure`` as ``executors()``, and with ``SocketError/Code/blockingOnExecutor`` on an executor's thread.
    public func borrowThread() throws(Failure) -> (any BorrowedThread)? { try reactors.borrowThread() }

    /// Whether the calling thread is a reactor's, of this backend or of another.
    public var isOnExecutor: Bool { ExecutorThread.isAnyCurrent }

    /// Asks the C library on one of a few threads of its own: it has no other way.
    public func startResolving(
        _ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void
    ) { names.start(query, completion) }

    /// `CLOCK_MONOTONIC`.
    public var now: NetworkInstant { SystemClock.now }

    /// Asks the C library, by its thread-safe functions.
    ///
    /// - Throws: ``Failure`` with the C library's error as its cause; with ``SocketError/Code/blockingOnExecutor`` on a reactor's thread,
    ///   for what the C library might have to wait for.
    public func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
        if query.mayWait, ExecutorThread.isAnyCurrent { throw Failure(.blockingOnExecutor) }
        return try SystemNames.answer(query)
    }

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
