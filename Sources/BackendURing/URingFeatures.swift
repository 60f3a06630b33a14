#if URing
    internal import CPOSIX
    internal import CURing
    internal import Locks
    public import SocketModel

    /// What this package uses of io_uring beyond its beginnings; a kernel may have it or not.
    public struct URingFeatures: OptionSet, Hashable, Sendable, CaseIterable {
        /// Bits of this package's own, not the kernel's.
        public let rawValue: UInt32

        /// Any set of bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// One thread submits, and completions are worked on when it waits: `IORING_SETUP_SINGLE_ISSUER`, `IORING_SETUP_DEFER_TASKRUN`;
        /// Linux 6.1.
        public static let deferredWork = URingFeatures(rawValue: 1 << 0)

        /// One request receives again and again, into provided buffers: `IORING_RECV_MULTISHOT`; Linux 6.0.
        public static let multishotReceive = URingFeatures(rawValue: 1 << 1)

        /// A provided buffer is filled bit by bit: `IOU_PBUF_RING_INC`; Linux 6.12.
        public static let incrementalBuffers = URingFeatures(rawValue: 1 << 2)

        /// A send lets the kernel read the sender's memory as it goes out, instead of copying it: `IORING_OP_SEND_ZC`; Linux 6.0. Used only if
        /// ``URingOptions/zeroCopy`` asks for it.
        public static let zeroCopySend = URingFeatures(rawValue: 1 << 3)

        /// Accepting tells whether somebody else is there, and waits first where nobody is: `IORING_ACCEPT_POLL_FIRST`; Linux 6.10.
        public static let acceptWhenReady = URingFeatures(rawValue: 1 << 4)

        /// All of them, as a set.
        public static let all = URingFeatures(allCases)

        /// All of them.
        public static let allCases: [URingFeatures] = [
            .deferredWork, .multishotReceive, .incrementalBuffers, .zeroCopySend, .acceptWhenReady,
        ]

        /// The feature's name, for people.
        public var names: [String] {
            zip(
                Self.allCases,
                ["deferred work", "multishot receive", "incremental buffers", "zero-copy send", "accept when ready"]
            ).filter { contains($0.0) }.map(\.1)
        }
    }

    extension URingFeatures {
        private static let known = Lock<URingFeatures?>(nil)

        /// What this kernel has, found out once.
        ///
        /// - Throws: ``Failure`` with ``SocketError/Code/unsupported`` when it has no io_uring that will do, or forbids it.
        public static func available() throws(Failure) -> URingFeatures {
            if let known = known.withLock({ $0 }) { return known }
            var trial = URingTrial()
            try trial.run()
            if trial.isCertain { known.withLock { [found = trial.found] in $0 = found } }
            return trial.found
        }
    }

    /// Finds out what this kernel has, by trying.
    private struct URingTrial {
        private(set) var found: URingFeatures = []
        /// Whether nothing was missed for want of descriptors or memory, of which there may be more the next time.
        private(set) var isCertain = true

        mutating func run() throws(Failure) {
            let plain = try Ring(entries: 4, completions: 8, [])
            try check(plain)
            // The operation came with the same kernel as the flag of receives, which cannot be asked for.
            if plain.knows(Int(CURING_OP_SEND_ZC)) { found.formUnion([.zeroCopySend, .multishotReceive]) }
            // The flag came with the same kernel as bundles, which it says that it has.
            if plain.hasBundles { found.insert(.acceptWhenReady) }
            attempt(.incrementalBuffers) { () throws(Failure) in
                _ = try ReceiveBuffers(plain, count: 2, size: 4096, incremental: true)
            }
            attempt(.deferredWork) { () throws(Failure) in
                _ = try Ring(entries: 4, completions: 8, [.singleIssuer, .deferredWork])
            }
        }

        /// Each of the three system calls may be forbidden by itself: what cannot be submitted or cancelled would be waited for in vain.
        private func check(_ ring: borrowing Ring) throws(Failure) {
            let cancelled = ring.cancelAll()
            if cancelled == -EINVAL { throw Ring.explained(ENOSYS) }
            if cancelled < 0, cancelled != -ENOENT { throw Ring.explained(-cancelled) }
            _ = unsafe ring.prepare { unsafe curing_cancel($0, 0, 0) }
            let entered = ring.enter(nanoseconds: 0)
            if !Ring.isPassing(entered) { throw Ring.explained(-entered) }
        }

        private mutating func attempt(_ feature: URingFeatures, _ body: () throws(Failure) -> Void) {
            do throws(Failure) {
                try body()
                found.insert(feature)
            } catch {
                if let errno = error.errno, [EMFILE, ENFILE, ENOMEM, EAGAIN].contains(errno.rawValue) {
                    isCertain = false
                }
            }
        }
    }
#endif
