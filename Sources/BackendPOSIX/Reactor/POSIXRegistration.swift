internal import CPOSIX
internal import SocketModel
internal import Synchronization

/// A socket's place with its reactor: what waits for it, and what is known of its readiness.
///
/// Sendable without check: what is constant or atomic any thread may read, all else is touched on the reactor's thread only.
@safe final class POSIXRegistration: Registration, @unchecked Sendable {
    let descriptor: Int32
    private let backend: POSIXBackend
    private let owner: ReactorExecutor
    private let reactor: Reactor
    /// What the poller was told; written on the reactor's thread, and read by ``end()``.
    private let interest = Atomic<UInt32>(0)

    private let own = ThreadBound(State())

    private struct State {
        /// A plain receive that nobody is waiting before, as nearly all are; the others queue behind it.
        var plainReceive: WaitingOperation?
        var reading = WaitingQueue()
        var writing = WaitingQueue()
        var polling = WaitingQueue()
        var isCancelled = false
        /// Nothing is there to receive, and an event will say so when there is: then asking the kernel first is for nothing.
        var isDrained = false
        /// Whether a receive of less than was asked for shows that nothing is left: so with TCP alone, and not beside urgent data or
        /// the end, which come without an event of their own. See also ``POSIXBackend/takesUrgentBytes``.
        var trustsShortReceives = false

        @inline(__always) var hasReaders: Bool {
            if case .none = plainReceive { !reading.isEmpty } else { true }
        }

        @inline(__always) mutating func appendReader(_ waiting: WaitingOperation) {
            if waiting.isPlainReceive && !hasReaders { plainReceive = waiting } else { reading.append(waiting) }
        }

        /// The operation of that token, which waits no more.
        mutating func remove(_ token: Token) -> WaitingOperation? {
            if plainReceive?.token == token { return plainReceive.take() }
            return reading.remove(token) ?? writing.remove(token) ?? polling.remove(token)
        }

        /// One after the other, all operations.
        mutating func removeAny() -> WaitingOperation? {
            plainReceive.take() ?? reading.removeFirst() ?? writing.removeFirst() ?? polling.removeFirst()
        }
    }

    init(_ descriptor: Int32, _ backend: POSIXBackend, _ owner: ReactorExecutor) {
        self.descriptor = descriptor
        self.backend = backend
        self.owner = owner
        reactor = owner.reactor
    }

    var executor: any NetworkExecutor { owner }

    func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion? {
        let isOwn = reactor.isCurrent
        guard isOwn ? reactor.takeTurn() : Reactor.takeTurnElsewhere() else { return nil }
        switch operation.action {
        case .receive(let flags):
            if isOwn, own.value.isDrained && flags.isEmpty || own.value.hasReaders { return nil }
            return unsafe receive(memory, flags, isOwn: isOwn)
        case .send(let flags):
            if isOwn, !own.value.writing.isEmpty { return nil }
            return unsafe send(memory, flags)
        default:
            if isOwn, operation.action.takesInput, own.value.hasReaders { return nil }
            return unsafe carryOut(operation, memory, isOwn: isOwn)
        }
    }

    func attemptReceive(on socket: SocketHandle, lending maximum: Int) -> PlainAttempt<Chunk> {
        guard reactor.isCurrent else { return attemptReceiveElsewhere(on: socket, lending: maximum) }
        guard reactor.takeTurn(), !own.value.isDrained, !own.value.hasReaders else { return .waiting }
        return receivePlainly(maximum)
    }

    func attemptSend(_ bytes: UnsafeRawBufferPointer, on socket: SocketHandle) -> PlainAttempt<Int> {
        let isOwn = reactor.isCurrent
        guard isOwn ? reactor.takeTurn() : Reactor.takeTurnElsewhere() else { return .waiting }
        if isOwn, !own.value.writing.isEmpty { return .waiting }
        return unsafe sendPlainly(bytes)
    }

