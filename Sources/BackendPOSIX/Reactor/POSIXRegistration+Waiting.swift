internal import CPOSIX
internal import SocketModel
internal import Synchronization
internal import SystemSockets

// What waits with a reactor, on its thread.
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
        guard !own.isCancelled else { return waiting.complete(.failure(Failure(.cancelled))) }
        let direction = Direction(waiting.operation.action)
        let isTurnOver = thread.isTurnOver
        if !isTurnOver, !afterAttempt && isNext(direction) || direction.isPolling,
            let completion = unsafe carryOut(waiting.operation, waiting.memory, isOwn: true)
        {
            return waiting.complete(completion)
        }
        do throws(Failure) {
            try watch(waiting.operation.action.events(direction))
        } catch {
            return waiting.complete(.failure(error))
        }
        startTimers(waiting)
        append(waiting, direction)
        if isTurnOver { reactor.postpone(self) }
    }

    /// Whether an operation of that direction would be the first.
    private func isNext(_ direction: Direction) -> Bool {
        if case .reading = direction { !own.hasReaders } else { queues[direction].isEmpty }
    }

    @inline(__always)
    func append(_ waiting: WaitingOperation, _ direction: Direction) {
        if case .reading = direction, waiting.isPlainReceive, !own.hasReaders {
            own.plainReceive = waiting
        } else {
            queues[direction].append(waiting)
        }
    }

    private func startTimers(_ waiting: WaitingOperation) {
        let operation = waiting.operation
        thread.startDeadline(waiting, at: self)
        if operation.action.waitsForUNIXPeer {
            waiting.timers.retry = thread.startRetry(waiting.token, at: self, after: SystemCalls.shortestPause)
        }
    }

    /// Something has changed: whatever has become possible is done.
    @inline(__always)
    func advance(_ events: Poller.Events) {
        // What a listener reports again and again, while nobody accepts, wakes the thread for nothing.
        if isWatched(for: .level), !own.hasReaders, !own.hasPolls { return stopWatching() }
        if events.contains(.priority) || events.contains(.hangUp) { own.trustsShortReceives = false }
        if !events.isDisjoint(with: [.readable, .hangUp, .priority]) {
            own.isDrained = false
            if receivePlainly() { advance(.reading) }
        }
        if own.hasWriters, !events.isDisjoint(with: [.writable, .hangUp]) { advance(.writing) }
        if own.hasPolls { advancePolls() }
    }

    /// Completes the plain receive if there is something to receive; what nearly all events are for. True if it is others' turn then.
    @inline(__always)
    private func receivePlainly() -> Bool {
        if let memory = unsafe own.plainReceive?.memory {
            if case .lent(let maximum) = unsafe memory {
                switch receivePlainly(maximum) {
                case .waiting: return false
                case .done(let chunk): own.plainReceive.take()?.complete(chunk)
                case .failed(let failure): own.plainReceive.take()?.complete(.failure(failure))
                }
            } else {
                guard let completion = unsafe receive(memory, [], isOwn: true) else { return false }
                own.plainReceive.take()?.complete(completion)
            }
        }
        return own.hasQueuedReaders
    }

    private func advance(_ direction: Direction) {
        while let waiting = queues[direction].removeFirst() {
            // What waits for its next try waits for no event: each of its own tries is one.
            guard waiting.timers.retry == nil,
                let completion = unsafe carryOut(waiting.operation, waiting.memory, isOwn: true)
            else { return queues[direction].putBack(waiting) }
            thread.finish(waiting, completion)
        }
    }

    /// Polls wait for different things: one that has to wait on does not hold up those behind it.
    private func advancePolls() {
        for _ in 0..<queues.polling.count {
            guard let waiting = queues.polling.removeFirst() else { return }
            if let completion = unsafe carryOut(waiting.operation, waiting.memory, isOwn: true) {
                thread.finish(waiting, completion)
            } else {
                queues.polling.append(waiting)
            }
        }
    }

    func abandon(_ token: Token, _ code: SocketError.Code) { finish(token, .failure(Failure(code))) }

    /// Ends an operation that has not completed; false if there is none.
    @discardableResult
    func finish(_ token: Token, _ completion: consuming Completion) -> Bool {
        guard let waiting = own.remove(token) else { return false }
        thread.finish(waiting, completion)
        return true
    }

    /// Ends all operations, and lets none begin any more.
    func abandonAll() {
        own.isCancelled = true
        while let waiting = own.removeAny() {
            thread.finish(waiting, .failure(Failure(.cancelled)))
        }
    }

    /// Tries a UNIX peer once more whose queue was full, after a pause of so many nanoseconds. It is held up by what waits for the same
    /// peer longer, and by nothing else.
    func retry(_ token: Token, after pause: Int64) {
        guard let waiting = queues.writing[token] else { return }
        waiting.timers.retry = nil
        if !queues.writing.isHeldUp(waiting),
            let completion = unsafe carryOut(waiting.operation, waiting.memory, isOwn: true)
        {
            finish(token, completion)
            return advance(.writing)
        }
        waiting.timers.retry = thread.startRetry(token, at: self, after: SystemCalls.longer(pause))
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
            own.trustsShortReceives = calls.isTCP(descriptor)
        } else {
            try reactor.poller.extend(descriptor, tag: tag, wanted)
        }
        interest.store(wanted.rawValue, ordering: .relaxed)
    }
}

// MARK: The queues

extension POSIXRegistration {
    enum Direction {
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
}

extension POSIXRegistration.Queues {
    fileprivate subscript(direction: POSIXRegistration.Direction) -> WaitingQueue {
        _read {
            switch direction {
            case .reading: yield reading
            case .writing: yield writing
            case .polling: yield polling
            }
        }
        _modify {
            switch direction {
            case .reading: yield &reading
            case .writing: yield &writing
            case .polling: yield &polling
            }
        }
    }
}

extension Operation.Action {
    /// What to watch for while it waits. One event tells that there are connections, but a server takes one after the other: as long as
    /// there are more, each wait says so, and nobody need ask the kernel in vain when there are none.
    fileprivate func events(_ direction: POSIXRegistration.Direction) -> Poller.Events {
        if case .accept = self { [.readable, .level] } else { direction.events }
    }

    /// Whether it takes something that another operation may be waiting for; receives are told apart before.
    var takesInput: Bool {
        switch self {
        case .accept, .receiveMessage, .receiveBatch: true
        default: false
        }
    }
}
