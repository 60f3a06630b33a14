#if URing
    internal import SocketModel
    internal import Synchronization
    internal import SystemSockets

    /// A socket's place with its ring: what waits for it, and what has been received ahead of whoever asks.
    ///
    /// Plain receives of TCP are fed by one request that receives again and again, until it is cancelled; everything else is tried at once,
    /// and waits for readiness, or is a request of its own where the kernel has one.
    ///
    /// Sendable without check: what is constant or atomic any thread may read, all else is touched on the executor's thread only.
    @safe final class URingRegistration: Registration, SocketPlace, @unchecked Sendable {
        let descriptor: Int32
        /// Whether the kernel has been asked for something.
        let hasRequests = Atomic<Bool>(false)
        /// Whether bytes may have been received that no call has asked for: other threads must not ask the kernel for more then.
        let readsAhead = Atomic<Bool>(false)
        let backend: URingBackend
        private let owner: ThreadExecutor
        let thread: ExecutorThread
        let loop: RingLoop

        // Unchecked: only the executor's thread touches it, and a check of every access took a tenth of what an awaited call costs beside
        // the kernel. In the object itself, as every connection has one.
        @safe @exclusivity(unchecked) var own = State()

        struct State: ~Copyable {
            /// A plain receive that nobody is waiting before, as nearly all are; the others queue behind it.
            var plainReceive: WaitingOperation?
            var rest: Rest?
            var stream = Stream.none
            var isCancelled = false
            /// Whether the kernel has refused to send without a copy.
            var refusesZeroCopy = false

            var hasReaders: Bool {
                @inline(__always) get { if case .none = plainReceive { hasQueuedReaders } else { true } }
            }

            var hasQueuedReaders: Bool {
                @inline(__always) get { if let rest { !rest.reading.isEmpty } else { false } }
            }

            var hasWriters: Bool {
                @inline(__always) get {
                    if let rest { !rest.writing.isEmpty || rest.writeRequest != nil } else { false }
                }
            }

            /// Whether something has been received ahead.
            var hasReceived: Bool {
                @inline(__always) get { if let rest { !rest.received.isEmpty } else { false } }
            }
        }

        /// What a connection that is only received from and sent to never needs.
        final class Rest {
            var reading = WaitingQueue()
            var writing = WaitingQueue()
            var polling: [WaitingOperation] = []
            // Unchecked, as ``own``.
            @safe @exclusivity(unchecked) var received = ReadAhead()
            /// How many threads are blocked in a poll of it: what is received ahead the kernel would not tell them.
            var blockedPolls: UInt32 = 0
            /// The requests that tell of readiness.
            var readWatch: Token?
            var writeWatch: Token?
            /// The requests that carry out the first operation of a direction.
            var readRequest: (token: Token, request: RingRequest)?
            var writeRequest: (token: Token, request: RingRequest)?
            /// Where the kernel writes who was accepted.
            lazy var peer = AddressMemory()
            /// Whether the last accept has told that there is nobody else.
            var knowsOfNobody = false
            var polls: [(waiting: Token, request: Token)] = []
        }

        /// Made when it is needed first.
        var rest: Rest {
            if let rest = own.rest { return rest }
            let rest = Rest()
            own.rest = rest
            return rest
        }

        /// The request that receives ahead.
        enum Stream {
            /// There is none yet.
            case none
            /// There is none, and there shall be none: it is no TCP socket, or what comes beside the bytes is wanted.
            case refused
            case running(Token)
            /// It was asked to end.
            case ending
            /// As that, and there shall be none after it.
            case endingForGood
            /// It found no buffer.
            case starved
            /// It found none, somebody wants to receive, and it is going to be told of one.
            case hungry
        }

        init(_ descriptor: Int32, _ backend: URingBackend, _ owner: ThreadExecutor) {
            self.descriptor = descriptor
            self.backend = backend
            self.owner = owner
            thread = owner.thread
            guard let loop = owner.thread.source as? RingLoop else {
                preconditionFailure("an executor of another backend")
            }
            self.loop = loop
        }

        var executor: any NetworkExecutor { owner }
        var calls: SystemCalls { backend.calls }

        // MARK: Attempts

        func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion? {
            let isOwn = thread.isCurrent
            guard isOwn ? thread.takeTurn() : ExecutorThread.takeTurnElsewhere() else { return nil }
            switch operation.action {
            case .accept, .connect: return nil
            case .send, .sendMessage, .sendBatch, .sendFile:
                if isOwn, own.hasWriters || (unsafe isUncopied(operation.action, memory)) { return nil }
                return unsafe carryOut(operation, memory)
            case .receive, .receiveMessage, .receiveBatch, .poll:
                if isOwn { return unsafe attemptInput(operation, memory) }
                return readsAhead.load(ordering: .acquiring) ? nil : unsafe carryOut(operation, memory)
            default: return unsafe carryOut(operation, memory)
            }
        }

        func attemptReceive(on socket: SocketHandle, lending maximum: Int) -> PlainAttempt<Chunk> {
            guard thread.isCurrent else {
                return unsafe PlainAttempt(
                    receive: attempt(Operation(.receive([]), on: socket), memory: .lent(maximum: maximum)))
            }
            guard thread.takeTurn(), !own.hasReaders else { return .waiting }
            if own.hasReceived {
                if maximum > 0, rest.received.byteCount > 0 { return .done(rest.received.take(maximum)) }
                return unsafe PlainAttempt(receive: serve(Operation(.receive([]), on: socket), .lent(maximum: maximum)))
            }
            // The first receive of a connection finds nothing most of the time: its request is made without a try.
            if own.stream.mayRun { return .waiting }
            return unsafe PlainAttempt(receive: tryInput(Operation(.receive([]), on: socket), .lent(maximum: maximum)))
        }

        func attemptSend(_ bytes: UnsafeRawBufferPointer, on socket: SocketHandle) -> PlainAttempt<Int> {
            let isOwn = thread.isCurrent
            guard isOwn ? thread.takeTurn() : ExecutorThread.takeTurnElsewhere() else { return .waiting }
            if isOwn, own.hasWriters || bytes.count >= loop.zeroCopy && !own.refusesZeroCopy {
                return .waiting
            }
            return unsafe PlainAttempt(sending: bytes, on: descriptor)
        }

        // MARK: Starts

        func startReceive(
            on socket: SocketHandle, lending maximum: Int, token: Token, completing sink: any CompletionSink
        ) {
            start(WaitingOperation(receiving: maximum, token, sink))
        }

        func start(_ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink) {
            start(unsafe WaitingOperation(operation, memory, token, sink))
        }

        @inline(__always)
        private func start(_ waiting: WaitingOperation) {
            guard thread.isCurrent else { return thread.post(.start(self, waiting)) }
            if waiting.isPlainReceive, case .running = own.stream, !own.hasReceived,
                !own.hasReaders, !own.isCancelled
            {
                own.plainReceive = waiting
            } else {
                begin(waiting, afterAttempt: waiting.wasAttempted)
            }
        }

        // MARK: Ends

        func cancel(_ token: Token) {
            if thread.isCurrent, hasAbandoned(token, .cancelled) { return }
            // What another thread has started may still be in the mail: the cancel must not come before it.
            thread.post(.cancel(self, token))
        }

        func cancelAll() {
            if thread.isCurrent { abandonAll() } else { thread.post(.cancelAll(self)) }
        }

        var isCurrent: Bool { thread.isCurrent }

        func run(_ job: UnownedJob) { thread.run(job) }

        /// The kernel lets go of the socket before this returns, so that closing it is all there is to its end. Only another executor's
        /// thread, which must not wait, leaves that to this one's.
        func end() {
            guard hasRequests.load(ordering: .acquiring) else { return }
            if readsAhead.load(ordering: .acquiring) { backend.forget(self) }
            if !thread.isCurrent, ExecutorThread.isAnyCurrent { return thread.post(.end(self)) }
            here { [self] in
                bury()
                loop.settle { isInKernel }
            }
        }
    }
#endif