    func startReceive(
        on socket: SocketHandle, lending maximum: Int, token: Token, completing sink: any CompletionSink
    ) {
        let waiting = WaitingOperation(receiving: maximum, token, sink)
        guard reactor.isCurrent else { return reactor.post(.start(self, waiting)) }
        if isWatchedForReading, !own.value.isCancelled, !reactor.isTurnOver {
            own.value.appendReader(waiting)
        } else {
            begin(waiting, afterAttempt: true)
        }
    }

    func start(_ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink) {
        let waiting = unsafe WaitingOperation(operation, memory, token, sink)
        guard reactor.isCurrent else { return reactor.post(.start(self, waiting)) }
        if waiting.isPlainReceive, isWatchedForReading, !own.value.isCancelled, !reactor.isTurnOver {
            own.value.appendReader(waiting)
        } else {
            begin(waiting, afterAttempt: waiting.wasAttempted)
        }
    }

    func cancel(_ token: Token) {
        if reactor.isCurrent, abandon(token, .cancelled) { return }
        // What another thread has started may still be in the mail: the cancel must not come before it.
        reactor.post(.cancel(self, token))
    }

    func cancelAll() {
        if reactor.isCurrent { abandonAll() } else { reactor.post(.cancelAll(self)) }
    }

    var isCurrent: Bool { reactor.isCurrent }

    func run(_ job: UnownedJob) { reactor.run(job) }

    func end() {
        guard interest.load(ordering: .relaxed) != 0 else { return }
        reactor.poller.remove(descriptor)
        if reactor.isCurrent { reactor.bury(self) } else { reactor.post(.end(self)) }
    }
}

// MARK: The queues

extension POSIXRegistration {
    private enum Direction {
        case reading, writing
        case polling(Poller.Events)

        init(_ action: Operation.Action) {
            switch action {
            case .send, .sendMessage, .sendBatch, .sendFile, .connect: self = .writing
            case .poll(let entries):
                let writes = entries.contains { $0.events.contains(.writable) }
                self = .polling(writes ? [.readable, .writable] : .readable)
            default: self = .reading
            }
        }

        var isPolling: Bool {
            if case .polling = self { true } else { false }
        }

        var events: Poller.Events {
            switch self {
            case .reading: .readable
            case .writing: .writable
            case .polling(let events): events
            }
        }
    }

    private subscript(direction: Direction) -> WaitingQueue {
        _read {
            switch direction {
            case .reading: yield own.value.reading
            case .writing: yield own.value.writing
            case .polling: yield own.value.polling
            }
        }
        _modify {
            switch direction {
            case .reading: yield &own.value.reading
            case .writing: yield &own.value.writing
            case .polling: yield &own.value.polling
            }
        }
    }
}

extension Operation.Action {
    /// Whether it takes something that another operation may be waiting for; receives are told apart before.
    fileprivate var takesInput: Bool {
        switch self {
        case .accept, .receiveMessage, .receiveBatch: true
        default: false
        }
    }

    /// The one peer it may have to wait for; nil if it may be several.
    fileprivate var peer: SocketAddress? {
        switch self {
        case .connect(let address): address
        case .sendMessage(let address, _, _): address
        default: nil
        }
    }

    /// Whether it may have to wait for a UNIX peer's queue, which the kernel does not report.
    fileprivate var waitsForUNIXPeer: Bool {
        switch self {
        case .connect(let address): address.family == .unix
        case .sendMessage(let address, _, _): address?.family == .unix
        case .sendBatch(let headers, _): headers.contains { $0.address?.family == .unix }
        default: false
        }
    }
}

// MARK: On the reactor's thread

extension POSIXRegistration {
    /// The registration that the poller knows by that tag.
    @inline(__always)
    @unsafe static func tagged(_ tag: UInt64) -> Unmanaged<POSIXRegistration> {
        unsafe .fromOpaque(UnsafeRawPointer(bitPattern: UInt(tag)).unsafelyUnwrapped)
    }

    /// The poller has let go of it.
    func release() { unsafe Unmanaged.passUnretained(self).release() }

