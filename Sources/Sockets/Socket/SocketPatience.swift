internal import SocketModel
internal import Synchronization

/// How long a socket's calls may wait when they have no deadline of their own: its mode, and the kernel's `SO_RCVTIMEO` and
/// `SO_SNDTIMEO`, which the kernel itself does not apply to descriptors that are non-blocking underneath; and whether closing it may wait.
struct SocketPatience: ~Copyable {
    enum Direction { case receiving, sending }

    private static let forever = Int64.max
    private let mode = Atomic<Int64>(forever)
    private let receiving = Atomic<Int64>(forever)
    private let sending = Atomic<Int64>(forever)
    private let lingering = Atomic<Bool>(false)

    /// Whether `SO_LINGER` may have been set, here or by somebody else who has had the descriptor.
    var mayLinger: Bool { lingering.load(ordering: .relaxed) }

    func noteLingering() { lingering.store(true, ordering: .relaxed) }

    var current: Socket.Mode {
        switch mode.load(ordering: .relaxed) {
        case Self.forever: .blocking
        case 0: .nonBlocking
        case let nanoseconds: .timeout(.nanoseconds(nanoseconds))
        }
    }

    func set(_ new: Socket.Mode) {
        let nanoseconds =
            switch new {
            case .blocking: Self.forever
            case .nonBlocking: Int64(0)
            case .timeout(let duration): max(0, duration.saturatingNanoseconds)
            }
        mode.store(nanoseconds, ordering: .relaxed)
    }

    /// What the kernel's option says; zero is for ever there.
    func setKernel(_ direction: Direction, _ nanoseconds: Int64) {
        let value = nanoseconds > 0 ? nanoseconds : Self.forever
        switch direction {
        case .receiving: receiving.store(value, ordering: .relaxed)
        case .sending: sending.store(value, ordering: .relaxed)
        }
    }

    /// As the kernel hands them from a listener to its connections.
    func inheritKernel(from other: borrowing SocketPatience) {
        receiving.store(other.receiving.load(ordering: .relaxed), ordering: .relaxed)
        sending.store(other.sending.load(ordering: .relaxed), ordering: .relaxed)
        if other.mayLinger { noteLingering() }
    }

    /// The moment a call that starts now must end; the clock is read only if that matters.
    @inline(__always)
    func limit(_ deadline: Deadline?, _ direction: Direction, _ now: () -> NetworkInstant) -> NetworkInstant {
        if let deadline { return deadline.instant(now: now) }
        var nanoseconds = mode.load(ordering: .relaxed)
        if nanoseconds == Self.forever {
            nanoseconds =
                direction == .receiving ? receiving.load(ordering: .relaxed) : sending.load(ordering: .relaxed)
            if nanoseconds == Self.forever { return .distantFuture }
        }
        return nanoseconds == 0 ? .distantPast : now().advanced(by: .nanoseconds(nanoseconds))
    }
}
