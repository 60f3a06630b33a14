/// How long one call may take.
///
/// A call without a deadline follows its socket's mode. One with a deadline follows the deadline alone.
public enum Deadline: Hashable, Sendable, Codable {
    /// As long as it takes.
    case never
    /// Not at all: what cannot be done at once fails with ``SocketError/Code/wouldBlock``.
    case immediate
    /// At most this long from the start of the call. Zero means ``immediate``; less is a time that is used up, and fails with
    /// ``SocketError/Code/timedOut`` what cannot be done at once.
    case within(Duration)
    /// Until this moment of the network's clock.
    case at(NetworkInstant)

    /// The moment this deadline passes, for a call that starts now; the clock is read only when the answer depends on it.
    @inlinable public func instant(now: () -> NetworkInstant) -> NetworkInstant {
        switch self {
        case .never: .distantFuture
        case .immediate: .distantPast
        case .within(let duration): duration == .zero ? .distantPast : now().advanced(by: duration)
        case .at(let instant): instant
        }
    }
}
