/// An interpreter of operations: a kernel, by one means or another, or a simulation.
///
/// There are two ways in. ``execute(_:memory:)`` parks the calling thread until the operation is complete; an operation that is
/// started through the socket's ``Registration`` is carried out while nobody waits, and delivers completions to a sink. Both are shaped
/// by completion, never by readiness: whoever wants readiness asks for it with ``Operation/Action/poll(_:)``.
///
/// Rules every backend keeps, and its caller relies on:
/// - memory is not touched after the final completion, nor freed before it;
/// - descriptors are close-on-exec, `SIGPIPE` never reaches the program, `EINTR` is retried;
/// - a request it cannot honour fails with ``SocketError/Code/unsupported``; none is ignored;
/// - nothing parks an executor's thread: what would have to fails with ``SocketError/Code/blockingOnExecutor``.
public protocol Backend: AnyObject, Sendable {
    /// Its name, for people: "posix", "uring", "simulation".
    var name: String { get }

    /// Carries out an operation while the calling thread waits.
    func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion

    /// Asks the operations of a socket that were executed to end early, and those to come until its `close` or `detach`: they fail with
    /// ``SocketError/Code/cancelled`` unless they were done before.
    func cancel(_ socket: SocketHandle)

    /// The peer that a socket is connected to, or was before its connection broke, for errors to name; nil if there is none to be known.
    ///
    /// A look that nobody is told of: it is no operation, never waits, and takes no pending error away.
    func formerPeer(of socket: SocketHandle) -> SocketAddress?

    /// Registers a socket with the executor it belongs to from now on: the calling thread's, if that is one of this backend's, else one
    /// in turn. Once for each handle, whose `close` or `detach` comes after ``Registration/end()``.
    ///
    /// - Throws: ``Failure`` when the system lacks what an executor needs, and with ``SocketError/Code/unsupported`` when this backend
    ///   has no awaited operations.
    func register(_ socket: SocketHandle) throws(Failure) -> any Registration

    /// Whether time, randomness and the network itself are a simulation's: the same for the same seed.
    var isSimulated: Bool { get }

    /// The executors, as many as the backend has threads for awaited operations; they start with the first call.
    ///
    /// - Throws: ``Failure`` as ``register(_:)``.
    func executors() throws(Failure) -> [any NetworkExecutor]

    /// Starts the executors with the calling thread as the first one's, which then has to ``BorrowedThread/work()``: for who has made this
    /// backend, and shares it with nobody. Nil if the executors run already, and if all of them have threads of their own.
    ///
    /// - Throws: ``Failure`` as ``register(_:)``, and with ``SocketError/Code/blockingOnExecutor`` on an executor's thread.
    func borrowThread() throws(Failure) -> (any BorrowedThread)?

    /// Whether the calling thread is an executor's, where nothing may park.
    var isOnExecutor: Bool { get }

    /// Begins a name look-up and returns at once; `completion` is called once, on any thread.
    ///
    /// There is no way to end it early: who does not want the answer any more ignores it.
    func startResolving(
        _ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void)

    /// What calls of a cancelled task fail with: ``SocketError/Code/cancelled``, unless something worse has cancelled it.
    var cancellation: Failure { get }

    /// The present, on the network's clock.
    var now: NetworkInstant { get }

    /// Answers a question about names; may park the calling thread.
    ///
    /// - Throws: ``Failure``, with ``SocketError/Code/blockingOnExecutor`` on an executor's thread when ``NameQuery/mayWait``.
    func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer

    /// Fills memory with random bytes: the system's, or the simulation's own.
    func fillRandom(_ memory: UnsafeMutableRawBufferPointer)

    /// Starts a thread that runs `body` once.
    ///
    /// - Returns: a latch that opens when `body` has returned.
    /// - Throws: ``Failure`` when the system has no thread to give.
    func spawn(named name: String, _ body: @escaping @Sendable () -> Void) throws(Failure) -> any Latch

    /// A new, shut latch: the one way a blocking thread may wait for another, or for a moment of the network's clock.
    func makeLatch() -> any Latch
}

extension Backend {
    /// False: as for every kernel.
    public var isSimulated: Bool { false }

    /// Nil: errors name no peer.
    public func formerPeer(of socket: SocketHandle) -> SocketAddress? { nil }

    /// Nil: all executors have threads of their own.
    public func borrowThread() throws(Failure) -> (any BorrowedThread)? { nil }

    /// False: a backend without executors need not say more.
    public var isOnExecutor: Bool { false }

    /// Nothing worse.
    public var cancellation: Failure { Failure(.cancelled) }
}

/// A door that opens once and stays open.
public protocol Latch: AnyObject, Sendable {
    /// Opens it; again is harmless. Never blocks.
    func open()

    /// Parks the calling thread until it is open, at most until `instant` of the network's clock.
    ///
    /// - Returns: Whether it is open.
    /// - Throws: ``Failure`` with ``SocketError/Code/blockingOnExecutor`` on an executor's thread, if it would have to wait.
    func wait(until instant: NetworkInstant) throws(Failure) -> Bool
}

extension Latch {
    /// Parks the calling thread until it is open.
    ///
    /// - Throws: ``Failure`` as ``wait(until:)``.
    @inlinable public func wait() throws(Failure) { _ = try wait(until: .distantFuture) }
}
