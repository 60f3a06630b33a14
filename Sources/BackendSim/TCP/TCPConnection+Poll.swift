/// Segments that leave.
extension TCPConnection {
    /// Whether ``poll(_:payload:now:)`` may have something: false is certain.
    @inline(__always) var mayPoll: Bool {
        owed.isSomething || sending.unsentCount > 0 || sending.wantsFin || sending.isRepeating
    }

    /// Takes the next segment to send; false when there is none.
    ///
    /// To be called until it says false after each other call. `payload` keeps its memory; the header's ports are left alone.
    mutating func poll(_ header: inout TCPHeader, payload: inout [UInt8], now: Int64) -> Bool {
        if owed.reset.isEmpty, !owed.synchronize, state.canTransmit {
            if owed.repeatFirst || sending.isRepeating, pollRepeated(&header, &payload, now) { return true }
            if sending.unsentCount > 0 || sending.wantsFin, pollNew(&header, &payload, now) { return true }
        }
        if !payload.isEmpty { payload.removeAll(keepingCapacity: true) }
        return pollEmpty(&header, now)
    }

    /// A segment without data.
    private mutating func pollEmpty(_ header: inout TCPHeader, _ now: Int64) -> Bool {
        if !owed.reset.isEmpty { return pollReset(&header, now) }
        if owed.synchronize { return pollSynchronize(&header, now) }
        if owed.probe {
            owed.probe = false
            stamp(&header, sending.unacknowledged &- 1, .acknowledge)
            return true
        }
        guard owed.acknowledgement, state != .closed, state != .synSent else { return false }
        stamp(&header, acceptableSequence, .acknowledge)
        return true
    }

    private mutating func pollReset(_ header: inout TCPHeader, _ now: Int64) -> Bool {
        stamp(&header, owed.resetSequence, owed.reset)
        header.acknowledgement = owed.resetAcknowledgement
        header.window = 0
        owed.reset = []
        return true
    }

    private mutating func pollSynchronize(_ header: inout TCPHeader, _ now: Int64) -> Bool {
        owed.synchronize = false
        let isAnswer = state == .synReceived
        stamp(&header, sending.unacknowledged, isAnswer ? [.syn, .acknowledge] : .syn)
        receiving.window = UInt32(truncatingIfNeeded: min(parameters.receiveBuffer, 65_535))
        header.window = UInt16(truncatingIfNeeded: receiving.window)
        header.maximumSegment = UInt16(truncatingIfNeeded: parameters.maximumSegment)
        if !isAnswer || hasScaling { header.windowScale = receiving.scale }
        if !isAnswer { header.acknowledgement = 0 }
        // As the kernel: what answers a listener's SYN is not the connection's own.
        if isAnswer, counters.segmentsReceived == 1, counters.segmentsSent == 1 { counters.segmentsSent = 0 }
        if isSynRepeated {
            counters.retransmissions &+= 1
            sending.timedAt = TCPTime.never
        } else {
            startMeasuring(sending.next, now)
        }
        isSynRepeated = true
        lastSent = now
        return true
    }

    /// The first unacknowledged segment, or after a timeout one after the other, as far as the congestion window goes.
    private mutating func pollRepeated(_ header: inout TCPHeader, _ payload: inout [UInt8], _ now: Int64) -> Bool {
        let segment = sending.fittingSegment
        let start = owed.repeatFirst ? sending.unacknowledged : sending.repeated
        let before = Int(start &- sending.unacknowledged)
        guard sending.inFlight > before else {
            owed.repeatFirst = false
            return false
        }
        guard owed.repeatFirst || before < Int(congestion.size) * segment else { return false }
        let count = min(segment, sending.sentCount - before)
        let isLast = before + count == sending.sentCount
        let hasFin = isLast && sending.isFinSent && !sending.isFinAcknowledged
        sending.ring.copy(from: before, count: count, to: &payload)
        stampData(&header, start, count, hasFin)
        if owed.repeatFirst {
            owed.repeatFirst = false
            retransmitAt = TCPTime.after(roundTrip.timeout, now)
        } else {
            sending.repeated = start &+ UInt32(truncatingIfNeeded: count) &+ (hasFin ? 1 : 0)
        }
        sending.timedAt = TCPTime.never
        counters.retransmissions &+= 1
        counters.bytesRetransmitted &+= UInt64(truncatingIfNeeded: count)
        return true
    }

