/// A backend that hands every operation on to another: implement only what it changes on the way.
///
/// It knows nothing of the backend it wraps, so it works over all of them.
public protocol BackendWrapper: Backend {
    /// The wrapped backend.
    var base: any Backend { get }
}

extension BackendWrapper {
    /// The wrapped backend's name.
    public var name: String { base.name }

    /// Whether the wrapped backend is.
    public var isSimulated: Bool { base.isSimulated }

    /// The wrapped backend's present.
    public var now: NetworkInstant { base.now }

    /// Executes the operation on the wrapped backend.
    public func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        unsafe base.execute(operation, memory: memory)
    }

    /// Hands the cancel on.
    public func cancel(_ socket: SocketHandle) { base.cancel(socket) }

    /// Asks the wrapped backend.
    public func formerPeer(of socket: SocketHandle) -> SocketAddress? { base.formerPeer(of: socket) }

    /// Registers the socket with the wrapped backend.
    ///
    /// - Throws: ``Failure`` as the wrapped backend does.
    public func register(_ socket: SocketHandle) throws(Failure) -> any Registration { try base.register(socket) }

    /// The wrapped backend's executors.
    ///
    /// - Throws: ``Failure`` as the wrapped backend does.
    public func executors() throws(Failure) -> [any NetworkExecutor] { try base.executors() }

    /// Has the wrapped backend borrow the calling thread.
    ///
    /// - Throws: ``Failure`` as the wrapped backend does.
    public func borrowThread() throws(Failure) -> (any BorrowedThread)? { try base.borrowThread() }

    /// Whether the calling thread is an executor's of the wrapped backend.
    public var isOnExecutor: Bool { base.isOnExecutor }

    /// What calls of a cancelled task fail with, as the wrapped backend says.
    public var cancellation: Failure { base.cancellation }

    /// Asks the wrapped backend.
    public func startResolving(
        _ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void
    ) { base.startResolving(query, completion: completion) }

    /// Asks the wrapped backend.
    ///
    /// - Throws: ``Failure`` as the wrapped backend does.
    public func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer { try base.resolve(query) }

    /// Fills memory with the wrapped backend's random bytes.
    public func fillRandom(_ memory: UnsafeMutableRawBufferPointer) { unsafe base.fillRandom(memory) }

    /// Starts a thread on the wrapped backend.
    ///
    /// - Throws: ``Failure`` when the system has no thread to give.
    public func spawn(
        named name: String, _ body: @escaping @Sendable () -> Void
    ) throws(Failure) -> any Latch { try base.spawn(named: name, body) }

    /// A latch of the wrapped backend.
    public func makeLatch() -> any Latch { base.makeLatch() }
}
