internal import SocketModel

/// Data and FIN that arrive, and how they are acknowledged.
extension TCPConnection {
    /// Takes the bytes and the FIN of an acceptable segment.
    mutating func receive(_ header: TCPHeader, _ payload: UnsafeRawBufferPointer, _ now: Int64) {
        guard state.canReceive else { return owed.acknowledgement = state != .closed }
        let end = header.sequence &+ UInt32(truncatingIfNeeded: payload.count)
        if receiving.isShutDown, state != .established, payload.count > 0, end.isAfter(receiving.next) {
            refuse(header, payload.count)
            return fail(.connectionReset)
        }
        if payload.count > 0 { unsafe takeBytes(header, payload, end, now) }
        if header.flags.contains(.fin) { noteFin(end) }
        if receiving.hasFin, receiving.finSequence == receiving.next { takeFin(now) }
        decideAcknowledgement(now)
    }

    private mutating func takeBytes(
        _ header: TCPHeader, _ payload: UnsafeRawBufferPointer, _ end: UInt32, _ now: Int64
    ) {
        counters.dataSegmentsReceived &+= 1
        guard end.isAfter(receiving.next) else {
            // A duplicate: the sender repeats, so an acknowledgement was lost or is late.
            policy.hasten(receiving.window, receiving.segment)
            return owed.acknowledgement = true
        }
        let windowEnd = receiving.next &+ receiving.openWindow
        let known = header.sequence.isBefore(receiving.next) ? Int(receiving.next &- header.sequence) : 0
        let beyond = end.isAfter(windowEnd) ? Int(end &- windowEnd) : 0
        guard known + beyond < payload.count else { return owed.acknowledgement = true }
        let part = unsafe UnsafeRawBufferPointer(rebasing: payload[known..<payload.count - beyond])
        let start = header.sequence &+ UInt32(truncatingIfNeeded: known)
        measureSegment(payload.count, header.flags)
        if start == receiving.next { unsafe append(part, now) } else { unsafe keep(part, start) }
    }

    private mutating func append(_ part: UnsafeRawBufferPointer, _ now: Int64) {
        receiving.pieces.add(receiving.next, isLastAcknowledged: receiving.unacknowledgedCount == 0)
        unsafe receiving.ring.append(part)
        var count = part.count
        receiving.next &+= UInt32(truncatingIfNeeded: count)
        if !receiving.reassembly.isEmpty {
            let end = receiving.reassembly.advance(receiving.next)
            receiving.ring.extend(by: Int(end &- receiving.next))
            count += Int(end &- receiving.next)
            receiving.next = end
            // A gap has closed, or another is still open: the sender wants to know (RFC 5681, 4.2).
            owed.acknowledgement = true
        }
        counters.bytesReceived &+= UInt64(truncatingIfNeeded: count)
        policy.receive(
            now: now, last: lastReceived, timeout: roundTrip.timeout, window: receiving.window,
            segment: receiving.segment)
        lastReceived = now
    }

    private mutating func keep(_ part: UnsafeRawBufferPointer, _ start: UInt32) {
        policy.schedule()
        owed.acknowledgement = true
        guard receiving.reassembly.insert(start, start &+ UInt32(truncatingIfNeeded: part.count)) else { return }
        unsafe receiving.ring.write(part, at: receiving.ring.count + Int(start &- receiving.next))
    }

    private mutating func measureSegment(_ count: Int, _ flags: TCPFlags) {
        if count >= receiving.segment {
            receiving.segment = max(receiving.segment, min(count, parameters.maximumSegment))
            if flags.contains(.push) { policy.notePush() }
        } else {
            policy.notePush()
        }
    }

    private mutating func noteFin(_ sequence: UInt32) {
        let isInside = !sequence.isAfter(receiving.next &+ receiving.openWindow)
        guard !receiving.hasFin, isInside, !sequence.isBefore(receiving.next) else { return }
        (receiving.hasFin, receiving.finSequence) = (true, sequence)
    }

    private mutating func takeFin(_ now: Int64) {
        receiving.isEnded = true
        receiving.next &+= 1
        receiving.reassembly.free()
        policy.schedule()
        switch state {
        case .established:
            state = .closeWait
            // A program often closes at once, and its FIN can carry the acknowledgement.
            policy.isInteractive = true
        case .finWait1:
            state = .closing
            owed.acknowledgement = true
        case .finWait2:
            owed.acknowledgement = true
            enterTimeWait(now)
        default: break
        }
    }

    private mutating func decideAcknowledgement(_ now: Int64) {
        guard policy.isScheduled, !owed.acknowledgement else { return }
        if receiving.unacknowledgedCount > receiving.segment || policy.isQuick || !receiving.reassembly.isEmpty {
            owed.acknowledgement = true
        } else {
            delayAcknowledgement(now)
        }
    }

    private mutating func delayAcknowledgement(_ now: Int64) {
        let pause = policy.pause(roundTrip: roundTrip)
        if acknowledgeAt != TCPTime.never, acknowledgeAt <= TCPTime.after(pause >> 2, now) {
            owed.acknowledgement = true
        } else {
            acknowledgeAt = min(acknowledgeAt, TCPTime.after(pause, now))
        }
    }
}
