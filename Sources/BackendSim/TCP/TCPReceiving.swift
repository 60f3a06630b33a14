/// The half of a connection that receives: what has come in order, what has come behind a gap, and the window.
struct TCPReceiving: ~Copyable {
    /// The bytes that the program has not taken yet, and behind them those that wait for a gap to close.
    var ring = ByteRing()
    var reassembly = Reassembly()
    var pieces = ReceivedPieces()
    /// The number of the peer's SYN.
    var initial: UInt32 = 0
    /// `RCV.NXT`.
    var next: UInt32 = 0
    /// What was acknowledged last; the window counts from here.
    var windowStart: UInt32 = 0
    /// The window that was told last, bytes.
    var window: UInt32 = 0
    /// The number of the peer's FIN, when it has come before the bytes in front of it.
    var finSequence: UInt32 = 0
    var hasFin = false
    /// The FIN has come, and everything before it.
    var isEnded = false
    /// Nobody reads any more.
    var isShutDown = false
    var scale: UInt8
    /// The largest segment that the peer seems to send.
    var segment = 536

    init(scale: UInt8) { self.scale = scale }

    /// How many bytes after ``next`` the peer may send, as it knows.
    var openWindow: UInt32 {
        @inline(__always) get {
            let end = windowStart &+ window
            return end.isAfter(next) ? end &- next : 0
        }
    }

    /// How many bytes have come that are not acknowledged.
    var unacknowledgedCount: Int { @inline(__always) get { Int(next &- windowStart) } }

    /// What may be offered now: nothing rather than little (RFC 9293, 3.8.6.2.2). True when space is short.
    func offer(of buffer: Int) -> (window: UInt32, isShort: Bool) {
        var free = max(buffer - ring.count, 0)
        let full = min(segment, buffer)
        let isShort = free < buffer >> 1
        if isShort {
            free = (free >> Int(scale)) << Int(scale)
            if free < buffer >> 4 || free < full { return (0, true) }
        }
        return (min(rounded(free, full, buffer), 65_535 << UInt32(scale)), isShort)
    }

    private func rounded(_ free: Int, _ full: Int, _ buffer: Int) -> UInt32 {
        if scale > 0 { return aligned(UInt32(truncatingIfNeeded: free)) }
        let told = Int(window)
        if told <= free - full || told > free { return UInt32(truncatingIfNeeded: free / full * full) }
        return full == buffer && free > told + buffer >> 1 ? UInt32(truncatingIfNeeded: free) : window
    }

    /// As the header's field can say it, and not less.
    private func aligned(_ size: UInt32) -> UInt32 {
        let step = UInt32(1) << UInt32(scale)
        return (size &+ step &- 1) & ~(step - 1)
    }

    /// The window that a segment tells; what was promised stays.
    mutating func tellWindow(of buffer: Int, _ policy: inout AcknowledgmentPolicy) -> UInt16 {
        let promised = openWindow
        let (offered, isShort) = offer(of: buffer)
        if isShort { policy.calm() }
        window = offered < promised ? aligned(promised) : offered
        windowStart = next
        return UInt16(truncatingIfNeeded: min(window >> UInt32(scale), 65_535))
    }
}
