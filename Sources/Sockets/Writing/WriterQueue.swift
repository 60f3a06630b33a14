internal import Locks
internal import SocketModel

/// What a writer has queued, and the sending of it, which goes from completion to completion: no task waits in between.
///
/// An operation in flight holds it, so its memory lives at least as long. While one is, or a thread tries to send, the socket has one
/// visitor more: closing it ends the operation, and waits for that.
final class WriterQueue: CompletionSink {
    let socket: Socket
    private let state: Lock<WriterState>

    /// So many sends are tried in a row before others have their turn.
    private static let longestRun = 8

    init(_ socket: Socket, capacity: Int) {
        self.socket = socket
        state = Lock(WriterState(capacity: capacity))
    }

    deinit { state.withLock { $0.free() } }

    var count: Int { state.withLock { $0.bytes.count } }

    /// Sends at once what goes at once, if nobody does it already, and gives up the rest: nobody waits for it any more.
    func abandon() {
        let (token, step) = state.withLock { $0.abandon() }
        if let token { socket.awaiting?.registration.cancel(token) }
        take(step)
    }
}

// MARK: What calls do

extension WriterQueue {
    /// Queues a copy of bytes if there is room for all of them; false, and nothing has happened, if not.
    func accept(_ run: UnsafeRawBufferPointer) throws(SocketError) -> Bool {
        try accept(run.count) { unsafe $0.append(run) }
    }

    /// Queues bytes if there is room for all of them, long ones without a copy; false, and nothing has happened, if not.
    func accept(_ chunk: Chunk) throws(SocketError) -> Bool {
        try accept(chunk.count) { $0.append(chunk, 0..<chunk.count) }
    }

    private func accept(_ count: Int, _ append: (inout WriterBytes) -> Void) throws(SocketError) -> Bool {
        let isClosed = socket.usage.isClosed
        let (isAccepted, step) = try state.withLock { state throws(SocketError) in
            try state.check(.write, isClosed: isClosed)
            let isAccepted = state.accept(count, append)
            return (isAccepted, isAccepted ? state.stepAfterQueueing() : .nothing)
        }
        take(step)
        return isAccepted
    }

    /// What a flush has to wait for, after what can be sent at once has been; nil for nothing.
    func flushed(_ operation: OperationName) throws(SocketError) -> WriterWait.Purpose? {
        let isClosed = socket.usage.isClosed
        let purpose = try state.withLock { state throws(SocketError) in
            try state.check(operation, isClosed: isClosed)
            return state.everythingQueued
        }
        return try driven(to: purpose)
    }

    /// Lets no write in any more. What the end has to wait for, after what can be sent at once has been; nil for nothing.
    func shutDown() throws(SocketError) -> WriterWait.Purpose? {
        let isClosed = socket.usage.isClosed
        try state.withLock { state throws(SocketError) in
            try state.check(.shutdown, isClosed: isClosed)
            _ = state.end(.shutDown)
        }
        return try driven(to: .emptiness)
    }

    /// Lets no call in any more; false when it was closed before.
    ///
    /// - Throws: The error of an earlier send, when it was closed before.
    func beginClosing() throws(SocketError) -> Bool {
        try state.withLock { state throws(SocketError) in
            if state.end(.closed) { return true }
            if let failure = state.failure { throw failure }
            return false
        }
    }

    /// What is told of a close that did not send all in time, once the socket is closed; nil when all has been sent nevertheless.
    func endedEarly(_ error: SocketError) -> SocketError? { state.withLock { $0.endedEarly(error) } }

    /// Sends at once what goes at once, if nobody does it already; nil when nothing is left to wait for.
    func driven(to purpose: WriterWait.Purpose) throws(SocketError) -> WriterWait.Purpose? {
        take(state.withLock { $0.isReached(purpose) ? .nothing : $0.beginDriving() })
        return try state.withLock { state throws(SocketError) in
            if let failure = state.failure { throw failure }
            return state.isReached(purpose) ? nil : purpose
        }
    }

    /// Lets a call wait, and makes sure that there is something to wait for. Whether it has to.
    func join(_ wait: WriterWait) -> Bool {
        let (woken, step) = state.withLock { state in
            (state.join(wait), wait.outcome == nil ? state.beginDriving() : state.stepAfterQueueing())
        }
        for other in woken { other.wake() }
        take(step)
        return state.withLock { _ in wait.outcome == nil }
    }

    /// Lets a call wait no longer, which has come to its end, or fails as said: what was done before counts.
    func leave(_ wait: WriterWait, _ failure: Failure?, _ operation: OperationName) throws(SocketError) {
        let (outcome, count, woken, step) = state.withLock { state in
            let outcome = state.leave(wait)
            return (outcome, state.bytes.count, state.admit(), state.stepAfterQueueing())
        }
        for other in woken { other.wake() }
        take(step)
        if let outcome { return try outcome.get() }
        let error = SocketError(failure ?? Failure(.other), operation)
        if case .room = wait.purpose { throw error.after(wait) }
        throw operation == .close ? error : error.leaving(count)
    }
}

