/// What the peer's acknowledgements and windows do to the half that sends.
extension TCPConnection {
    /// Takes a segment's acknowledgement and window; false when the rest of the segment is not to be looked at.
    mutating func acknowledge(_ header: TCPHeader, _ count: Int, _ now: Int64) -> Bool {
        let number = header.acknowledgement
        if number.isAfter(sending.next) {
            challenge(now, isLimited: true)
            return false
        }
        if number.isBefore(sending.unacknowledged) { return isRecent(number, now) }
        (probes, softError) = (0, 0)
        lastAcknowledged = now
        let isUpdate = updateWindow(header)
        if isMoreExpected, isUpdate || number != sending.unacknowledged || !isPlain(header, count) {
            isMoreExpected = false
        }
        if number != sending.unacknowledged {
            advance(to: number, now)
        } else if sending.inFlight > 0, count == 0, !isUpdate, !header.flags.contains(.fin) {
            if congestion.duplicate(unacknowledged: number, next: sending.next) { owed.repeatFirst = true }
        }
        if sending.inFlight == 0, retransmitAt != TCPTime.never { reconsiderProbe(now) }
        return true
    }

    /// Whether a segment brings the next bytes, and nothing else, and there is memory for them: the kernel then does not look for what waits
    /// to be sent.
    private func isPlain(_ header: TCPHeader, _ count: Int) -> Bool {
        guard count > 0, header.sequence == receiving.next, receiving.reassembly.isEmpty,
            !header.flags.contains(.fin)
        else { return false }
        let unsentPieces = sending.unsentCount > 0 ? 1 : 0
        let sentPieces = (sending.sentCount + sending.segment - 1) / sending.segment
        let taken =
            receiving.pieces.memory(upTo: receiving.next)
            + SegmentMemory.of(sending.ring.count, pieces: sentPieces + unsentPieces)
        return !SegmentMemory.exceedsPage(count, taken: taken)
    }

    /// An old acknowledgement is harmless; one older than anything the peer can mean is an attack (RFC 5961, 5.2).
    private mutating func isRecent(_ number: UInt32, _ now: Int64) -> Bool {
        let reach = UInt32(truncatingIfNeeded: min(UInt64(sending.largestWindow), counters.bytesAcknowledged))
        guard number.isBefore(sending.unacknowledged &- reach) else { return true }
        challenge(now, isLimited: true)
        return false
    }

    /// True when the window has changed.
    private mutating func updateWindow(_ header: TCPHeader) -> Bool {
        let scale = header.flags.contains(.syn) ? 0 : UInt32(sending.scale)
        let window = UInt32(header.window) << scale
        let isNew =
            header.acknowledgement != sending.unacknowledged || header.sequence.isAfter(sending.windowSequence)
            || header.sequence == sending.windowSequence && (window > sending.window || window == 0)
        guard isNew else { return false }
        let isChange = window != sending.window
        (sending.window, sending.windowSequence) = (window, header.sequence)
        sending.largestWindow = max(sending.largestWindow, window)
        return isChange
    }

    private mutating func advance(to number: UInt32, _ now: Int64) {
        let inFlight = sending.inFlight
        let isRepeating = sending.isRepeating
        let count = drop(upTo: number)
        (timeouts, stalledSince) = (0, TCPTime.never)
        if sending.timedAt != TCPTime.never, !number.isBefore(sending.timedEnd) {
            roundTrip.measure(now &- sending.timedAt, acknowledged: number, next: sending.next)
            sending.timedAt = TCPTime.never
        }
        if !isRepeating || sending.repeated.isBefore(number) {
            sending.repeated = isRepeating ? number : sending.next
        }
        if count > 0,
            congestion.acknowledge(count, upTo: number, inFlight: inFlight, segment: sending.fittingSegment)
        {
            owed.repeatFirst = true
        }
        retransmitAt = sending.inFlight == 0 ? TCPTime.never : TCPTime.after(roundTrip.timeout, now)
    }

    /// Forgets what is acknowledged; how many bytes that were.
    private mutating func drop(upTo number: UInt32) -> Int {
        var left = Int(number &- sending.unacknowledged)
        sending.unacknowledged = number
        if !sending.isSynAcknowledged {
            sending.isSynAcknowledged = true
            left -= 1
        }
        let count = min(left, sending.ring.count)
        if count > 0 {
            sending.ring.drop(count)
            if sending.ring.count == 0 { sending.ring.settle() }
            counters.bytesAcknowledged &+= UInt64(truncatingIfNeeded: count)
        }
        if left > count { sending.isFinAcknowledged = sending.isFinSent }
        return count
    }

    /// Nothing is in flight, and the timer is one for probes: an open window ends them.
    private mutating func reconsiderProbe(_ now: Int64) {
        let unsent = sending.unsentCount
        guard unsent > 0 || sending.wantsFin else { return retransmitAt = TCPTime.never }
        if sending.room >= max(min(unsent, sending.fittingSegment), 1) {
            (backoff, stalledSince, retransmitAt) = (0, TCPTime.never, TCPTime.never)
        } else {
            retransmitAt = limited(TCPTime.after(probePause, now), now)
        }
    }

    /// Our FIN is acknowledged.
    mutating func finishSending(_ header: TCPHeader, _ now: Int64) {
        switch state {
        case .finWait1: enterFinWait2(header, now)
        case .closing: enterTimeWait(now)
        case .lastAck: end()
        default: break
        }
    }

    private mutating func enterFinWait2(_ header: TCPHeader, _ now: Int64) {
        state = .finWait2
        guard isOrphan else { return }
        guard parameters.finTimeout >= 0 else {
            refuse(header, 0)
            return end()
        }
        limitFinWait2(now)
    }

    /// An orphan does not wait for the peer's FIN for ever.
    mutating func limitFinWait2(_ now: Int64) {
        let timeout = roundTrip.timeout
        lifeAt = TCPTime.after(max(parameters.finTimeout, (timeout << 2) - (timeout >> 1)), now)
    }

    mutating func enterTimeWait(_ now: Int64) {
        state = .timeWait
        (retransmitAt, acknowledgeAt) = (TCPTime.never, TCPTime.never)
        lifeAt = TCPTime.after(parameters.timeWait, now)
        sending.ring.free()
    }
}
