internal import SocketModel

/// Segments that arrive: RFC 9293, 3.10.7.
extension TCPConnection {
    /// A segment has come for this connection; its ports are not looked at.
    mutating func handle(_ header: TCPHeader, payload: UnsafeRawBufferPointer, now: Int64) {
        counters.segmentsReceived &+= 1
        switch state {
        case .closed: return
        case .synSent: handleConnecting(header, now)
        case .timeWait: handleWaiting(header, payload.count, now)
        default: unsafe handleSynchronized(header, payload, now)
        }
    }

    private mutating func handleSynchronized(
        _ header: TCPHeader, _ payload: UnsafeRawBufferPointer, _ now: Int64
    ) {
        var header = header
        if state == .synReceived, header.flags.contains(.syn), header.sequence == receiving.initial {
            guard completesSimultaneousOpen(&header) else { return owed.synchronize = !header.flags.contains(.reset) }
            // As the kernel, to which its SYN is one that comes again.
            owed.acknowledgement = true
        }
        guard isAcceptable(header, payload.count, now), header.flags.contains(.acknowledge) else { return }
        if state == .synReceived {
            guard isHandshakeAnswer(header) else { return refuse(header, payload.count) }
            establish(now)
        }
        guard acknowledge(header, payload.count, now) else { return }
        if sending.isFinAcknowledged { finishSending(header, now) }
        if payload.count > 0 || header.flags.contains(.fin) { unsafe receive(header, payload, now) }
    }

    /// SYN_SENT.
    private mutating func handleConnecting(_ header: TCPHeader, _ now: Int64) {
        let isAnswer = header.flags.contains(.acknowledge)
        if isAnswer, !isHandshakeAnswer(header) { return refuse(header, 0) }
        if header.flags.contains(.reset) {
            if isAnswer { fail(.connectionRefused) }
            return
        }
        guard header.flags.contains(.syn) else { return }
        negotiate(header)
        lastReceived = now
        if isAnswer {
            establish(now)
            _ = acknowledge(header, 0, now)
            owed.acknowledgement = true
        } else {
            // Both ends have begun (RFC 9293, 3.5): ours is repeated with the acknowledgement of theirs.
            state = .synReceived
            owed.synchronize = true
        }
    }

    private func isHandshakeAnswer(_ header: TCPHeader) -> Bool {
        header.acknowledgement.isAfter(sending.unacknowledged) && !header.acknowledgement.isAfter(sending.next)
    }

    /// The SYN with an acknowledgement of a peer that began at the same time; without its SYN it is as any other segment.
    private func completesSimultaneousOpen(_ header: inout TCPHeader) -> Bool {
        guard header.flags.contains(.acknowledge), !header.flags.contains(.reset), isHandshakeAnswer(header) else {
            return false
        }
        header.flags.remove(.syn)
        header.sequence &+= 1
        return true
    }

    private mutating func establish(_ now: Int64) {
        state = .established
        roundTrip.begin()
        if counters.retransmissions > 1 { congestion.beginCautiously() }
        if sending.isShutDown { state = .finWait1 }
        armKeepAlive(now)
    }

    /// Whether a segment is inside of the window, and neither RST nor SYN; what else is to be done with it is done.
    private mutating func isAcceptable(_ header: TCPHeader, _ count: Int, _ now: Int64) -> Bool {
        let length = header.length(count)
        let isInside =
            !(header.sequence &+ length).isBefore(receiving.windowStart)
            && !header.sequence.isAfter(receiving.next &+ receiving.openWindow)
        if isInside, header.flags.isDisjoint(with: [.reset, .syn]) { return true }
        if header.flags.contains(.reset) {
            handleReset(header, isInside, now)
        } else {
            challenge(now, isLimited: count == 0 || header.flags.contains(.syn))
        }
        return false
    }

    /// RFC 5961, 3.2: only the very next number resets, others in the window are asked about.
    private mutating func handleReset(_ header: TCPHeader, _ isInside: Bool, _ now: Int64) {
        let followsFin = receiving.isEnded && header.sequence == receiving.next &- 1 && state != .timeWait
        if header.sequence == receiving.next || followsFin && !isInside {
            switch state {
            case .closeWait: fail(.brokenPipe)
            default: fail(.connectionReset)
            }
        } else if isInside {
            challenge(now, isLimited: true)
        }
    }

    /// An acknowledgement that says where we are; at most every 500 ms where two ends could answer one another for ever.
    mutating func challenge(_ now: Int64, isLimited: Bool) {
        if isLimited {
            guard lastChallenge == TCPTime.never || now &- lastChallenge >= TCPTime.challengePause else { return }
            lastChallenge = now
        }
        owed.acknowledgement = true
    }

    /// Answers a segment with a RST; the connection stays as it is.
    mutating func refuse(_ header: TCPHeader, _ count: Int) {
        guard let reset = header.reset(payloadCount: count) else { return }
        owed.reset = reset.flags
        owed.resetSequence = reset.sequence
        owed.resetAcknowledgement = reset.acknowledgement
    }

    /// TIME_WAIT: the last acknowledgement was lost, or an old segment has come late.
    private mutating func handleWaiting(_ header: TCPHeader, _ count: Int, _ now: Int64) {
        let isEmpty = header.length(count) == 0
        if header.flags.contains(.reset) {
            if header.sequence == receiving.next { end() }
            return
        }
        lifeAt = TCPTime.after(parameters.timeWait, now)
        if !(isEmpty && header.sequence == receiving.next) { challenge(now, isLimited: count == 0 && isEmpty) }
    }

    /// Whether a segment in TIME_WAIT is a SYN that may begin a new connection between the same ends (RFC 9293, 3.10.7.4).
    func acceptsNewConnection(_ header: TCPHeader) -> Bool {
        state == .timeWait && header.flags.contains(.syn) && header.flags.isDisjoint(with: [.reset, .acknowledge])
            && header.sequence.isAfter(receiving.next)
    }
}
