#if TLS
    /// Where a session's randomness comes from, and which time certificates are verified against.
    public enum TLSEnvironment: Hashable, Sendable {
        /// OpenSSL's own generator, and the machine's calendar.
        case system
        /// Everything from the seed, in a library context of OpenSSL's whose only generator is a provider of this package's, and the machine's clock,
        /// which counts from ``TLSConfiguration/simulatedStart``: the same inputs come to the same bytes. Whoever knows the seed knows all
        /// keys: never for a network that is not simulated.
        case simulated(seed: UInt64)
    }
#endif
