internal import SocketModel

// `TCP_DEFER_ACCEPT`: a connection is not accepted before data has come, or it has waited long enough.
extension TCPSocket {
    /// Puts it into its listener's queue.
    func join(_ listener: TCPSocket) {
        isDeferred = false
        self.listener = nil
        phase = .connected
        listener.queue?.established(self)
        listener.changed(.readable)
    }

    /// Whether its listener wants data first, and none has come; it is asked again when something arrives.
    func defers(_ listener: TCPSocket) -> Bool {
        let seconds = listener.options.value(.deferAccept, initial: 0)
        guard seconds > 0, !hasSomething else { return false }
        isDeferred = true
        kernel.world.schedule(DeferralEnd(self), after: seconds * TCPTime.second)
        return true
    }

    private var hasSomething: Bool {
        connection.availableBytes > 0 || connection.isReceiveEnded
    }

    /// Something has happened: perhaps what was waited for.
    func endDeferral() {
        if hasSomething { stopDeferring() }
    }

    fileprivate func stopDeferring() {
        guard isDeferred, let listener, connection.state != .closed else { return }
        join(listener)
    }
}

/// It has waited long enough.
private final class DeferralEnd: Event {
    private weak var socket: TCPSocket?

    init(_ socket: TCPSocket) { self.socket = socket }

    override consuming func occur() { socket?.stopDeferring() }
}
