internal import SocketModel

/// Time that passes.
extension TCPConnection {
    /// Does what is due at `now`.
    mutating func expire(now: Int64) {
        if acknowledgeAt <= now {
            acknowledgeAt = TCPTime.never
            policy.expire(timeout: roundTrip.timeout)
            owed.acknowledgement = true
        }
        if retransmitAt <= now {
            retransmitAt = TCPTime.never
            if sending.inFlight == 0 { probe(now) } else { timeOut(now) }
        }
        if lifeAt <= now {
            lifeAt = TCPTime.never
            endOfPhase(now)
        }
    }

    // MARK: Retransmission

    private mutating func timeOut(_ now: Int64) {
        guard !isExhausted(now) else { return giveUp() }
        timeouts = min(timeouts + 1, 254)
        if stalledSince == TCPTime.never { stalledSince = now }
        if state == .synSent || state == .synReceived {
            owed.synchronize = true
        } else {
            congestion.timeOut(unacknowledged: sending.unacknowledged, next: sending.next)
            sending.repeated = sending.unacknowledged
            owed.repeatFirst = false
        }
        sending.timedAt = TCPTime.never
        if state != .synSent || timeouts > parameters.synLinearRetries { roundTrip.backOff() }
        retransmitAt = limited(TCPTime.after(roundTrip.timeout, now), now)
    }

    /// Whether enough has been tried.
    private func isExhausted(_ now: Int64) -> Bool {
        if hasOutlastedUser(now) { return true }
        switch state {
        case .synSent: return Int(timeouts) >= Int(parameters.synRetries) + Int(parameters.synLinearRetries)
        case .synReceived: return timeouts >= parameters.synAckRetries
        default:
            guard timeouts > 0, parameters.userTimeout == 0 || isOrphan else { return false }
            let retries = isOrphan ? parameters.orphanRetries : parameters.retries
            return now &- stalledSince >= Self.patience(retries)
        }
    }

    private func hasOutlastedUser(_ now: Int64) -> Bool {
        parameters.userTimeout > 0 && stalledSince != TCPTime.never && now &- stalledSince >= parameters.userTimeout
    }

    /// How long so many retransmissions take, the first after 200 ms, each pause twice as long, up to 120 s.
    static func patience(_ retries: UInt8) -> Int64 {
        let doublings: UInt8 = 9
        if retries <= doublings { return ((2 << Int64(retries)) - 1) * TCPTime.minimumTimeout }
        let rest = Int64(retries - doublings) * TCPTime.maximumTimeout
        return ((2 << Int64(doublings)) - 1) * TCPTime.minimumTimeout + rest
    }

    /// The user's timeout does not wait for the next retransmission.
    func limited(_ instant: Int64, _ now: Int64) -> Int64 {
        guard parameters.userTimeout > 0, stalledSince != TCPTime.never else { return instant }
        let end = TCPTime.after(parameters.userTimeout, stalledSince)
        return min(instant, max(end, TCPTime.after(TCPTime.millisecond, now)))
    }

    private mutating func giveUp() {
        fail(softError == 0 ? .timedOut : Errno(rawValue: softError))
    }

    // MARK: Closed windows

    var probePause: Int64 {
        let base = max(roundTrip.timeout, TCPTime.minimumTimeout)
        return min(base << Int64(min(backoff, 10)), TCPTime.maximumTimeout)
    }

    /// There is something to send, nothing in flight that an answer will come to: the window, or the cork, must be asked about.
    mutating func armProbe(_ now: Int64) {
        guard sending.inFlight == 0, retransmitAt == TCPTime.never else { return }
        if stalledSince == TCPTime.never { stalledSince = now }
        retransmitAt = limited(TCPTime.after(probePause, now), now)
    }

    private mutating func probe(_ now: Int64) {
        guard sending.unsentCount > 0 || sending.wantsFin else { return }
        let most = isOrphan ? parameters.orphanRetries : parameters.retries
        guard !hasOutlastedUser(now), probes < most else { return giveUp() }
        if sending.room > 0 { return owed.forced = true }
        owed.probe = true
        probes = min(probes, 254) + 1
        if backoff < parameters.retries { backoff += 1 }
        retransmitAt = limited(TCPTime.after(probePause, now), now)
    }

    // MARK: Keep-alive, FIN_WAIT2, TIME_WAIT

    private mutating func endOfPhase(_ now: Int64) {
        switch state {
        case .timeWait: end()
        case .finWait2 where isOrphan: end()
        case .closed, .synSent, .synReceived: break
        default: keepAlive(now)
        }
    }

    /// Starts keep-alive's clock, if it is on.
    mutating func armKeepAlive(_ now: Int64) {
        guard state != .timeWait, !(state == .finWait2 && isOrphan) else { return }
        let isAlive = parameters.keepAlive && state != .closed && state != .synSent && state != .synReceived
        let idle = now &- max(lastReceived, lastAcknowledged)
        let pause = probes > 0 ? parameters.keepAliveInterval : parameters.keepAliveIdle &- idle
        lifeAt = isAlive ? TCPTime.after(max(pause, TCPTime.millisecond), now) : TCPTime.never
    }

    private mutating func keepAlive(_ now: Int64) {
        guard parameters.keepAlive else { return }
        // Data that is not acknowledged has a timer of its own.
        if sending.inFlight > 0 || sending.unsentCount > 0 {
            return lifeAt = TCPTime.after(parameters.keepAliveIdle, now)
        }
        let idle = now &- max(lastReceived, lastAcknowledged)
        guard idle >= parameters.keepAliveIdle else {
            return lifeAt = TCPTime.after(parameters.keepAliveIdle - idle, now)
        }
        let isHopeless =
            parameters.userTimeout > 0
            ? idle >= parameters.userTimeout && probes > 0 : probes >= parameters.keepAliveCount
        if isHopeless {
            oweReset()
            return giveUp()
        }
        owed.probe = true
        probes = min(probes, 254) + 1
        lifeAt = TCPTime.after(parameters.keepAliveInterval, now)
    }
}
