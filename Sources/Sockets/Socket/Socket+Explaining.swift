internal import SocketModel

// What went wrong, together with what only the socket knows of it.
extension Socket {
    @inline(never)
    func explain(
        _ failure: Failure, _ action: Operation.Action, _ subject: SocketError.Subject?
    ) -> SocketError {
        var failure = failure
        // A closer cancels those who wait: to them the socket is closed.
        if failure.code == .cancelled, usage.isClosed { failure.code = .closed }
        return SocketError(failure, action.name, subject ?? self.subject(of: failure.code, action))
    }

    /// The address that was given, or of a transfer that the peer or the network has ended, the peer's.
    private func subject(of code: SocketError.Code, _ action: borrowing Operation.Action) -> SocketError.Subject? {
        if let address = action.address { return .address(address) }
        return action.isTransfer && code.concernsPeer ? peer : nil
    }

    /// Whom errors of a connection name: its peer, even if that has gone.
    var peer: SocketError.Subject? {
        guard [.ipv4, .ipv6, .unix, .vsock].contains(family), usage.enter() else { return nil }
        defer { usage.leave() }
        return formerPeer.map { .address($0) }
    }

    /// Its peer, even if that has gone; nil for none, and for one without a name. To be asked from inside.
    var formerPeer: SocketAddress? {
        let peer = backend.formerPeer(of: handle)
        return peer == .unix(.unnamed) ? nil : peer
    }
}

extension SocketError.Code {
    /// Whether it tells of the other end, or of the way there.
    fileprivate var concernsPeer: Bool {
        switch self {
        case .timedOut, .connectionRefused, .connectionReset, .connectionAborted, .brokenPipe, .hostUnreachable,
            .networkUnreachable:
            true
        default: false
        }
    }
}

extension Operation.Action {
    /// Whether it moves bytes between the socket and its peer.
    fileprivate var isTransfer: Bool {
        switch self {
        case .receive, .receiveMessage, .receiveBatch, .send, .sendMessage, .sendBatch, .sendFile: true
        default: false
        }
    }
}
