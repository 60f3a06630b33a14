#if TLS
    internal import CTLS

    /// What a simulated session draws from, or nothing.
    struct SeededStream {
        private var stream: ctls_stream?

        init(_ environment: TLSEnvironment) {
            stream = if case .simulated(let seed) = environment { Self.stream(seed) } else { nil }
        }

        init(seed: UInt64) { stream = Self.stream(seed) }

        private static func stream(_ seed: UInt64) -> ctls_stream { ctls_stream(open: seed, secret: ~seed) }

        /// Calls `body` while this thread draws from the stream.
        mutating func drawing<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
            guard var drawn = stream else { return try body() }
            defer { stream = drawn }
            return try unsafe withUnsafeMutablePointer(to: &drawn) { pointer throws(E) in
                unsafe ctls_enter(pointer)
                defer { ctls_leave() }
                return try body()
            }
        }
    }
#endif
