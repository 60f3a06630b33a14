/// How much may be on the way: NewReno (RFC 5681, RFC 6582), in segments as Linux counts, over bytes in flight.
struct CongestionWindow: BitwiseCopyable {
    /// What it thinks of the path, with the raw values of `tcpi_ca_state`.
    enum Phase: UInt8 {
        case open = 0
        /// A segment was repeated after three duplicate acknowledgements.
        case recovery = 3
        /// A timeout: everything is repeated from the first unacknowledged byte.
        case loss = 4
    }

    static var initial: UInt32 { 10 }
    static var unlimited: UInt32 { 0x7fff_ffff }
    private static var largest: UInt32 { 1 << 15 }

    private(set) var phase = Phase.open
    /// Segments.
    private(set) var size = CongestionWindow.initial
    /// Where slow start ends, segments.
    private(set) var threshold = CongestionWindow.unlimited
    /// Acknowledged bytes that have not made the window grow yet.
    private var credit: UInt32 = 0
    /// Segments that duplicate acknowledgements say have left the network.
    private(set) var departed: UInt32 = 0
    /// Recovery and loss end when this is acknowledged.
    private(set) var recoveryEnd: UInt32 = 0

    /// Whether there is room for one more segment of `segment` bytes' worth.
    func hasRoom(inFlight: Int, segment: Int) -> Bool {
        inFlight - Int(departed) * segment < Int(size) * segment
    }

    /// New data was acknowledged while `inFlight` bytes had been on the way; true when the next segment must be repeated.
    mutating func acknowledge(_ bytes: Int, upTo sequence: UInt32, inFlight: Int, segment: Int) -> Bool {
        switch phase {
        case .open:
            departed = 0
            grow(bytes, inFlight, segment)
        case .recovery where sequence.isBefore(recoveryEnd):
            let segments = UInt32(truncatingIfNeeded: bytes / segment)
            departed -= min(departed, max(segments, 1) - 1)
            return true
        case .recovery: (phase, size, departed, credit) = (.open, threshold, 0, 0)
        case .loss:
            grow(bytes, inFlight, segment)
            if !sequence.isBefore(recoveryEnd) { phase = .open }
        }
        return false
    }

    private mutating func grow(_ bytes: Int, _ inFlight: Int, _ segment: Int) {
        let isSlowStart = size < threshold
        let window = Int(size) * segment
        // A window the program does not fill says nothing about the path.
        guard phase == .loss || (isSlowStart ? window < 2 * inFlight : window < inFlight + segment) else { return }
        credit &+= UInt32(truncatingIfNeeded: bytes)
        let price = UInt32(truncatingIfNeeded: isSlowStart ? segment : window)
        let steps = isSlowStart ? min(credit / price, threshold - size) : min(credit / price, 1)
        credit -= steps * price
        if credit >= price { credit = 0 }
        size = min(size + steps, Self.largest)
    }

    /// A duplicate acknowledgement came; true when it is the third and the first segment must be repeated.
    mutating func duplicate(unacknowledged: UInt32, next: UInt32) -> Bool {
        // Before recovery only two more segments leave: limited transmit.
        guard phase == .recovery || phase == .open && departed < 3 else { return false }
        departed = min(departed + 1, Self.largest)
        guard phase == .open, departed == 3, isNew(unacknowledged) else { return false }
        (threshold, recoveryEnd, phase) = (max(size / 2, 2), next, .recovery)
        size = threshold
        return true
    }

    /// What was repeated after a timeout causes duplicates of its own (RFC 6582, 4.1).
    private func isNew(_ unacknowledged: UInt32) -> Bool {
        threshold == Self.unlimited || !unacknowledged.isBefore(recoveryEnd)
    }

    /// The timer ran out.
    mutating func timeOut(unacknowledged: UInt32, next: UInt32) {
        if phase != .loss || !unacknowledged.isBefore(recoveryEnd) { threshold = max(size / 2, 2) }
        (phase, size, departed, credit, recoveryEnd) = (.loss, 1, 0, 0, next)
    }

    /// The handshake had to be repeated more than once.
    mutating func beginCautiously() { size = 1 }

    /// Nothing was sent for so long: the window halves for each timeout, down to the initial one.
    mutating func rest(_ idle: Int64, timeout: Int64) {
        let floor = min(size, Self.initial)
        var left = idle - timeout
        while left > 0, size > floor {
            size = max(size >> 1, floor)
            left -= timeout
        }
        threshold = threshold == Self.unlimited ? threshold : max(threshold, size)
        credit = 0
    }
}