    /// Lets an operation wait. If it was not attempted right before, on this thread, an event may have been missed: then it is now.
    /// A poll is, whatever came before: it may be one of several, which were tried together. When it is others' turn, nothing is tried
    /// before they have had it.
    func begin(_ waiting: WaitingOperation, afterAttempt: Bool) {
        guard !own.value.isCancelled else { return waiting.complete(.failure(Failure(.cancelled))) }
        let direction = Direction(waiting.operation.action)
        let isTurnOver = reactor.isTurnOver
        if !isTurnOver, !afterAttempt && isNext(direction) || direction.isPolling,
            let completion = unsafe carryOut(waiting.operation, waiting.memory, isOwn: true)
        {
            return waiting.complete(completion)
        }
        do throws(Failure) {
            try watch(direction.events)
        } catch {
            return waiting.complete(.failure(error))
        }
        startTimers(waiting)
        if case .reading = direction { own.value.appendReader(waiting) } else { self[direction].append(waiting) }
        if isTurnOver { reactor.postpone(self) }
    }

    /// Whether an operation of that direction would be the first.
    private func isNext(_ direction: Direction) -> Bool {
        if case .reading = direction { !own.value.hasReaders } else { self[direction].isEmpty }
    }

    private func startTimers(_ waiting: WaitingOperation) {
        let operation = waiting.operation
        if operation.deadline != .distantFuture {
            let timer = Timer(operation.deadline, .expire(self, waiting.token))
            reactor.timers.insert(timer)
            waiting.timers.deadline = timer
        }
        if operation.action.waitsForUNIXPeer {
            waiting.timers.retry = startRetry(waiting.token, after: POSIXBackend.shortestPause)
        }
    }

    /// Something has changed: whatever has become possible is done.
    @inline(__always)
    func advance(_ events: Poller.Events) {
        if events.contains(.priority) || events.contains(.hangUp) { own.value.trustsShortReceives = false }
        if !events.isDisjoint(with: [.readable, .hangUp, .priority]) {
            own.value.isDrained = false
            if receivePlainly() { advance(.reading) }
        }
        if !own.value.writing.isEmpty, !events.isDisjoint(with: [.writable, .hangUp]) { advance(.writing) }
        if !own.value.polling.isEmpty { advancePolls() }
    }

    /// Completes the plain receive if there is something to receive; what nearly all events are for. True if it is others' turn then.
    @inline(__always)
    private func receivePlainly() -> Bool {
        if let memory = unsafe own.value.plainReceive?.memory {
            if case .lent(let maximum) = unsafe memory {
                switch receivePlainly(maximum) {
                case .waiting: return false
                case .done(let chunk): own.value.plainReceive.take()?.complete(chunk)
                case .failed(let failure): own.value.plainReceive.take()?.complete(.failure(failure))
                }
            } else {
                guard let completion = unsafe receive(memory, [], isOwn: true) else { return false }
                own.value.plainReceive.take()?.complete(completion)
            }
        }
        return !own.value.reading.isEmpty
    }

    private func advance(_ direction: Direction) {
        while let waiting = self[direction].removeFirst() {
            guard let completion = unsafe carryOut(waiting.operation, waiting.memory, isOwn: true) else {
                return self[direction].putBack(waiting)
            }
            finish(waiting, completion)
        }
    }

    /// Polls wait for different things: one that has to wait on does not hold up those behind it.
    private func advancePolls() {
        for _ in 0..<own.value.polling.count {
            guard let waiting = own.value.polling.removeFirst() else { return }
            if let completion = unsafe carryOut(waiting.operation, waiting.memory, isOwn: true) {
                finish(waiting, completion)
            } else {
                own.value.polling.append(waiting)
            }
        }
    }

    private func finish(_ waiting: WaitingOperation, _ completion: consuming Completion) {
        let timers = waiting.timers
        if let timer = timers.deadline { reactor.timers.remove(timer) }
        if let timer = timers.retry { reactor.timers.remove(timer) }
        waiting.complete(completion)
    }

    /// Ends an operation that has not completed; false if there is none.
    @discardableResult
    func abandon(_ token: Token, _ code: SocketError.Code) -> Bool { finish(token, .failure(Failure(code))) }

