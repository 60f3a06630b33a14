internal import SocketModel

/// Ends: orderly, by RST, by error.
extension TCPConnection {
    /// Sends a FIN after what was written: `shutdown(2)` with `SHUT_WR`.
    mutating func shutdownSending() {
        guard !sending.isShutDown else { return }
        sending.isShutDown = true
        switch state {
        case .established: state = .finWait1
        case .closeWait: state = .lastAck
        case .synSent: end()
        default: break
        }
    }

    /// Nobody will read what comes from now on: `shutdown(2)` with `SHUT_RD`. The peer is not told.
    mutating func shutdownReceiving() { receiving.isShutDown = true }

    /// The socket is closed. What was written is still sent, then a FIN; bytes that nobody has read make it a RST instead.
    mutating func close(now: Int64) {
        guard !isOrphan else { return }
        isOrphan = true
        receiving.isShutDown = true
        let isUnread = receiving.ring.count > 0
        defer { if state == .closed || state == .timeWait || isUnread { freeReceived() } }
        switch state {
        case .closed, .timeWait: return
        case .synSent: return end()
        default: break
        }
        if isUnread { return abort() }
        shutdownSending()
        guard state == .finWait2 else { return }
        if parameters.finTimeout < 0 { abort() } else { limitFinWait2(now) }
    }

    /// Closes the socket at once, with a RST where the peer may still know of the connection: closing with a linger time of 0.
    mutating func abort() {
        isOrphan = true
        receiving.isShutDown = true
        switch state {
        case .closed, .timeWait: return freeReceived()
        case .established, .closeWait, .finWait1, .finWait2, .synReceived: oweReset()
        case .lastAck, .closing: if sending.unsentCount > 0 || sending.wantsFin { oweReset() }
        default: break
        }
        end()
    }

    /// An ICMP error came: it ends a handshake; later it is only remembered, as the cause should retransmission fail.
    mutating func unreachable(_ error: Errno) {
        switch state {
        case .closed, .timeWait: return
        case .synSent, .synReceived: fail(error)
        default: softError = error.rawValue
        }
    }

    /// `SO_ERROR`: why the connection has ended, until it is taken.
    var error: Errno? { pendingError == 0 ? nil : Errno(rawValue: pendingError) }

    /// Takes ``error``.
    mutating func takeError() -> Errno? {
        defer { pendingError = 0 }
        return error
    }

    /// A RST from where we are.
    mutating func oweReset() {
        owed.reset = [.reset, .acknowledge]
        owed.resetSequence = acceptableSequence
        owed.resetAcknowledgement = receiving.next
    }

    mutating func fail(_ error: Errno) {
        pendingError = error.rawValue
        end()
    }

    /// The connection is no more. What has come can still be read; a RST that is owed still leaves.
    mutating func end() {
        state = .closed
        (retransmitAt, acknowledgeAt, lifeAt) = (TCPTime.never, TCPTime.never, TCPTime.never)
        (owed.synchronize, owed.acknowledgement, owed.probe, owed.repeatFirst) = (false, false, false, false)
        sending.ring.free()
        receiving.reassembly.free()
        if isOrphan { freeReceived() }
    }

    private mutating func freeReceived() {
        receiving.ring.free()
        receiving.reassembly.free()
    }
}
