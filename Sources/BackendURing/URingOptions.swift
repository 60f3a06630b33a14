#if URing
    internal import SocketModel

    /// How a ``URingBackend`` uses the kernel.
    public struct URingOptions: Hashable, Sendable {
        /// How many executors share the awaited calls, each a thread with a ring of its own: 1...1024. They start with the first of them.
        public var threads = 1

        /// How many buffers a ring receives into: a power of two in 2...32768. They are lent with what was received.
        public var buffers = 16

        /// The size of each in bytes: 4 KiB...1 GiB. A kernel since 6.12 fills one bit by bit, an older one uses a whole one for each receive.
        public var bufferSize = 256 << 10

        /// How many received bytes may wait for a socket's next receive, before the kernel is asked to keep what comes: 1...1 GiB.
        public var readAhead = 256 << 10

        /// How long an executor looks for completions before it sleeps, which saves the time to wake it, and costs its processor: 0...1 s.
        public var spin: Duration = .zero

        /// If it is not nil, a thread of the kernel's submits what executors ask for, and sleeps after so long without work, 1 ms...1 h:
        /// `IORING_SETUP_SQPOLL`. It takes a processor of its own while it is awake.
        public var submissionIdle: Duration?

        /// From how many bytes on an awaited `send` or `sendAll` lets the kernel read the sender's memory as it goes out, 1...1 GiB; nil for never,
        /// and a kernel without ``URingFeatures/zeroCopySend`` copies all the same: `IORING_OP_SEND_ZC`.
        ///
        /// It saves the copy on a network card that gathers; on loopback the kernel copies after all, and each send loses by it. Such a send
        /// returns when the peer has acknowledged the bytes, not when the system has taken them. One that is cancelled, or whose deadline comes,
        /// returns no earlier once all is under way; closing the socket waits for two seconds at most, and then resets the connection.
        public var zeroCopy: Int?

        /// The size of an executor's submission and completion queues; what finds no room waits in the kernel.
        package var entries: UInt32 = 1024
        package var completions: UInt32 = 8192

        /// Features of the kernel that are not to be used, although it has them.
        public var without: URingFeatures = []

        /// The defaults, with so many executors, and without some of the kernel's features.
        public init(threads: Int = 1, without: URingFeatures = []) {
            self.threads = threads
            self.without = without
        }
    }

    extension URingOptions {
        /// - Throws: which of them is out of bounds. The number of threads is looked at elsewhere.
        func check() throws(Failure) {
            try Self.check(buffers >= 2 && buffers <= 32768 && buffers & (buffers - 1) == 0) {
                "the number of buffers must be a power of two in 2...32768, not \(buffers)"
            }
            try Self.check((4096...1 << 30).contains(bufferSize)) {
                "a buffer's size must be in 4096...\(1 << 30) bytes, not \(bufferSize)"
            }
            try Self.check((1...1 << 30).contains(readAhead)) {
                "the read-ahead must be in 1...\(1 << 30) bytes, not \(readAhead)"
            }
            try Self.check(submissionIdle.map { $0 >= .milliseconds(1) && $0 <= .seconds(3600) } ?? true) {
                "the submission thread's time must be in 1 ms...1 h, not \(submissionIdle ?? .zero)"
            }
            try Self.check(zeroCopy.map { (1...1 << 30).contains($0) } ?? true) {
                "zero-copy sends must begin in 1...\(1 << 30) bytes, not at \(zeroCopy ?? 0)"
            }
            try Self.check(spin >= .zero && spin <= .seconds(1)) { "the spin must be in 0...1 s, not \(spin)" }
        }

        private static func check(_ isFine: Bool, _ detail: () -> String) throws(Failure) {
            if !isFine { throw Failure(.invalidArgument, detail: detail()) }
        }
    }
#endif
