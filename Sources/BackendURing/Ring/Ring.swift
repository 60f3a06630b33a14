#if URing
    internal import CPOSIX
    internal import CURing
    internal import SocketModel
    internal import SystemSockets

    /// A submission queue and a completion queue, shared with the kernel: `io_uring_setup(2)`.
    ///
    /// One thread at a time; which, and whether it may change, its flags decide.
    @safe struct Ring: ~Copyable {
        struct Setup: OptionSet {
            let rawValue: UInt32
            /// One thread submits, for ever: the one that made the ring.
            static let singleIssuer = Setup(rawValue: UInt32(CURING_SETUP_SINGLE_ISSUER))
            /// Completions are worked on when that thread asks for them, and at no other moment.
            static let deferredWork = Setup(rawValue: UInt32(CURING_SETUP_DEFER_TASKRUN))
            /// A thread of the kernel's submits.
            static let kernelSubmits = Setup(rawValue: UInt32(CURING_SETUP_SQPOLL))
        }

        private let ring: UnsafeMutablePointer<curing_ring>

        /// - Parameter entries: How many requests may be prepared before they are submitted.
        init(entries: UInt32, completions: UInt32, _ setup: Setup, idleMilliseconds: UInt32 = 0) throws(Failure) {
            guard let ring = unsafe curing_allocate() else { throw .system(ENOMEM) }
            let status = unsafe curing_open(ring, entries, completions, setup.rawValue, idleMilliseconds)
            guard status == 0 else {
                unsafe free(ring)
                throw Self.explained(-status)
            }
            unsafe self.ring = ring
        }

        deinit {
            unsafe curing_close(ring)
            unsafe free(ring)
        }

        static func explained(_ number: Int32) -> Failure {
            var failure = Failure.system(number)
            switch number {
            case ENOSYS:
                failure.code = .unsupported
                failure.detail = "this kernel has no io_uring that will do: 6.0 is the oldest"
            case EPERM, EACCES:
                failure.code = .unsupported
                failure.detail =
                    "io_uring is forbidden here, by kernel.io_uring_disabled or a seccomp filter"
            case ENOMEM:
                failure.detail = "io_uring's memory counts as locked: raise the limit RLIMIT_MEMLOCK"
            default: break
            }
            return failure
        }

        /// The thread that made it, which alone uses it, is going to use it often.
        func bindToThread() { unsafe curing_bind_to_thread(ring) }

        /// Submits what is prepared, and waits for one completion unless `nanoseconds` is 0; for ever if it is negative.
        ///
        /// - Returns: 0, or the negative error number: `-ETIME` after the time, `-EINTR` after a signal.
        func enter(nanoseconds: Int64) -> Int32 { unsafe curing_enter(ring, nanoseconds == 0 ? 0 : 1, nanoseconds) }

        /// Whether what ``enter(nanoseconds:)`` has returned is about this time only: the next may do.
        @inline(__always)
        static func isPassing(_ status: Int32) -> Bool {
            status >= 0 || [-ETIME, -EINTR, -EAGAIN, -EBUSY, -EBADR].contains(status)
        }

        /// Whether requests are prepared that the kernel has not taken.
        var hasPrepared: Bool { unsafe curing_prepared(ring) > 0 }

        /// Submits what is prepared, if anything is.
        func submit() {
            if hasPrepared { _ = unsafe curing_submit(ring) }
        }

        /// The first completion, which is done with; nil if there is none.
        @inline(__always) func next() -> curing_completion? {
            guard readyCount > 0 else { return nil }
            defer { advance(1) }
            return self[0]
        }

        /// How many completions are there.
        var readyCount: UInt32 { @inline(__always) get { unsafe curing_ready(ring) } }

        /// One of those, which stay there until ``advance(_:)``.
        @inline(__always) subscript(index: UInt32) -> curing_completion { unsafe curing_completion_at(ring, index) }

        /// So many completions are done with.
        @inline(__always) func advance(_ count: UInt32) { unsafe curing_advance(ring, count) }

        /// Whether the kernel can do with several buffers at once.
        var hasBundles: Bool { unsafe curing_has_bundles(ring) != 0 }
        /// Whether the kernel can poll a network card for the ring.
        var hasBusyPolling: Bool { unsafe curing_has_busy_polling(ring) != 0 }

        func knows(_ operation: Int) -> Bool { unsafe curing_knows(ring, Int32(operation)) != 0 }

        /// Cancels everything, on any thread, of a ring that is not one thread's own.
        ///
        /// - Returns: `-EINVAL` where the kernel cannot: what threads that block rely on came with Linux 6.0.
        @discardableResult func cancelAll() -> Int32 { unsafe curing_cancel_all(ring) }

        /// The ring as the functions of CURing take it, to prepare one request; they return 0 or a negative error number.
        @inline(__always) func prepare(_ body: (UnsafeMutablePointer<curing_ring>) -> Int32) -> Int32 {
            unsafe body(ring)
        }
    }

    extension Token {
        /// The number that the kernel gives back with the completion.
        var tag: UInt64 { @inline(__always) get { UInt64(generation) << 32 | UInt64(slot) } }

        @inline(__always) init(tag: UInt64) {
            self.init(slot: UInt32(truncatingIfNeeded: tag), generation: UInt32(truncatingIfNeeded: tag >> 32))
        }
    }
#endif