    @discardableResult
    private func finish(_ token: Token, _ completion: consuming Completion) -> Bool {
        guard let waiting = own.value.remove(token) else { return false }
        finish(waiting, completion)
        return true
    }

    /// Ends all operations, and lets none begin any more.
    func abandonAll() {
        own.value.isCancelled = true
        while let waiting = own.value.removeAny() {
            finish(waiting, .failure(Failure(.cancelled)))
        }
    }

    /// Tries a UNIX peer once more whose queue was full, after a pause of so many nanoseconds. It is held up by what waits for the same
    /// peer longer, and by nothing else.
    func retry(_ token: Token, after pause: Int64) {
        advance(.writing)
        guard let waiting = own.value.writing[token] else { return }
        let peer = waiting.operation.action.peer
        let isHeldUp = own.value.writing.contains(before: token) { other in
            peer == nil || other.operation.action.peer == nil || other.operation.action.peer == peer
        }
        if !isHeldUp, let completion = unsafe carryOut(waiting.operation, waiting.memory, isOwn: true) {
            finish(token, completion)
            return
        }
        waiting.timers.retry = startRetry(token, after: POSIXBackend.longer(pause))
    }

    private func startRetry(_ token: Token, after pause: Int64) -> Timer {
        let instant = SystemClock.now.advanced(by: .nanoseconds(pause))
        let timer = Timer(instant, .retry(self, token, pause: pause))
        reactor.timers.insert(timer)
        return timer
    }

    /// Makes sure that the poller watches for these events.
    private func watch(_ events: Poller.Events) throws(Failure) {
        let watched = Poller.Events(rawValue: interest.load(ordering: .relaxed))
        let wanted = watched.union(events)
        guard wanted != watched else { return }
        let tag = unsafe UInt64(UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque()))
        if watched.isEmpty {
            try reactor.poller.add(descriptor, tag: tag, wanted)
            // Until it is released, after the poller has let go of it.
            _ = unsafe Unmanaged.passRetained(self)
            own.value.trustsShortReceives = backend.isTCP(descriptor)
        } else {
            try reactor.poller.extend(descriptor, tag: tag, wanted)
        }
        interest.store(wanted.rawValue, ordering: .relaxed)
    }
}

// MARK: Carrying out

extension POSIXRegistration {
    /// Nil if it would have to wait.
    private func carryOut(_ operation: borrowing Operation, _ memory: OperationMemory, isOwn: Bool) -> Completion? {
        switch operation.action {
        case .receive(let flags): return unsafe receive(memory, flags, isOwn: isOwn)
        case .send(let flags): return unsafe send(memory, flags)
        default: break
        }
        let attempt = Operation(operation.action, on: operation.socket, deadline: .distantPast)
        if isOwn, case .lent(let maximum) = unsafe memory { return receiveMessage(attempt, lending: maximum) }
        return Self.unlessWaiting(unsafe backend.execute(attempt, memory: memory))
    }

    private static func unlessWaiting(_ completion: Completion) -> Completion? {
        switch completion.outcome {
        case .failure(let failure) where failure.code == .wouldBlock || failure.code == .inProgress: nil
        case .readiness(let events) where events.allSatisfy(\.isEmpty): nil
        default: completion
        }
    }

    @inline(never)
    private func attemptReceiveElsewhere(on socket: SocketHandle, lending maximum: Int) -> PlainAttempt<Chunk> {
        let operation = Operation(.receive([]), on: socket)
        guard let completion = unsafe attempt(operation, memory: .lent(maximum: maximum)) else { return .waiting }
        switch completion.outcome {
        case .lent(let chunk): return .done(chunk)
        case .failure(let failure): return .failed(failure)
        default: return .failed(Failure(.other))
        }
    }

    /// On the reactor's thread, into memory it lends.
    @inline(__always)
    private func receivePlainly(_ maximum: Int) -> PlainAttempt<Chunk> {
        let room = unsafe lend(maximum)
        guard let count = unsafe receive(into: room, [], true) else { return .waiting }
        return count < 0 ? .failed(.lastErrno) : .done(reactor.lender.chunk(count))
    }

