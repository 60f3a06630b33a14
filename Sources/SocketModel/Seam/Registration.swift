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

    /// Asks a started operation to end early: it still completes, with ``SocketError/Code/cancelled`` unless it was done before; only
    /// then is its memory free. A token whose operation has completed is nobody's any more, and nothing happens.
    func cancel(_ token: Token)

    /// Asks all started operations to end early, those to come too.
    func cancelAll()

    /// Gives the place up, before the socket's `close` or `detach`; no operation may be in flight.
    func end()
}
