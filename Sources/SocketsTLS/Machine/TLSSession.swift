#if TLS
    internal import CTLS
    internal import SocketModel

    /// One connection's TLS over memory: ciphertext in and out, and what that means. It holds at most what it was fed, a record, and 64 KiB of
    /// output, and what OpenSSL's limits allow a handshake: 100 KiB of certificates.
    ///
    /// Sendable without check: whoever holds it lets one caller in at a time.
    @safe final class TLSSession: @unchecked Sendable {
        enum Step {
            case event(TLSEvent)
            case needsInput
        }

        private enum Phase { case handshaking, open, failed }

        static let largestRecord = 16_384
        /// More is not taken before what there is has been sent.
        static let outputLimit = 65_536

        private let pointer: OpaquePointer
        /// What the session was made of, which lives as long.
        private let handle: ContextHandle
        private let context: TLSContext
        private let name: ServerName?
        private let environment: TLSEnvironment
        private var stream: SeededStream
        private var phase = Phase.handshaking
        private var inputHasEnded = false
        private(set) var peerHasClosed = false
        private(set) var hasClosed = false
        private(set) var handshake: TLSHandshake?
        private(set) var failure: TLSError?
        private var hasToldFailure = false

        init(
            _ context: TLSContext, as role: TLSConfiguration.Role, name: ServerName?, _ environment: TLSEnvironment
        ) throws(TLSError) {
            guard context.configuration.role == role else {
                throw TLSError(
                    .invalidArgument, detail: "the context is a \(context.configuration.role)'s, not a \(role)'s")
            }
            self.context = context
            self.name = name
            self.environment = environment
            let handle = try context.handle(environment)
            self.handle = handle
            var stream = SeededStream(environment)
            let ticket = name.flatMap { context.tickets.take(for: $0) }
            let made = unsafe stream.drawing {
                unsafe ctls_session_make(handle.pointer, name?.text, name?.isAddress == true ? 1 : 0, ticket?.pointer)
            }
            guard let made = unsafe made else { throw TLSError(.outOfResources, detail: ContextHandle.reason) }
            unsafe pointer = made
            self.stream = stream
        }

        deinit { unsafe ctls_session_free(pointer) }

        var isHandshaking: Bool { phase == .handshaking }
        var isOpen: Bool { phase == .open }

        // MARK: Ciphertext

        /// What comes after the peer's end, or after a failure, nobody will ever read.
        func feed(_ bytes: Chunk) {
            if peerHasClosed || phase == .failed { return }
            let isTaken = unsafe bytes.withBytes { unsafe ctls_session_feed(pointer, $0.baseAddress, $0.count) }
            if isTaken == 0 { failLater(TLSError(.outOfResources)) }
        }

        func feedEnd() { inputHasEnded = true }

        var outputCount: Int { unsafe ctls_session_output_count(pointer) }

        /// What is to be sent next; nil when there is nothing.
        func takeOutput() -> Chunk? {
            let count = outputCount
            guard count > 0 else { return nil }
            return unsafe Chunk(capacity: count) { unsafe ctls_session_take_output(pointer, $0.baseAddress, $0.count) }
        }

        // MARK: What it means

        /// What has happened, until it needs input. A failure is told once, and nothing after it.
        func next(now: NetworkInstant) -> Step {
            switch phase {
            case .handshaking: shakeHands(now)
            case .open: read()
            case .failed: tellFailure()
            }
        }

        private func shakeHands(_ now: NetworkInstant) -> Step {
            if case .simulated = environment { setTime(now) }
            let step = stream.drawing { unsafe ctls_session_handshake(pointer) }
            switch step {
            case CTLS_DONE:
                let handshake = unsafe TLSHandshake(pointer)
                self.handshake = handshake
                phase = .open
                return .event(.handshake(handshake))
            case CTLS_NEEDS_INPUT: return inputHasEnded ? fail(TLSError(.handshakeEnded)) : .needsInput
            case CTLS_PEER_CLOSED: return fail(TLSError(.handshakeEnded))
            default: return fail(readFailure())
            }
        }

        private func setTime(_ now: NetworkInstant) {
            let (seconds, rest) = now.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
            unsafe ctls_session_set_time(pointer, context.configuration.simulatedStart + seconds - (rest < 0 ? 1 : 0))
        }

        private func read() -> Step {
            if peerHasClosed { return .needsInput }
            if unsafe ctls_session_fed(pointer) == 0 { return inputHasEnded ? fail(TLSError(.truncated)) : .needsInput }
            var step = CTLS_DONE
            let bytes = unsafe Chunk(capacity: Self.largestRecord) { memory in
                var count = 0
                step = stream.drawing { unsafe ctls_session_read(pointer, memory.baseAddress, memory.count, &count) }
                return count
            }
            keepTicket()
            switch step {
            case CTLS_DONE: return .event(.received(bytes))
            case CTLS_NEEDS_INPUT: return inputHasEnded ? fail(TLSError(.truncated)) : .needsInput
            case CTLS_PEER_CLOSED:
                peerHasClosed = true
                return .event(.ended)
            default: return fail(readFailure())
            }
        }

        private func keepTicket() {
            guard let name, context.configuration.resumption == .tickets,
                let ticket = unsafe Ticket(ctls_session_take_ticket(pointer))
            else { return }
            context.tickets.keep(ticket, for: name)
        }

        // MARK: What the user wants

        /// Takes bytes to send, as many as there is room for; none before the handshake is done.
        func write(_ bytes: UnsafeRawBufferPointer) throws(TLSError) -> Int {
            if let failure { throw failure }
            if hasClosed { throw TLSError(.closed) }
            guard isOpen else { return 0 }
            let room = min(bytes.count, Self.outputLimit - outputCount)
            var taken = 0
            while taken < room {
                var count = 0
                let step = stream.drawing {
                    unsafe ctls_session_write(pointer, bytes.baseAddress?.advanced(by: taken), room - taken, &count)
                }
                guard step == CTLS_DONE else {
                    throw failLater(readFailure())
                }
                taken += count
            }
            return taken
        }

        /// Says that no more will be sent, once a handshake is done; a second call does nothing.
        func close() {
            guard !hasClosed else { return }
            hasClosed = true
            guard isOpen else { return }
            if stream.drawing({ unsafe ctls_session_shut_down(pointer) }) != CTLS_DONE { failLater(readFailure()) }
        }

        /// Ends it; the first failure counts.
        func fail(_ error: TLSError) -> Step {
            failLater(error)
            return tellFailure()
        }

        /// The same where nobody is told at once: the next step tells it.
        @discardableResult private func failLater(_ error: TLSError) -> TLSError {
            phase = .failed
            let first = failure ?? error
            failure = first
            return first
        }

        private func tellFailure() -> Step {
            guard let failure, !hasToldFailure else { return .needsInput }
            hasToldFailure = true
            return .event(.failed(failure))
        }

        private func readFailure() -> TLSError { unsafe TLSError(failureOf: pointer, name) }
    }
#endif
