internal import SocketModel

/// A call of a writer's that waits. It is one call's, and what may change of it is touched under its writer's lock only.
final class WriterWait {
    enum Purpose {
        /// For room for these bytes.
        case room(Chunk)
        /// Until so many bytes in all have been sent.
        case sent(UInt64)
        /// Until nothing is queued, and nobody waits for room.
        case emptiness
    }

    let purpose: Purpose
    /// How many of its bytes have been queued.
    var taken = 0
    /// What it came to; nil while it waits.
    var outcome: Result<Void, SocketError>?
    /// Wakes the task or the thread that waits; to be called without the lock.
    let wake: @Sendable () -> Void

    init(_ purpose: Purpose, _ wake: @escaping @Sendable () -> Void) {
        self.purpose = purpose
        self.wake = wake
    }
}
