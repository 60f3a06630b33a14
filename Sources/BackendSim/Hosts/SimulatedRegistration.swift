internal import SocketModel

/// A descriptor's place with its host's executor: what waits for its socket.
///
/// Sendable without check: only the thread that carries the simulation on touches it; others leave mail.
@safe final class SimulatedRegistration: Registration, @unchecked Sendable {
    let kernel: HostKernel
    let socket: SimulatedSocket
    private var world: World { kernel.world }

    /// A plain receive that nobody waits before, as nearly all are.
    @safe @exclusivity(unchecked) private var plain: (any CompletionSink)?
    @safe @exclusivity(unchecked) private var plainCall = PlainCall()
    /// Whether it is out, being tried.
    @safe @exclusivity(unchecked) private var isTryingPlain = false
    @safe @exclusivity(unchecked) private var reading: [WaitingCall] = []
    @safe @exclusivity(unchecked) private var writing: [WaitingCall] = []
    @safe @exclusivity(unchecked) private var polling: [WaitingCall] = []
    private var isCancelled = false
    private var isPostponed = false

    /// What else there is to be known of it.
    private struct PlainCall: BitwiseCopyable {
        var maximum = 0
        var token = Token(slot: 0, generation: 0)
        var since: Int64 = 0
    }

    init(_ kernel: HostKernel, _ socket: SimulatedSocket) {
        self.kernel = kernel
        self.socket = socket
    }

    var executor: any NetworkExecutor { kernel }
    var isCurrent: Bool { kernel.isRunningJob }
    func run(_ job: UnownedJob) { kernel.run(job) }

    private var hasReaders: Bool { plain != nil || isTryingPlain || !reading.isEmpty }

    // MARK: Trying

    func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion? {
        if world.isInside { return unsafe attemptInside(operation, memory) }
        let copy = Operation(operation.action, on: operation.socket, deadline: operation.deadline)
        let result = world.enter { unsafe attemptInside(copy, memory) }
        return result ?? .failure(world.escaped(copy.name))
    }