    @inline(__always)
    private func sendPlainly(_ bytes: UnsafeRawBufferPointer) -> PlainAttempt<Int> {
        while true {
            let count = unsafe CPOSIX.send(descriptor, bytes.baseAddress, bytes.count, POSIXBackend.sendFlags)
            if count >= 0 { return .done(count) }
            if errno == EAGAIN { return .waiting }
            if errno != EINTR { return .failed(.lastErrno) }
        }
    }

    @inline(__always)
    private func send(_ memory: OperationMemory, _ flags: MessageFlags) -> Completion? {
        guard case .one(let bytes) = unsafe memory else { return .failure(.system(EFAULT)) }
        while true {
            let count = unsafe CPOSIX.send(
                descriptor, bytes.baseAddress, bytes.count, flags.rawValue | POSIXBackend.sendFlags)
            if count >= 0 { return Completion(.count(count)) }
            if errno == EAGAIN { return nil }
            if errno != EINTR { return .lastErrno }
        }
    }

    @inline(__always)
    private func receive(_ memory: OperationMemory, _ flags: MessageFlags, isOwn: Bool) -> Completion? {
        switch unsafe memory {
        case .one(let bytes):
            return unsafe receive(into: bytes, flags, isOwn).map { $0 < 0 ? .lastErrno : Completion(.count($0)) }
        case .lent(let maximum) where isOwn:
            let room = unsafe lend(maximum)
            return unsafe receive(into: room, flags, true).map {
                $0 < 0 ? .lastErrno : Completion(.lent(reactor.lender.chunk(min($0, room.count))))
            }
        case .lent: return unsafe copy(memory, flags)
        default: return .failure(.system(EFAULT))
        }
    }

    /// A stream makes do with less room, a message does not.
    private func lend(_ maximum: Int) -> UnsafeMutableRawBufferPointer {
        let maximum = min(max(maximum, 0), BufferLender.longest)
        return unsafe own.value.trustsShortReceives
            ? reactor.lender.room(maximum) : reactor.lender.room(maximum, atLeast: maximum)
    }

    /// The count; -1 after an error, which `errno` tells; nil if it would have to wait.
    @inline(__always)
    private func receive(
        into bytes: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ isOwn: Bool
    ) -> Int? {
        while true {
            let count = unsafe recv(
                descriptor, bytes.baseAddress, bytes.count, flags.rawValue | MessageFlags.doNotWait.rawValue)
            if count >= 0 {
                if isOwn {
                    own.value.isDrained =
                        own.value.trustsShortReceives && count > 0 && count < bytes.count && flags.isEmpty
                        && !backend.takesUrgentBytes.load(ordering: .relaxed)
                }
                return count
            }
            if errno == EAGAIN {
                if isOwn, flags.isEmpty { own.value.isDrained = isWatchedForReading }
                return nil
            }
            if errno != EINTR { return -1 }
        }
    }

    private var isWatchedForReading: Bool {
        Poller.Events(rawValue: interest.load(ordering: .relaxed)).contains(.readable)
    }

    /// Other threads have no memory to lend, and keep a copy.
    private func copy(_ memory: OperationMemory, _ flags: MessageFlags) -> Completion? {
        let attempt = Operation(.receive(flags), on: SocketHandle(rawValue: descriptor), deadline: .distantPast)
        return Self.unlessWaiting(unsafe backend.execute(attempt, memory: memory))
    }

    /// On the reactor's thread, into memory it lends.
    private func receiveMessage(_ attempt: Operation, lending maximum: Int) -> Completion? {
        let maximum = min(max(maximum, 0), BufferLender.longest)
        let room = unsafe reactor.lender.room(maximum, atLeast: maximum)
        let completion = unsafe backend.execute(attempt, memory: .one(room))
        return Self.unlessWaiting(completion.lending { reactor.lender.chunk(min($0, maximum)) })
    }
}
