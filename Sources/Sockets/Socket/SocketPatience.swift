internal import SocketModel
internal import Synchronization

/// How long a socket's calls may wait when they have no deadline of their own: its mode, and the kernel's `SO_RCVTIMEO` and
/// `SO_SNDTIMEO`, which the kernel itself does not apply to descriptors that are non-blocking underneath; and whether closing it may wait.
struct SocketPatience: ~Copyable {
    enum Direction { case receiving, sending }

    private static let forever = Int64.max

    /// Most sockets have none.
    private final class Limits: Sendable {
        let mode = Atomic<Int64>(forever)
        let receiving = Atomic<Int64>(forever)
        let sending = Atomic<Int64>(forever)
        let lingering = Atomic<Bool>(false)
    }

    private let reference = OnceReference<Limits>()

    private var limits: Limits { reference.made { Limits() } }

    /// Whether `SO_LINGER` may have been set, here or by somebody else who has had the descriptor.
    var mayLinger: Bool { reference.value?.lingering.load(ordering: .relaxed) ?? false }

    func noteLingering() { limits.lingering.store(true, ordering: .relaxed) }

    var current: Socket.Mode {
        switch reference.value?.mode.load(ordering: .relaxed) ?? Self.forever {
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
            // Less than a nanosecond is some time, not none.
            case .timeout(let duration): duration > .zero ? max(1, duration.saturatingNanoseconds) : 0
            }
        if nanoseconds == Self.forever, reference.value == nil { return }
        limits.mode.store(nanoseconds, ordering: .relaxed)
    }

    /// What the kernel's option says; zero is for ever there.
    func setKernel(_ direction: Direction, _ nanoseconds: Int64) {
        let value = nanoseconds > 0 ? nanoseconds : Self.forever
        if value == Self.forever, reference.value == nil { return }
        switch direction {
        case .receiving: limits.receiving.store(value, ordering: .relaxed)
        case .sending: limits.sending.store(value, ordering: .relaxed)
        }
    }

    /// As the kernel hands them from a listener to its connections.
    func inheritKernel(from other: borrowing SocketPatience) {
        guard let others = other.reference.value else { return }
        limits.receiving.store(others.receiving.load(ordering: .relaxed), ordering: .relaxed)
        limits.sending.store(others.sending.load(ordering: .relaxed), ordering: .relaxed)
        if other.mayLinger { noteLingering() }
    }

    /// Whether nothing limits a call without a deadline, as is so of most sockets.
    @inline(__always) var isEndless: Bool { unsafe reference.unowned == nil }

    /// The moment a call that starts now must end; the clock is read only if that matters.
    @inline(__always)
    func limit(_ deadline: Deadline?, _ direction: Direction, _ now: () -> NetworkInstant) -> NetworkInstant {
        if let deadline { return deadline.instant(now: now) }
        guard let limits = unsafe reference.unowned else { return .distantFuture }
        return unsafe limits._withUnsafeGuaranteedRef { Self.limit($0, direction, now) }
    }

    @inline(never)
    private static func limit(_ limits: Limits, _ direction: Direction, _ now: () -> NetworkInstant) -> NetworkInstant {
        var nanoseconds = limits.mode.load(ordering: .relaxed)
        if nanoseconds == forever {
            nanoseconds =
                direction == .receiving
                ? limits.receiving.load(ordering: .relaxed) : limits.sending.load(ordering: .relaxed)
            if nanoseconds == forever { return .distantFuture }
        }
        return nanoseconds == 0 ? .distantPast : now().advanced(by: .nanoseconds(nanoseconds))
    }
}
