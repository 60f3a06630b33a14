/// A socket's place with the executor that owns it, where its awaited operations are carried out; ``Backend/register(_:)`` makes it.
///
/// Every method may be called on any thread, and none blocks. On the executor's own thread nothing has to be handed over.
public protocol Registration: AnyObject, Sendable {
    /// The executor that owns the socket, for life.
    var executor: any NetworkExecutor { get }

    /// Carries the operation out if that needs no waiting; nil, and nothing has happened, if it does, or if the calling task has made so
    /// many calls in a row that it is others' turn on its executor. The deadline does not matter.
    func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion?

    /// Begins an operation and returns at once; completions follow on the executor's thread, the last one marked. One that cannot
    /// begin completes with its failure.
    ///
    /// Operations of one direction are carried out in the order they were started.
    ///
    /// - Parameter token: Unique among the operations this socket has in flight.
    func start(_ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink)

    /// As ``attempt(_:memory:)`` of a receive without flags into lent memory: what is there, empty at the end of a stream.
    func attemptReceive(on socket: SocketHandle, lending maximum: Int) -> PlainAttempt<Chunk>

    /// As ``attempt(_:memory:)`` of a send without flags: how many bytes were taken.
    func attemptSend(_ bytes: UnsafeRawBufferPointer, on socket: SocketHandle) -> PlainAttempt<Int>

    /// As ``attempt(_:memory:)`` of a message without flags and room for control messages, into lent memory, of a datagram socket.
    func attemptReceiveFrom(on socket: SocketHandle, lending maximum: Int) -> PlainAttempt<ReceivedDatagram>

    /// As ``attempt(_:memory:)`` of a message without flags and control messages, of a datagram socket: how many bytes were taken.
    func attemptSend(
        _ bytes: UnsafeRawBufferPointer, to address: SocketAddress, on socket: SocketHandle
    ) -> PlainAttempt<Int>

    /// As ``start(_:token:memory:completing:)`` of a receive without flags and deadline into lent memory; ends with
    /// ``CompletionSink/receive(_:token:)``, or a completion.
    func startReceive(
        on socket: SocketHandle, lending maximum: Int, token: Token, completing sink: any CompletionSink)

    /// Asks a started operation to end early: it still completes, with ``SocketError/Code/cancelled`` unless it was done before; only
    /// then is its memory free. A token whose operation has completed is nobody's any more, and nothing happens.
    func cancel(_ token: Token)

    /// Asks all started operations to end early, those to come too.
    func cancelAll()

    /// Stops receiving ahead of whoever asks, for good: somebody else is going to have the socket, too, or instead.
    ///
    /// - Parameter keep: Is given what has been received and not delivered, before any other call can look for more; the system keeps all that comes
    ///   afterwards. On whatever thread; not called when there is nothing.
    /// - Throws: ``Failure`` with ``SocketError/Code/blockingOnExecutor``, and nothing has happened, on another executor's thread.
    func settle(_ keep: @escaping @Sendable (Chunk) -> Void) throws(Failure)

    /// Whether the calling thread is the executor's.
    var isCurrent: Bool { get }

    /// Runs a task's next part on the executor's thread, and soon, but not before this returns.
    func run(_ job: UnownedJob)

    /// Gives the place up, before the socket's `close` or `detach`; no operation may be in flight.
    func end()
}

extension Registration {
    /// Nothing: who never receives ahead need not say more.
    public func settle(_ keep: @escaping @Sendable (Chunk) -> Void) {}

    /// Asks the executor.
    public var isCurrent: Bool { executor.isCurrent }

    /// Hands the job to the executor.
    public func run(_ job: UnownedJob) { executor.enqueue(job) }
}