    private mutating func pollNew(_ header: inout TCPHeader, _ payload: inout [UInt8], _ now: Int64) -> Bool {
        let segment = sending.fittingSegment
        let unsent = sending.unsentCount
        let sent = sending.sentCount
        if sending.inFlight == 0 { restAfterIdle(now) }
        var count = min(segment, unsent)
        if owed.forced { count = min(count, max(sending.room, 0)) }
        guard count <= sending.room, count > 0 || sending.room > 0,
            congestion.hasRoom(inFlight: sending.inFlight, segment: segment), !sending.isRepeating,
            owed.forced || !isHeldBack(count, segment)
        else {
            armProbe(now)
            return false
        }
        let hasFin = sending.wantsFin && count == unsent && count < sending.room
        guard count > 0 || hasFin else { return false }
        sending.ring.copy(from: sent, count: count, to: &payload)
        stampData(&header, sending.next, count, hasFin)
        noteSent(count, hasFin, segment, now)
        return true
    }

    /// Nagle's algorithm as Linux has it: a small segment waits only for another small one (Minshall), or for the cork.
    private func isHeldBack(_ count: Int, _ segment: Int) -> Bool {
        if count == segment || sending.wantsFin || isPushed { return false }
        if parameters.cork || isMoreExpected { return true }
        return !parameters.noDelay && sending.inFlight > 0 && sending.smallEnd.isAfter(sending.unacknowledged)
    }

    private mutating func noteSent(_ count: Int, _ hasFin: Bool, _ segment: Int, _ now: Int64) {
        let wasIdle = sending.inFlight == 0
        sending.next &+= UInt32(truncatingIfNeeded: count) &+ (hasFin ? 1 : 0)
        sending.repeated = sending.next
        if hasFin { sending.isFinSent = true }
        if count < segment { sending.smallEnd = sending.next }
        if sending.timedAt == TCPTime.never { startMeasuring(sending.next, now) }
        if wasIdle {
            retransmitAt = TCPTime.after(roundTrip.timeout, now)
            (backoff, probes, stalledSince) = (0, 0, TCPTime.never)
        }
        (owed.forced, owed.probe) = (false, false)
        if sending.unsentCount == 0 { isPushed = false }
        if count > 0 {
            // Data soon after data: a dialogue.
            if now &- lastReceived < policy.delay { policy.isInteractive = true }
            counters.bytesSent &+= UInt64(truncatingIfNeeded: count)
            lastSent = now
        }
    }

    private mutating func startMeasuring(_ end: UInt32, _ now: Int64) {
        sending.timedEnd = end
        sending.timedAt = now
    }

    private mutating func restAfterIdle(_ now: Int64) {
        let idle = now &- lastSent
        if idle > roundTrip.timeout { congestion.rest(idle, timeout: roundTrip.timeout) }
    }

    /// Where segments without data may begin, should the peer's window have shrunk.
    var acceptableSequence: UInt32 {
        sending.room >= 0 ? sending.next : sending.unacknowledged &+ sending.window
    }

    private mutating func stampData(_ header: inout TCPHeader, _ sequence: UInt32, _ count: Int, _ hasFin: Bool) {
        var flags = TCPFlags.acknowledge
        let end = Int(sequence &- sending.unacknowledged) + count
        if count > 0 {
            counters.dataSegmentsSent &+= 1
            if end >= sending.ring.count { flags.insert(.push) }
        }
        if hasFin { flags.insert(.fin) }
        stamp(&header, sequence, flags)
    }

    /// Every segment tells what has come, and the window.
    @inline(__always)
    private mutating func stamp(_ header: inout TCPHeader, _ sequence: UInt32, _ flags: TCPFlags) {
        header.sequence = sequence
        header.flags = flags
        header.maximumSegment = 0
        header.windowScale = 255
        counters.segmentsSent &+= 1
        header.acknowledgement = receiving.next
        header.window = receiving.tellWindow(of: parameters.receiveBuffer, &policy)
        owed.acknowledgement = false
        acknowledgeAt = TCPTime.never
        policy.sent()
    }
}