extension SocketError {
    /// This error, saying how many bytes are still to be sent after it.
    fileprivate func leaving(_ count: Int) -> SocketError {
        var error = self
        error.detail = "\(count) bytes are still queued"
        return error
    }
}

// MARK: Sending

extension WriterQueue {
    private func take(_ step: WriterState.Step) {
        switch step {
        case .nothing: break
        case .drive: drive()
        case .awaitTurn: awaitTurn()
        }
    }

    /// Sends until nothing is left or has to wait. Nobody else does meanwhile.
    private func drive() {
        var tries = 0
        while true {
            let (memory, isLast) = unsafe state.withLock { unsafe ($0.nextBytes(), $0.isAbandoned) }
            guard let memory = unsafe memory, unsafe isLast ? sendLast(memory) : send(memory) else { return }
            tries += 1
            // Nothing is added to an abandoned queue: that comes to its end.
            if tries >= Self.longestRun, !isLast { return take(state.withLock { $0.pause() }) }
        }
    }

    /// Tries to send what may not wait any more.
    private func sendLast(_ memory: OperationMemory) -> Bool {
        guard socket.usage.enter() else { return settle(.failure(SocketError(.closed, .send))) }
        let operation = unsafe Operation(memory.sending, on: socket.handle, deadline: .distantPast)
        return conclude(unsafe socket.backend.execute(operation, memory: memory))
    }

    /// Tries to send, and starts an operation if that would have to wait; false when its completion will go on.
    private func send(_ memory: OperationMemory) -> Bool {
        guard socket.usage.enter() else { return settle(.failure(SocketError(.closed, .send))) }
        let operation = unsafe Operation(memory.sending, on: socket.handle)
        do throws(Failure) {
            let awaiting = try socket.registered()
            if let completion = unsafe awaiting.registration.attempt(operation, memory: memory) {
                return conclude(completion)
            }
            return unsafe start(operation, memory, awaiting)
        } catch {
            return conclude(.failure(error))
        }
    }

    /// Starts an operation; false when its completion will go on, true when it has come already.
    private func start(_ operation: Operation, _ memory: OperationMemory, _ awaiting: SocketAwaiting) -> Bool {
        let token = state.withLock { $0.start { awaiting.nextToken() } }
        unsafe awaiting.registration.start(operation, token: token, memory: memory, completing: self)
        let (goesOn, isAbandoned) = state.withLock { ($0.hasStarted(), $0.isAbandoned) }
        // Who abandoned the writer before has found no operation to cancel.
        if isAbandoned, !goesOn { awaiting.registration.cancel(token) }
        return goesOn
    }

    func complete(_ completion: consuming Completion) {
        if conclude(completion) { drive() }
    }

    /// Leaves the socket, which is done with the bytes; whether the caller is the driver now.
    private func conclude(_ completion: Completion) -> Bool {
        let action = Operation.Action.send([])
        let result: Result<Int, SocketError> =
            switch completion.outcome {
            case .count(let count): .success(count)
            case .failure(let failure): .failure(socket.explain(failure, action, nil))
            default: .failure(.unexpected(action.name))
            }
        // Whoever has seen everybody leave knows what has come of it, and whoever is woken finds nobody inside.
        return settle(result) { socket.usage.leave() }
    }

    private func settle(_ result: Result<Int, SocketError>, _ leave: () -> Void = {}) -> Bool {
        let (woken, goesOn) = state.withLock { $0.settle(result) }
        leave()
        for wait in woken { wait.wake() }
        return goesOn
    }
}

extension OperationMemory {
    /// What sends a stream's bytes: several runs go out as the parts of a message.
    fileprivate var sending: Operation.Action {
        if case .several = unsafe self { .sendMessage(to: nil, control: [], []) } else { .send([]) }
    }
}

// MARK: The end of the executor's turn

extension WriterQueue {
    /// Lets what runs on the executor now come to its end, so that whatever it writes goes out together.
    private func awaitTurn() {
        guard let awaiting = try? socket.registeredFromOutside() else { return turnHasEnded() }
        // A moment that has come, but not the very first: a timer started while others fire has its turn after them.
        let now = socket.backend.now
        _ = awaiting.registration.executor.startTimer(until: now, completing: WriterTurn(self))
    }

    fileprivate func turnHasEnded() { take(state.withLock { $0.turnHasEnded() }) }
}

/// The end of the executor's present turn, which a writer waits for; a writer that has gone has sent what it could, and is not kept.
private final class WriterTurn: CompletionSink {
    private weak let queue: WriterQueue?

    init(_ queue: WriterQueue) { self.queue = queue }

    func complete(_ completion: Completion) { queue?.turnHasEnded() }
}
