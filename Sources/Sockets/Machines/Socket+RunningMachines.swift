public import Layers
public import SocketModel

extension Socket {
    /// Has a machine work on this connection until it ends, straight from completions: the task is suspended once, and nothing else is.
    ///
    /// ```swift
    /// /// Sends a request, and keeps the answer.
    /// struct Fetch: StreamMachine {
    ///     var request: Chunk?
    ///     var answer: [UInt8] = []
    ///     private var isOver = false
    ///
    ///     init(_ request: Chunk) { self.request = request }
    ///
    ///     mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
    ///         switch input {
    ///         case .received(let bytes): answer += bytes
    ///         case .ended: isOver = true
    ///         }
    ///     }
    ///
    ///     mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
    ///         if let request = request.take() { return .send(request) }
    ///         return isOver ? .close : .wait(until: .distantFuture)
    ///     }
    /// }
    ///
    /// let answer = try await network.connect(to: "127.0.0.1", port: 80).run(Fetch("GET / HTTP/1.0\r\n\r\n")).answer
    /// ```
    ///
    /// The counterpart of ``serve(_:machine:)`` for a connection that one has: the same rules hold for the machine. A machine that has something to
    /// tell meanwhile is asked for it by a ``conversation(_:)``.
    ///
    /// - Parameters:
    ///   - machine: What works. It must not block: everybody on the executor would wait.
    ///   - handle: By which others may tell the machine something meanwhile.
    ///   - deadline: For all of it.
    /// - Returns: The machine as it was when it closed the connection.
    /// - Throws: ``SocketError`` when sending or receiving fails, with ``SocketError/Code/timedOut``, and with ``SocketError/Code/cancelled`` when the task
    ///   is; then the socket is closed. With ``SocketError/Code/unsupported`` for what is no stream, and with
    ///   ``SocketError/Code/invalidArgument`` for a handle that is another machine's already: nothing happens to the socket then.
    public func run<Machine: StreamMachine>(
        _ machine: Machine, handle: MachineHandle<Machine>? = nil, deadline: Deadline = .never
    ) async throws(SocketError) -> Machine where Machine.Event == Never {
        if let handle, !handle.mailbox.take() {
            throw SocketError(
                .invalidArgument, .receive, detail: "the handle is another machine's: a new one is needed")
        }
        let limit = deadline.instant { network.now }
        let executor: any NetworkExecutor
        do throws(SocketError) {
            executor = try machineExecutor()
        } catch {
            handle?.mailbox.end()
            throw error
        }
        let running = RunningMachine(machine, handle?.mailbox, self)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiting in
                executor.perform { running.begin(waiting, until: limit, on: executor) }
            }
        } onCancel: {
            executor.perform { running.cancel() }
        }
        return try result.get()
    }

    /// Where a machine works on this socket.
    private func machineExecutor() throws(SocketError) -> any NetworkExecutor {
        guard type == .stream else {
            throw SocketError(
                Failure(.unsupported, detail: "a machine works on a stream, not on a socket of type \(type)"), .receive)
        }
        guard let executor = try ownExecutor(.receive) else { throw SocketError(.closed, .receive) }
        return executor
    }
}
