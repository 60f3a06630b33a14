#if URing
    internal import CURing
    public import SocketModel

    /// Something of io_uring's that this package does without, though it concerns sockets, and why.
    public struct URingUnused: Hashable, Sendable {
        /// What it is called, for people.
        public let name: String
        /// Why it is not used.
        public let reason: String
        /// Whether this kernel has it.
        public let isThere: Bool

        private init(_ name: String, _ reason: String, _ isThere: Bool) {
            self.name = name
            self.reason = reason
            self.isThere = isThere
        }
    }

    extension URingUnused {
        /// All of it.
        ///
        /// - Throws: ``Failure`` as ``URingFeatures/available()``.
        public static func all() throws(Failure) -> [URingUnused] {
            let ring = try Ring(entries: 4, completions: 8, [])
            func since(_ operation: Int) -> Bool { ring.knows(operation) }
            // What has no operation of its own is told by one that came with the same kernel.
            let hasSockets = since(Int(CURING_OP_SOCKET))
            let hasFutexes = since(Int(CURING_OP_FUTEX_WAITV))
            return [
                .init("multishot accept", "it does not tell the peer's address, which accept returns", hasSockets),
                .init(
                    "direct descriptors", "a socket has a number that every call and other programs understand",
                    hasSockets),
                .init(
                    "cancel by descriptor", "each request is cancelled by its token, which no other can have",
                    hasSockets
                ),
                .init(
                    "linked timeouts", "an executor's timers cost no request, and end what has none",
                    since(Int(CURING_OP_LINK_TIMEOUT))),
                .init("socket commands", "options never wait: a system call costs less", hasFutexes),
                .init("bind and listen", "they never wait: a system call costs less", since(Int(CURING_OP_LISTEN))),
                .init(
                    "messages to rings", "an eventfd wakes a ring's thread as fast, and from threads that have no ring",
                    since(Int(CURING_OP_MSG_RING))),
                .init("receive bundles", "some kernels lose the order of bytes by them", ring.hasBundles),
                .init(
                    "NAPI busy polling", "it is for one network card's queue; see the option spin", ring.hasBusyPolling),
            ]
        }
    }
#endif
