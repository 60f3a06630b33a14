#if URing
    internal import CPOSIX
    internal import CURing
    internal import SocketModel
    internal import Synchronization
    internal import SystemSockets

    // What is received: ahead by a request that goes on, or when somebody asks. On the executor's thread.
    extension URingRegistration {
        /// Nil if it would have to wait, or others wait for the same.
        func attemptInput(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion? {
            if case .poll(let entries) = operation.action { return tryPoll(entries) }
            return own.hasReaders ? nil : unsafe tryInput(operation, memory)
        }

        /// What has been received ahead comes first; and while more may come so, the kernel must not be asked.
        func tryInput(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion? {
            if operation.action.concernsStream {
                if own.hasReceived { return unsafe serve(operation, memory) }
                if own.stream.isActive { return nil }
            }
            return unsafe carryOut(operation, memory)
        }

        /// Carries out an operation if that needs no waiting.
        func carryOut(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion? {
            let operation = Operation(operation.action, on: SocketHandle(rawValue: descriptor))
            if case .lent(let maximum) = unsafe memory, thread.isCurrent {
                return calls.attempt(operation, lending: maximum, by: &loop.lender)
            }
            return unsafe calls.attempt(operation, memory: memory)
        }

        /// What has been received ahead counts as readable, though the kernel does not know.
        func tryPoll(_ entries: [Operation.PollEntry]) -> Completion? {
            let attempt = Operation(.poll(entries), deadline: .distantPast)
            let completion = unsafe calls.execute(attempt, memory: .none)
            guard case .readiness(var events) = completion.outcome else { return completion }
            if own.hasReceived {
                for index in entries.indices where entries[index].socket.rawValue == descriptor {
                    events[index].formUnion(entries[index].events.intersection([.readable, .normalReadable]))
                }
            }
            return events.allSatisfy(\.isEmpty) ? nil : Completion(.readiness(events))
        }
    }

    // MARK: The request that goes on

    extension URingRegistration {
        /// Takes what the request has received, or how it has ended. Of more than was asked for the rest is for the next.
        @inline(__always)
        func received(_ result: Int32, _ flags: UInt32) {
            if result > 0, case .running = own.stream, flags & UInt32(CURING_MORE) != 0,
                !own.hasReceived, let waiting = own.plainReceive.take()
            {
                guard case .lent(let maximum) = unsafe waiting.memory else {
                    own.plainReceive = waiting
                    return receivedOtherwise(result, flags)
                }
                if result <= maximum {
                    waiting.complete(loop.take(Int(result), flags))
                } else {
                    receive(loop.take(Int(result), flags), moreThan: maximum, waiting)
                }
                if own.hasQueuedReaders { advanceReading() }
            } else {
                receivedOtherwise(result, flags)
            }
        }

        /// More has come than was asked for.
        @inline(never)
        private func receive(_ chunk: Chunk, moreThan maximum: Int, _ waiting: WaitingOperation) {
            rest.received.append(chunk, taken: maximum)
            waiting.complete(chunk.part(from: 0, count: maximum))
            stopStreamIfAhead()
        }

        @inline(never)
        private func receivedOtherwise(_ result: Int32, _ flags: UInt32) {
            let hasEnded = flags & UInt32(CURING_MORE) == 0
            let isForGood = if case .endingForGood = own.stream { true } else { false }
            if hasEnded, own.stream.isActive { own.stream = .none }
            if result > 0 {
                rest.received.append(loop.take(Int(result), flags))
            } else {
                end(result)
            }
            if hasEnded, isForGood { own.stream = .refused }
            if own.rest != nil || own.plainReceive != nil { advance() }
            stopStreamIfAhead()
        }

        /// Ends the request when it is too far ahead of whoever waits, who has had some of it by now.
        private func stopStreamIfAhead() {
            if let rest = own.rest, rest.received.byteCount >= backend.options.readAhead { stopStream() }
        }

        private func end(_ result: Int32) {
            switch -result {
            case ECANCELED, EINTR: break
            case ENOBUFS: own.stream = .starved
            // Somebody who shares the conversation has made it non-blocking: then no request waits.
            case EAGAIN, EINVAL: own.stream = .refused
            default: tellEnd(result == 0 ? nil : .system(-result))
            }
        }

        /// Somebody waits for it, as a rule; else it is kept for who asks.
        private func tellEnd(_ failure: Failure?) {
            guard !own.hasReceived, case .lent? = unsafe own.plainReceive?.memory,
                let waiting = own.plainReceive.take()
            else { return rest.received.end(failure) }
            if let failure { waiting.complete(.failure(failure)) } else { waiting.complete(Chunk()) }
        }

        /// Begins to receive ahead, if that is possible and nothing does yet; false if it is not.
        func runStream() -> Bool {
            switch own.stream {
            case .running, .ending, .endingForGood, .hungry: return true
            case .refused: return false
            case .starved:
                own.stream = .hungry
                loop.starve(self)
                return true
            case .none: break
            }
            if let rest = own.rest, rest.blockedPolls > 0 { return false }
            guard loop.features.contains(.multishotReceive), !backend.isShared(descriptor), isTCP else {
                own.stream = .refused
                return false
            }
            if !readsAhead.load(ordering: .relaxed) {
                readsAhead.store(true, ordering: .releasing)
                backend.note(self)
            }
            let submitted = unsafe loop.submit(.stream(self)) { [descriptor] in
                unsafe curing_receive_on($0, descriptor, ReceiveBuffers.group, $1)
            }
            switch submitted {
            case .success(let token): own.stream = .running(token)
            case .failure: own.stream = .refused
            }
            return own.stream.isActive
        }

        /// It never becomes another: one that has received so once need not be asked again.
        private var isTCP: Bool { readsAhead.load(ordering: .relaxed) || calls.isTCP(descriptor) }

        /// Ends the request that goes on; its last completion says when it has ended.
        func stopStream() {
            guard case .running(let token) = own.stream else { return }
            own.stream = .ending
            loop.cancel(token)
        }

        /// As ``stopStream()``, and returns when it has ended. Whoever waits must not begin another meanwhile.
        func endStream() {
            stopStream()
            loop.settle { own.stream.isActive }
        }

        /// As ``endStream()``, and there shall be none ever: whoever waits goes on with what the kernel has.
        private func endStreamForGood() {
            stopStream()
            own.stream = own.stream.isActive ? .endingForGood : .refused
            loop.settle { own.stream.isActive }
        }

        func settle(_ keep: @escaping @Sendable (Chunk) -> Void) throws(Failure) {
            backend.share(descriptor)
            guard readsAhead.load(ordering: .acquiring) else { return }
            if !thread.isCurrent, ExecutorThread.isAnyCurrent {
                throw Failure(
                    .blockingOnExecutor, detail: "the socket belongs to another executor, which receives ahead")
            }
            here { [self] in
                endStreamForGood()
                if own.hasReceived { keep(rest.received.takeAll()) }
                if !own.hasReceived {
                    backend.forget(self)
                    readsAhead.store(false, ordering: .releasing)
                }
                advanceReading()
            }
        }

        /// A buffer has come back.
        func feed() {
            if case .hungry = own.stream { own.stream = .none }
            advanceReading()
        }
    }

    extension URingRegistration.Stream {
        /// Whether it receives, or might if it was asked to.
        var mayRun: Bool {
            @inline(__always) get {
                switch self {
                case .running, .none: true
                case .refused, .ending, .endingForGood, .starved, .hungry: false
                }
            }
        }

        /// Whether it may receive something yet.
        var isActive: Bool {
            switch self {
            case .running, .ending, .endingForGood: true
            case .none, .refused, .starved, .hungry: false
            }
        }
    }

    // MARK: What has been received ahead

    extension URingRegistration {
        /// Answers a receive with what is there, which is something.
        func serve(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion {
            switch operation.action {
            case .receive(let flags):
                let found = unsafe fill(memory, flags)
                return found.lent.map { Completion(.lent($0)) } ?? found.completion { .count($0.count) }
            case .receiveMessage(_, let flags): return unsafe fill(memory, flags).completion { .message($0) }
            case .receiveBatch(_, let flags): return unsafe fill(memory.firstRun, flags).completion { .messages([$0]) }
            default: return .failure(Failure(.unsupported, detail: "no receive: \(operation.name)"))
            }
        }

        private enum Found {
            case message(MessageInfo)
            case failed(Failure)

            var lent: Chunk? {
                if case .message(let info) = self { info.lent } else { nil }
            }

            func completion(_ outcome: (MessageInfo) -> Outcome) -> Completion {
                switch self {
                case .message(let info): Completion(outcome(info))
                case .failed(let failure): .failure(failure)
                }
            }
        }

        private func fill(_ memory: OperationMemory, _ flags: MessageFlags) -> Found {
            let isPeek = flags.contains(.peek)
            if let end = rest.received.end(keeping: isPeek) {
                if case .failure(let failure) = end { return .failed(failure) }
                var info = MessageInfo(count: 0)
                if case .lent = unsafe memory { info.lent = Chunk() }
                return .message(info)
            }
            var info = MessageInfo(count: 0)
            switch unsafe memory {
            case .none: break
            case .one(let run): info.count = unsafe rest.received.fill(run, peeking: isPeek)
            case .several(let runs): info.count = unsafe fill(runs, isPeek)
            case .lent(let maximum):
                let chunk = isPeek ? rest.received.copy(maximum) : rest.received.take(max(maximum, 0))
                info.count = chunk.count
                info.lent = chunk
            }
            return .message(info)
        }

        private func fill(_ runs: UnsafeBufferPointer<UnsafeMutableRawBufferPointer>, _ isPeek: Bool) -> Int {
            if isPeek {
                let found = rest.received.copy(unsafe runs.reduce(0) { $0 + $1.count })
                var copied = 0
                for index in runs.indices {
                    let part = unsafe found[copied...].prefix(runs[index].count)
                    unsafe runs[index].copyBytes(from: part)
                    copied += part.count
                }
                return copied
            }
            return unsafe runs.reduce(0) { $0 + (unsafe rest.received.fill($1, peeking: false)) }
        }
    }

    extension OperationMemory {
        fileprivate var firstRun: OperationMemory {
            if case .several(let runs) = unsafe self, let first = unsafe runs.first { return unsafe .one(first) }
            return unsafe self
        }
    }

    extension Operation.Action {
        /// Whether it takes, or looks at, the bytes of a stream, and not what comes beside them.
        var concernsStream: Bool {
            switch self {
            case .receive(let flags), .receiveMessage(_, let flags), .receiveBatch(_, let flags):
                flags.isDisjoint(with: [.outOfBand, .errorQueue])
            default: false
            }
        }

        /// Whether a request that goes on may serve it.
        var isPlainReceive: Bool {
            if case .receive([]) = self { true } else { false }
        }
    }
#endif
