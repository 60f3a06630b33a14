/// An interpreter of operations: a kernel, by one means or another, or a simulation.
///
/// There are two ways in. ``execute(_:memory:)`` parks the calling thread until the operation is complete;
/// ``start(_:token:memory:completing:)`` returns at once and delivers completions to a sink. Both are shaped by completion, never by
/// readiness: whoever wants readiness asks for it with ``Operation/Action/poll(_:)``.
///
/// Rules every backend keeps, and its caller relies on:
/// - memory is not touched after the final completion, nor freed before it;
/// - descriptors are close-on-exec, `SIGPIPE` never reaches the program, `EINTR` is retried;
/// - a request it cannot honour fails with ``SocketError/Code/unsupported``; none is ignored.
public protocol Backend: AnyObject, Sendable {
    /// Its name, for people: "posix", "uring", "simulation".
    var name: String { get }

    /// Carries out an operation while the calling thread waits.
    func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion

    /// Begins an operation and returns at once; completions follow, the last one marked.
    ///
    /// - Throws: ``Failure`` when it cannot begin; then no completion follows.
    func start(
        _ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink
    ) throws(Failure)

    /// Asks operations to end early. They still complete, with ``SocketError/Code/cancelled`` unless they were done before; only
    /// then is their memory free.
    func cancel(_ target: CancellationTarget)

    /// The present, on the network's clock.
    var now: NetworkInstant { get }

    /// Parks the calling thread until then.
    func sleep(until instant: NetworkInstant)

    /// Answers a question about names; may park the calling thread.
    func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer

    /// Fills memory with random bytes: the system's, or the simulation's own.
    func fillRandom(_ memory: UnsafeMutableRawBufferPointer)

    /// Starts a thread that runs `body` once.
    ///
    /// - Returns: a latch that opens when `body` has returned.
    /// - Throws: ``Failure`` when the system has no thread to give.
    func spawn(named name: String, _ body: @escaping @Sendable () -> Void) throws(Failure) -> any Latch

    /// A new, shut latch: the one way a blocking thread may wait for another.
    func makeLatch() -> any Latch
}

/// What a cancel is aimed at.
public enum CancellationTarget: Hashable, Sendable {
    /// One started operation. A token whose operation has completed is nobody's any more, and nothing happens.
    case operation(Token)
    /// Every operation of a socket, executed or started, including those that come before its `close` or `detach`.
    case socket(SocketHandle)
}

/// A door that opens once and stays open.
public protocol Latch: AnyObject, Sendable {
    /// Opens it; again is harmless. Never blocks.
    func open()
    /// Parks the calling thread until it is open.
    func wait()
}
