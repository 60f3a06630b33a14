internal import SocketModel

extension Socket {
    /// How long calls without a deadline of their own may wait.
    public enum Mode: Hashable, Sendable {
        /// As long as it takes; what every socket starts with.
        case blocking
        /// Not at all: ``SocketError/Code/wouldBlock``, or ``SocketError/Code/inProgress`` from a connect.
        case nonBlocking
        /// At most this long, then ``SocketError/Code/timedOut``; zero and less are ``nonBlocking``.
        case timeout(Duration)
    }

    /// The socket's mode. The classic methods are `setblocking` and `settimeout`.
    ///
    /// It is this object's own: duplicates and other processes keep theirs, unlike C's `O_NONBLOCK`.
    public var mode: Mode {
        get { patience.current }
        set { patience.set(newValue) }
    }

    /// Switches between ``Mode/blocking`` and ``Mode/nonBlocking``. The classic method is `setblocking`.
    public func setBlocking(_ isBlocking: Bool) { mode = isBlocking ? .blocking : .nonBlocking }

    @inline(__always)
    func limit(_ deadline: Deadline?, _ direction: SocketPatience.Direction) -> NetworkInstant {
        // Asked first, as what reads the clock holds on to the socket.
        if deadline == nil, patience.isEndless { return .distantFuture }
        return patience.limit(deadline, direction) { backend.now }
    }

    /// When a call that is started now must end: what its flags say must not wait, does not.
    @inline(__always)
    func limit(
        _ deadline: Deadline?, _ direction: SocketPatience.Direction, _ flags: MessageFlags
    ) -> NetworkInstant {
        let hasty: MessageFlags = direction == .receiving ? [.doNotWait, .outOfBand, .errorQueue] : .doNotWait
        return flags.isDisjoint(with: hasty) ? limit(deadline, direction) : .distantPast
    }
}
