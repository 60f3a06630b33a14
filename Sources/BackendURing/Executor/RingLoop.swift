#if URing
    internal import CPOSIX
    internal import CURing
    internal import SocketModel
    internal import Synchronization
    internal import SystemSockets

    /// The ring of an executor's thread: submits what its sockets ask for, and hands them what has completed.
    ///
    /// What it prepares is submitted when the thread waits next. A request names a descriptor, which by then must not have been closed, or
    /// its number be another's: what lets somebody go who may close it on another thread calls ``flush()`` first.
    ///
    /// Sendable without check: the waker is any thread's, all else is touched on the executor's own thread only.
    @safe final class RingLoop: EventSource, @unchecked Sendable {
        private static let wakerTag = Token(slot: .max, generation: 0).tag
        private static let cancelTag = Token(slot: .max, generation: 1).tag

        private let options: URingOptions
        let features: URingFeatures
        /// From how many bytes on sends are made without a copy.
        let zeroCopy: Int
        private let waker: Int32
        // Unchecked, as a registration's is.
        @safe @exclusivity(unchecked) private var own = State()

        private struct State: ~Copyable {
            var ring: Ring?
            var buffers: ReceiveBuffers?
            var requests = TokenTable<RequestOwner>(capacity: 1 << 30)
            var lender = BufferLender()
            /// The sockets that found no buffer, first come, first served, and whether the thread is woken when there is one.
            var starved: [URingRegistration] = []
            var awaitsBuffer = false
            var postponed: [URingRegistration] = []
            var hasComplained = false
        }

        /// Throws when there is no descriptor left.
        init(_ options: URingOptions, _ features: URingFeatures) throws(Failure) {
            self.options = options
            self.features = features
            zeroCopy = features.contains(.zeroCopySend) ? options.zeroCopy ?? .max : .max
            waker = cposix_eventfd()
            guard waker >= 0 else { throw .lastErrno(of: "eventfd") }
        }

        deinit { if waker >= 0 { _ = close(waker) } }

        /// The ring is made by the thread that is going to use it, as the kernel wants it.
        func begin() throws(Failure) {
            let ring = try makeRing()
            if features.contains(.multishotReceive) {
                let buffers = try ReceiveBuffers(
                    ring, count: options.buffers, size: options.bufferSize,
                    incremental: features.contains(.incrementalBuffers))
                unsafe buffers.store.wake = { [weak self] in self?.wake() }
                own.buffers = consume buffers
            }
            own.ring = consume ring
            watchWaker()
        }

        private func makeRing() throws(Failure) -> Ring {
            var setup: Ring.Setup = features.contains(.deferredWork) ? [.singleIssuer, .deferredWork] : []
            var idle: UInt32 = 0
            if let submissionIdle = options.submissionIdle {
                // Work cannot be put off for a thread that does not enter the kernel.
                setup = .kernelSubmits
                idle = UInt32(clamping: max(1, submissionIdle.saturatingNanoseconds / 1_000_000))
            }
            let ring = try Ring(
                entries: options.entries, completions: options.completions, setup, idleMilliseconds: idle)
            ring.bindToThread()
            return ring
        }

        func finish() {
            own.ring = nil
            own.buffers = nil
        }

        func wake() { cposix_eventfd_signal(waker) }

        private func watchWaker() {
            _ = unsafe prepare { [waker] in unsafe curing_poll_on($0, waker, UInt32(POLLIN), Self.wakerTag) }
        }

        var lender: BufferLender {
            @inline(__always) _read { yield own.lender }
            @inline(__always) _modify { yield &own.lender }
        }

        /// The registration has operations that were not tried, as it was others' turn: they are, when those have had it.
        func postpone(_ registration: URingRegistration) { own.postponed.append(registration) }

        var isIdle: Bool { own.postponed.isEmpty && (own.starved.isEmpty || own.awaitsBuffer) }

        func tidy() {}
    }

    // MARK: Requests

    extension RingLoop {
        /// Prepares a request. A slot must be free, and the kernel have room.
        ///
        /// - Returns: The request's token, by which it can be cancelled, or why it cannot be made.
        func submit(
            _ owner: RequestOwner, _ body: (UnsafeMutablePointer<curing_ring>, UInt64) -> Int32
        ) -> Result<Token, Failure> {
            guard let token = own.requests.insert(owner) else {
                return .failure(Failure(.outOfResources, detail: "too many requests in flight"))
            }
            let status = unsafe prepare { unsafe body($0, token.tag) }
            if status < 0 {
                own.requests.remove(token)
                return .failure(.system(-status))
            }
            owner.registration.hasRequests.store(true, ordering: .releasing)
            return .success(token)
        }

        /// Submits what is prepared.
        func flush() { own.ring?.submit() }

        /// Asks a request to end early. It completes nevertheless, and only then is over.
        func cancel(_ token: Token) {
            // What the kernel does not take now it takes after its completions have been looked at: there is no other way to go on.
            while unsafe prepare({ unsafe curing_cancel($0, token.tag, Self.cancelTag) }) < 0 {}
        }

        private func prepare(_ body: (UnsafeMutablePointer<curing_ring>) -> Int32) -> Int32 {
            unsafe own.ring?.prepare(body) ?? -ENXIO
        }

        /// What a completion with those flags has received.
        @inline(__always)
        func take(_ count: Int, _ flags: UInt32) -> Chunk { own.buffers?.take(count, flags) ?? Chunk() }
    }

    // MARK: The loop

    extension RingLoop {
        func wait(_ thread: ExecutorThread, nanoseconds: Int64) {
            enter(nanoseconds)
            thread.wakeUp()
            // Those that come meanwhile wait for the next round. A task may take some early, by ``settle(_:)``.
            var left = own.ring?.readyCount ?? 0
            while left > 0, let completion = own.ring?.next() {
                complete(completion)
                thread.runReady()
                left -= 1
            }
            own.buffers?.restock()
            if !own.starved.isEmpty { feedStarved() }
            if !own.postponed.isEmpty { tryPostponed() }
        }

        private func enter(_ nanoseconds: Int64) {
            var left = nanoseconds
            if options.spin > .zero, nanoseconds != 0, spin(&left) { return }
            if let status = own.ring?.enter(nanoseconds: left), !Ring.isPassing(status) { complain(status) }
        }

        /// The kernel lets nobody enter the ring any more, as after a sandbox was closed: nothing awaited comes back, but it takes no processor.
        @inline(never)
        private func complain(_ status: Int32) {
            if !own.hasComplained {
                own.hasComplained = true
                StandardError.write(
                    line:
                        "swift-sockets: an executor cannot use its ring: \(Errno(rawValue: -status)); what it awaits stands still"
                )
            }
            _ = cposix_poll(nil, 0, 100_000_000)
        }

        /// Looks for completions for a while; true if there are some, else what is left of the time to wait.
        @inline(never)
        private func spin(_ nanoseconds: inout Int64) -> Bool {
            let start = SystemClock.now
            let longest = options.spin.saturatingNanoseconds
            var spent: Int64 = 0
            repeat {
                _ = own.ring?.enter(nanoseconds: 0)
                if own.ring?.readyCount ?? 0 > 0 { return true }
                spent = start.duration(to: SystemClock.now).saturatingNanoseconds
            } while spent < (nanoseconds < 0 ? longest : min(longest, nanoseconds))
            if nanoseconds > 0 { nanoseconds = max(1, nanoseconds - spent) }
            return false
        }

        @inline(__always)
        private func complete(_ completion: curing_completion) {
            let token = Token(tag: completion.tag)
            let goesOn = completion.flags & UInt32(CURING_MORE) != 0
            if token.slot == .max {
                if completion.tag == Self.wakerTag, !goesOn { watchWaker() }
                return
            }
            let owner = goesOn ? own.requests[token] : own.requests.remove(token)
            owner?.complete(completion.result, completion.flags)
        }

        /// Acts on completions, without running the tasks they make runnable, while something is under way that was asked to end: the
        /// kernel does that at once.
        func settle(while isUnderWay: () -> Bool) {
            while isUnderWay() {
                _ = own.ring?.enter(nanoseconds: -1)
                // Those that come meanwhile have to wait: the one that is waited for comes when the kernel is entered.
                var left = own.ring?.readyCount ?? 0
                while left > 0, let completion = own.ring?.next() {
                    complete(completion)
                    left -= 1
                }
            }
        }

        private func tryPostponed() {
            let postponed = own.postponed
            own.postponed = []
            for registration in postponed { registration.advance() }
        }

        /// No buffer was left for the registration; when one is, it is told.
        func starve(_ registration: URingRegistration) { own.starved.append(registration) }

        @inline(never)
        private func feedStarved() {
            // A single one that finds none is a stream that comes in bulk: to that a few are enough.
            if own.starved.count > 1 { own.buffers?.widen() }
            let hasBuffers = own.buffers?.isEmpty == false || own.buffers?.awaitReturn() == true
            own.awaitsBuffer = !hasBuffers
            if !hasBuffers { return }
            let starved = own.starved
            own.starved = []
            for registration in starved { registration.feed() }
        }
    }
#endif
