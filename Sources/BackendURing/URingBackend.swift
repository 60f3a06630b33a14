#if URing
    internal import CPOSIX
    internal import CURing
    internal import Locks
    public import SocketModel
    internal import Synchronization
    internal import SystemSockets

    /// Executes operations on `io_uring(7)`: blocking, or awaited by executors with a ring of their own each.
    ///
    /// What need not wait is a plain system call, which costs least. What has to wait does so in a ring, as the operation itself where
    /// that is worth it: a TCP socket that is read again and again has one request that receives for all of its calls.
    public final class URingBackend: Backend {
        let calls: SystemCalls
        let options: URingOptions
        private let features: URingFeatures
        private let pool: RingPool
        private let rings: ExecutorPool
        private let names = NamePool()

        /// The sockets that receive ahead, by descriptor.
        private let readers = Lock(ReaderTable())
        private let readerCount = Atomic<Int>(0)
        /// Descriptors whose socket has another one: what one receives ahead the other would miss.
        private let shared = Lock<Set<Int32>>([])

        /// Tells apart what threads have started; those of the face count up from zero.
        private let tokens = Atomic<UInt32>(0)

        func nextToken() -> Token {
            Token(slot: .max, generation: tokens.wrappingAdd(1, ordering: .relaxed).newValue)
        }

        /// Makes a backend; several in one process do not know of each other.
        ///
        /// - Throws: ``Failure`` with ``SocketError/Code/unsupported`` when this kernel has no io_uring that will do, or forbids it; with
        ///   ``SocketError/Code/invalidArgument`` for options out of bounds.
        public init(_ options: URingOptions = URingOptions()) throws(Failure) {
            try options.check()
            self.options = options
            let features = try URingFeatures.available().subtracting(options.without)
            self.features = features
            pool = try RingPool()
            calls = SystemCalls(.blocking, waiter: pool)
            rings = try ExecutorPool(options.threads) { () throws(Failure) in try RingLoop(options, features) }
        }

        /// Whether an executor's ring was to be had before, in this process.
        private static let hasBegunRing = Atomic(false)

        /// Makes what an executor's ring takes, and gives it back; once in a process.
        ///
        /// - Throws: ``Failure`` with ``SocketError/Code/unsupported`` where there is not the memory for it, or else what hinders it.
        package func checkExecutors() throws(Failure) {
            if Self.hasBegunRing.load(ordering: .relaxed) { return }
            do throws(Failure) {
                let loop = try RingLoop(options, features)
                try loop.begin()
                loop.finish()
                Self.hasBegunRing.store(true, ordering: .relaxed)
            } catch {
                var failure = error
                if failure.errno?.rawValue == ENOMEM { failure.code = .unsupported }
                throw failure
            }
        }

        /// Its name, "uring".
        public var name: String { "uring" }

        /// Carries out an operation, the calling thread waiting in a ring lent to it where the kernel would block.
        public func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
            let descriptor = operation.socket.rawValue
            if readerCount.load(ordering: .acquiring) > 0, let completion = unsafe askReaders(operation, memory) {
                return completion
            }
            switch operation.action {
            case .receive([]): return unsafe receive(operation, memory)
            case .accept: return accept(descriptor, operation.deadline)
            case .connect(let address): return connect(descriptor, address, operation.deadline)
            case .duplicate: return duplicate(operation)
            case .descriptor:
                // Whoever has the number may receive by it.
                share(descriptor)
                return unsafe calls.execute(operation, memory: memory)
            case .close, .detach: return end(operation)
            default: return unsafe calls.execute(operation, memory: memory)
            }
        }

        /// Wakes the threads that wait for a socket, and refuses those to come.
        public func cancel(_ socket: SocketHandle) { pool.cancel(socket.rawValue) }

        /// `getpeername(2)`, or `SO_PEERNAME` of a connection that has ended.
        public func formerPeer(of socket: SocketHandle) -> SocketAddress? { calls.formerPeer(socket.rawValue) }

        /// Registers a socket with the executor whose thread calls, else with one in turn.
        ///
        /// - Throws: ``Failure`` when the executors cannot be started for want of descriptors, memory or threads.
        public func register(_ socket: SocketHandle) throws(Failure) -> any Registration {
            URingRegistration(socket.rawValue, self, try rings.next())
        }

        /// The executors.
        ///
        /// - Throws: ``Failure`` when they cannot be started for want of descriptors, memory or threads.
        public func executors() throws(Failure) -> [any NetworkExecutor] { try rings.all() }

        /// Starts the executors with the calling thread as the first one's.
        ///
        /// - Throws: ``Failure`` as ``executors()``, and with ``SocketError/Code/blockingOnExecutor`` on an executor's thread.
        public func borrowThread() throws(Failure) -> (any BorrowedThread)? { try rings.borrowThread() }

        /// Whether the calling thread is an executor's, of this backend or of another.
        public var isOnExecutor: Bool { ExecutorThread.isAnyCurrent }

        /// Asks the C library on one of a few threads of its own: it has no other way.
        public func startResolving(
            _ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void
        ) { names.start(query, completion) }

        /// `CLOCK_MONOTONIC`.
        public var now: NetworkInstant { SystemClock.now }

        /// Asks the C library, by its thread-safe functions.
        ///
        /// - Throws: ``Failure`` with the C library's error as its cause; with ``SocketError/Code/blockingOnExecutor`` on an executor's
        ///   thread, for what the C library might have to wait for.
        public func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
            if query.mayWait, ExecutorThread.isAnyCurrent { throw Failure(.blockingOnExecutor) }
            return try SystemNames.answer(query)
        }

        /// The kernel's random bytes: `getrandom(2)`.
        public func fillRandom(_ memory: UnsafeMutableRawBufferPointer) { unsafe SystemRandom.fill(memory) }

        /// Starts a detached thread with the default stack: `pthread_create(3)`.
        ///
        /// - Throws: ``Failure`` when the system has no thread to give.
        public func spawn(
            named name: String, _ body: @escaping @Sendable () -> Void
        ) throws(Failure) -> any Latch { try Thread.start(name, body) }

        /// A latch on a mutex and a condition variable.
        public func makeLatch() -> any Latch { ThreadLatch() }
    }

    // MARK: What waits as it is

    extension URingBackend {
        /// A receive is likely to wait, so the ring is asked first: one system call tries, waits and receives.
        private func receive(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion {
            guard case .one(let bytes) = unsafe memory, operation.deadline != .distantPast, !ExecutorThread.isAnyCurrent
            else { return unsafe calls.execute(operation, memory: memory) }
            let descriptor = operation.socket.rawValue
            do throws(Failure) {
                let count = try unsafe pool.carryOut(on: descriptor, until: operation.deadline) {
                    unsafe curing_receive($0, descriptor, bytes.baseAddress, bytes.count, 0, $1)
                }
                return Completion(.count(Int(count)))
            } catch {
                // Somebody who shares the conversation has made it non-blocking: then no request waits.
                if error.errno?.rawValue == EAGAIN { return unsafe calls.execute(operation, memory: memory) }
                return .failure(error)
            }
        }

        private func accept(_ descriptor: Int32, _ deadline: NetworkInstant) -> Completion {
            do throws(Failure) {
                while true {
                    do throws(Failure) {
                        let memory = AddressMemory()
                        let connection = try unsafe pool.carryOut(on: descriptor, until: deadline) {
                            unsafe curing_accept($0, descriptor, memory.pointer, memory.length, $1)
                        }
                        return Completion(.accepted(SocketHandle(rawValue: connection), memory.value))
                    } catch {
                        // Somebody who shares the conversation has made it non-blocking: then no request waits.
                        guard error.errno == Errno(rawValue: EAGAIN), deadline != .distantPast else { throw error }
                        try calls.wait(descriptor, .readable, deadline)
                    }
                }
            } catch {
                return .failure(error)
            }
        }

        private func connect(_ descriptor: Int32, _ address: SocketAddress, _ deadline: NetworkInstant) -> Completion {
            do throws(Failure) {
                let memory = try AddressMemory(address)
                var hasWaited = false
                while true {
                    do throws(Failure) {
                        _ = try unsafe pool.carryOut(on: descriptor, until: deadline) {
                            unsafe curing_connect($0, descriptor, memory.pointer, memory.length.pointee, $1)
                        }
                        if !hasBegunOnly(descriptor, address) { return Completion(.done) }
                        guard deadline != .distantPast else { throw .system(EINPROGRESS) }
                        try calls.wait(descriptor, .writable, deadline)
                        hasWaited = true
                    } catch {
                        switch error.errno?.rawValue {
                        case EISCONN where hasWaited: return Completion(.done)
                        case EINPROGRESS where deadline != .distantPast, EALREADY where deadline != .distantPast:
                            try calls.wait(descriptor, .writable, deadline)
                            hasWaited = true
                        case EAGAIN where deadline == .distantPast && address.family != .unix:
                            throw .system(EINPROGRESS)
                        default:
                            forgetConnecting(descriptor, error.errno)
                            throw error
                        }
                    }
                }
            } catch {
                return .failure(error)
            }
        }
    }

    // MARK: Who receives ahead

    extension URingBackend {
        func note(_ reader: URingRegistration) {
            readers.withLock { $0.insert(reader) }
            readerCount.add(1, ordering: .releasing)
        }

        func forget(_ reader: URingRegistration) {
            let wasThere = readers.withLock { $0.remove(reader) }
            if wasThere { readerCount.subtract(1, ordering: .releasing) }
        }

        /// Carries out what concerns sockets that receive ahead; nil if it concerns none.
        @inline(never)
        private func askReaders(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion? {
            switch operation.action {
            case .receive, .receiveMessage, .receiveBatch:
                let reader = readers.withLock { $0[operation.socket.rawValue] }
                return unsafe reader?.execute(operation, memory)
            case .poll(let entries):
                let found = readers.withLock { readers in entries.map { readers[$0.socket.rawValue] } }
                return found.contains { $0 != nil } ? poll(entries, operation.deadline, found) : nil
            default: return nil
            }
        }

        private func poll(
            _ entries: [Operation.PollEntry], _ deadline: NetworkInstant, _ readers: [URingRegistration?]
        ) -> Completion {
            let isElsewhere = readers.contains { $0?.thread.isCurrent == false }
            if isElsewhere, ExecutorThread.isAnyCurrent { return .failure(Failure(.blockingOnExecutor)) }
            let received = readers.map { $0?.beginPoll() ?? false }
            defer { for reader in readers { reader?.endPoll() } }
            let until = received.contains(true) ? .distantPast : deadline
            let completion = unsafe calls.execute(Operation(.poll(entries), deadline: until), memory: .none)
            guard case .readiness(var events) = completion.outcome else { return completion }
            for index in entries.indices where received[index] {
                events[index].formUnion(entries[index].events.intersection([.readable, .normalReadable]))
            }
            return Completion(.readiness(events))
        }

        /// Whether another descriptor has the same socket.
        /// From now on nothing begins to be received ahead of the socket's users, of whom there may be others.
        func share(_ descriptor: Int32) { shared.withLock { _ = $0.insert(descriptor) } }

        func isShared(_ descriptor: Int32) -> Bool { shared.withLock { $0.contains(descriptor) } }

        private func duplicate(_ operation: borrowing Operation) -> Completion {
            let completion = unsafe calls.execute(operation, memory: .none)
            if case .opened(let copy) = completion.outcome {
                shared.withLock { $0.formUnion([operation.socket.rawValue, copy.rawValue]) }
            }
            return completion
        }

        private func end(_ operation: borrowing Operation) -> Completion {
            let descriptor = operation.socket.rawValue
            shared.withLock { shared in
                if !shared.isEmpty { shared.remove(descriptor) }
            }
            return unsafe calls.execute(operation, memory: .none)
        }
    }
#endif