    private func attemptInside(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion? {
        if kernel.isCrashed { return .failure(Failure(.hostCrashed)) }
        guard kernel.takeTurn(), !isHeldUp(operation.action) else { return nil }
        return unsafe kernel.attempt(operation, memory)
    }

    /// Whether others wait for the same, longer.
    private func isHeldUp(_ action: borrowing Operation.Action) -> Bool {
        switch action {
        case .receive, .receiveMessage, .receiveBatch, .accept: hasReaders
        case .send, .sendMessage, .sendBatch, .sendFile: !writing.isEmpty
        default: false
        }
    }

    func attemptReceive(on handle: SocketHandle, lending maximum: Int) -> PlainAttempt<Chunk> {
        guard world.isInside else {
            return unsafe PlainAttempt(
                receive: attempt(Operation(.receive([]), on: handle), memory: .lent(maximum: maximum)))
        }
        if kernel.isCrashed { return .failed(Failure(.hostCrashed)) }
        guard kernel.takeTurn(), !hasReaders else { return .waiting }
        return receive(maximum)
    }

    private func receive(_ maximum: Int) -> PlainAttempt<Chunk> {
        do throws(Errno) {
            guard let (bytes, _) = try kernel.lend(socket, maximum, [], nil) else { return .waiting }
            return .done(bytes)
        } catch {
            return .failed(Failure(errno: error))
        }
    }

    func attemptSend(_ bytes: UnsafeRawBufferPointer, on handle: SocketHandle) -> PlainAttempt<Int> {
        unsafe attemptSend(bytes, .send([]), nil, on: handle)
    }

    func attemptSend(
        _ bytes: UnsafeRawBufferPointer, to address: SocketAddress, on handle: SocketHandle
    ) -> PlainAttempt<Int> {
        unsafe attemptSend(
            bytes, .sendMessage(to: address, control: [], []), SendHeader(address: address), on: handle)
    }

    /// Sends without more ado inside, and by the operation from outside.
    @inline(__always)
    private func attemptSend(
        _ bytes: UnsafeRawBufferPointer, _ action: @autoclosure () -> Operation.Action, _ header: SendHeader?,
        on handle: SocketHandle
    ) -> PlainAttempt<Int> {
        guard world.isInside else {
            let memory = unsafe OperationMemory.one(UnsafeMutableRawBufferPointer(mutating: bytes))
            return unsafe PlainAttempt(send: attempt(Operation(action(), on: handle), memory: memory))
        }
        if kernel.isCrashed { return .failed(Failure(.hostCrashed)) }
        guard kernel.takeTurn(), writing.isEmpty else { return .waiting }
        do throws(Errno) {
            guard let count = try unsafe kernel.send(socket, bytes, header, []) else { return .waiting }
            return .done(count)
        } catch {
            return .failed(Failure(errno: error))
        }
    }

    // MARK: Waiting

    func startReceive(
        on handle: SocketHandle, lending maximum: Int, token: Token, completing sink: any CompletionSink
    ) {
        if world.isInside, !hasReaders, !isCancelled, !kernel.isCrashed {
            plainCall = PlainCall(maximum: maximum, token: token, since: world.now)
            plain = sink
            if kernel.isTurnOver { postpone() }
        } else {
            unsafe start(
                Operation(.receive([]), on: handle), token: token, memory: .lent(maximum: maximum), completing: sink)
        }
    }

    func start(_ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink) {
        let call = unsafe WaitingCall(operation, memory, token, sink, self)
        if world.enter({ begin(call) }) == nil {
            world.post(.perform { [self] in begin(call) })
            _ = world.escaped(operation.name)
        }
    }

    private func begin(_ call: WaitingCall) {
        if kernel.isCrashed { return call.complete(.failure(Failure(.hostCrashed))) }
        if isCancelled { return call.complete(.failure(Failure(.cancelled))) }
        let isNext = !isHeldUp(call.operation.action)
        if !kernel.isTurnOver, isNext, let completion = unsafe kernel.attempt(call.operation, call.memory) {
            return call.complete(completion)
        }
        if call.operation.deadline != .distantFuture {
            world.events.insert(call, at: max(world.now, kernel.moment(of: call.operation.deadline).nanoseconds))
        }
        switch call.operation.action.awaits {
        case .reading: reading.append(call)
        case .writing: writing.append(call)
        case .polling: polling.append(call)
        }
        if kernel.isTurnOver { postpone() }
    }

    /// It is others' turn: what waits is tried when they have had it.
    func postpone() {
        if isPostponed { return }
        isPostponed = true
        world.ready.append(.place(self))
    }

    /// The others have had their turn.
    func retry() {
        isPostponed = false
        advance([.readable, .writable])
    }

    /// The socket has changed: what has become possible is done.
    func advance(_ events: PollEvents) {
        if kernel.isHeld { return postpone() }
        if !events.isDisjoint(with: [.readable, .hangUp, .error]) {
            if let sink = plain.take() { advance(consume sink) }
            if plain == nil, !isTryingPlain, !reading.isEmpty { advance(.reading) }
        }
        if !writing.isEmpty, !events.isDisjoint(with: [.writable, .hangUp, .error]) { advance(.writing) }
        if !polling.isEmpty { advancePolls() }
    }

    private func advance(_ sink: consuming any CompletionSink) {
        isTryingPlain = true
        let attempt = receive(plainCall.maximum)
        isTryingPlain = false
        switch consume attempt {
        case .waiting: plain = sink
        case .done(let chunk): sink.receive(chunk, token: plainCall.token)
        case .failed(let failure): sink.complete(Completion(.failure(failure), token: plainCall.token))
        }
    }

    /// First come, first served.
    private func advance(_ queue: Queue) {
        var done: [(WaitingCall, Completion)] = []
        // A call that fails may change the socket, which tells of it before the call is out of the list: it is not made twice.
        while let call = self[queue].first, !call.isBeingTried {
            call.isBeingTried = true
            defer { call.isBeingTried = false }
            guard let completion = unsafe kernel.attempt(call.operation, call.memory) else { break }
            // Whoever was told meanwhile may have ended it.
            guard self[queue].first === call else { break }
            self[queue].removeFirst()
            done.append((call, completion))
        }
        for (call, completion) in done { kernel.finish(call, completion) }
    }

    private enum Queue { case reading, writing }

    private subscript(queue: Queue) -> [WaitingCall] {
        _read {
            switch queue {
            case .reading: yield reading
            case .writing: yield writing
            }
        }
        _modify {
            switch queue {
            case .reading: yield &reading
            case .writing: yield &writing
            }
        }
    }

    private func advancePolls() {
        for call in polling {
            guard let completion = unsafe kernel.attempt(call.operation, call.memory),
                polling.contains(where: { $0 === call })
            else { continue }
            polling.removeAll { $0 === call }
            kernel.finish(call, completion)
        }
    }

    // MARK: Ending

    func cancel(_ token: Token) {
        let cancel = { [self] in end(token, Failure(.cancelled)) }
        world.perform(cancel)
    }

    func cancelAll() {
        let cancel = { [self] in
            isCancelled = true
            endAll(Failure(.cancelled))
        }
        world.perform(cancel)
    }

    /// Ends a call that waits, if it does.
    func end(_ token: Token, _ failure: Failure) {
        if plainCall.token == token, let sink = plain.take() {
            return sink.complete(Completion(.failure(failure), token: token))
        }
        guard let call = remove(token, &reading) ?? remove(token, &writing) ?? remove(token, &polling) else { return }
        kernel.finish(call, .failure(failure))
    }

    private func remove(_ token: Token, _ calls: inout [WaitingCall]) -> WaitingCall? {
        calls.firstIndex { $0.token == token }.map { calls.remove(at: $0) }
    }

    /// Ends all calls that wait.
    func endAll(_ failure: Failure) {
        let tokens = waitingOperations.map(\.token)
        for token in tokens { end(token, failure) }
    }

    func end() {
        let leave = { [self] in socket.places.removeAll { $0 === self } }
        world.perform(leave)
    }

    /// What waits here, for people too.
    var waitingOperations: [(name: OperationName, token: Token, since: Int64)] {
        let first = plain == nil ? [] : [(OperationName.receive, plainCall.token, plainCall.since)]
        return first + (reading + writing + polling).map { ($0.operation.name, $0.token, $0.since) }
    }
}

extension HostKernel {
    /// Notes a call of the running task; false when its turn is over.
    @inline(__always)
    func takeTurn() -> Bool {
        world.countStep()
        turn -= 1
        return turn >= 0
    }

    /// Whether the running task's turn is over.
    var isTurnOver: Bool { turn < 0 }

    /// Tells whoever has started the operation.
    func finish(_ call: WaitingCall, _ completion: consuming Completion) {
        world.events.remove(call)
        call.complete(completion)
    }
}
