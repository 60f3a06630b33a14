/// What the program does: sending and receiving.
extension TCPConnection {
    /// Whether the program may send: connected, not shut down, not failed.
    var canSend: Bool { (state == .established || state == .closeWait) && !sending.isShutDown }

    /// How many bytes ``send(_:more:now:)`` would take.
    var sendSpace: Int {
        guard sending.unsentCount < Int(parameters.notSentLowWater) else { return 0 }
        return max(parameters.sendBuffer - sending.ring.count, 0)
    }

    /// Whether `poll(2)` says that the socket takes data: when a third of the send buffer is free.
    ///
    /// Inlined, as Swift 6.3 copies all of a connection to call it.
    @inline(__always) var isWritable: Bool {
        let used = sending.ring.count
        let isLow = sending.unsentCount < Int(parameters.notSentLowWater) / 2 || parameters.notSentLowWater == .max
        return isLow && parameters.sendBuffer - used >= used >> 1 && used < parameters.sendBuffer
    }

    /// Takes bytes to send, as many as the send buffer has room for.
    ///
    /// - Parameter more: More is to follow: a partial segment waits for it, as with the cork. `MSG_MORE`.
    /// - Returns: How many bytes were taken; 0 also when ``canSend`` is false.
    mutating func send(_ bytes: UnsafeRawBufferPointer, more: Bool, now: Int64) -> Int {
        guard canSend else { return 0 }
        let count = min(bytes.count, sendSpace)
        guard count > 0 else { return 0 }
        unsafe sending.ring.append(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        isMoreExpected = more
        isPushed = false
        return count
    }

    /// How many bytes ``receive(into:peek:offset:)`` can give.
    var availableBytes: Int { @inline(__always) get { receiving.ring.count } }

    /// Whether the peer has ended its half and all its bytes have come; they may not have been taken yet.
    var isReceiveEnded: Bool { receiving.isEnded }

    /// Copies bytes that have come in order, from `offset` on, and forgets them and those before them unless `peek` is true.
    mutating func receive(into target: UnsafeMutableRawBufferPointer, peek: Bool, offset: Int = 0) -> Int {
        guard offset >= 0 else { return 0 }
        let count = unsafe receiving.ring.copy(from: offset, into: target)
        if !peek, count > 0 { consume(offset + count) }
        return count
    }

    /// As ``receive(into:peek:offset:)``, but nothing is copied: `MSG_TRUNC`.
    mutating func discard(_ most: Int, peek: Bool, offset: Int = 0) -> Int {
        let count = min(most, max(receiving.ring.count - max(offset, 0), 0))
        if !peek, count > 0 { consume(offset + count) }
        return count
    }

    private mutating func consume(_ count: Int) {
        receiving.ring.drop(count)
        let isEmpty = receiving.ring.count == 0
        if isEmpty {
            receiving.pieces.takeAll()
            if receiving.reassembly.isEmpty { receiving.ring.settle() }
        } else {
            receiving.pieces.take(upTo: receiving.next &- UInt32(truncatingIfNeeded: receiving.ring.count))
        }
        guard state != .closed, state != .timeWait, !owed.acknowledgement else { return }
        if policy.isScheduled {
            let isLarge = receiving.unacknowledgedCount > receiving.segment
            if isLarge || isEmpty && policy.isOwedAfterReading { return owed.acknowledgement = true }
        }
        if state.canReceive, !receiving.isShutDown { offerWindow() }
    }

    /// A window that has at least doubled is worth a segment of its own.
    private mutating func offerWindow() {
        let known = receiving.openWindow
        guard Int(known) * 2 <= parameters.receiveBuffer else { return }
        let offer = receiving.offer(of: parameters.receiveBuffer).window
        if offer > 0, UInt64(offer) >= UInt64(known) * 2 { owed.acknowledgement = true }
    }
}
