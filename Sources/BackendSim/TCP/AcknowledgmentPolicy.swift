/// When what has come is acknowledged: at once, with the next data, or 40 ms and more later; as Linux decides.
///
/// A new connection acknowledges its first segments at once, which opens the sender's window. Data that is answered within the delay is
/// taken for a dialogue, in which acknowledgements travel with the answers.
struct AcknowledgmentPolicy: BitwiseCopyable {
    private static var largestQuick: UInt32 { 16 }

    /// How long an acknowledgement waits for data to travel with; 0 until data has come.
    private(set) var delay: Int64 = 0
    /// So many more acknowledgements do not wait.
    private var quick: UInt8 = 0
    /// Small segments since the last acknowledgement: none, one, or more.
    private var pushes: UInt8 = 0
    /// The connection is a dialogue.
    var isInteractive = false
    /// Something has come that is not acknowledged yet.
    private(set) var isScheduled = false

    var isQuick: Bool { quick > 0 && !isInteractive }

    mutating func schedule() { isScheduled = true }

    /// Data has come, the last time at `last`.
    mutating func receive(now: Int64, last: Int64, timeout: Int64, window: UInt32, segment: Int) {
        isScheduled = true
        guard delay > 0 else {
            delay = TCPTime.minimumDelay
            return hasten(window, segment)
        }
        let pause = now &- last
        if pause <= TCPTime.minimumDelay / 2 {
            delay = (delay >> 1) + TCPTime.minimumDelay / 2
        } else if pause < delay {
            delay = min((delay >> 1) + pause, timeout)
        } else if pause > timeout {
            hasten(window, segment)
        }
    }

    /// A segment smaller than the peer's largest: more may not come soon.
    mutating func notePush() { pushes = min(pushes + 1, 2) }

    /// The next acknowledgements do not wait: the sender starts, or starts again.
    mutating func hasten(_ window: UInt32, _ segment: Int) {
        let wanted = max(min(window / UInt32(truncatingIfNeeded: 2 * segment), Self.largestQuick), 2)
        quick = max(quick, UInt8(truncatingIfNeeded: wanted))
    }

    mutating func calm() { quick = 0 }

    /// Whether a program that has read everything should let the peer know.
    var isOwedAfterReading: Bool { pushes == 2 || pushes == 1 && !isInteractive }

    /// An acknowledgement has left.
    @inline(__always) mutating func sent() {
        guard isScheduled else { return }
        (isScheduled, pushes) = (false, 0)
        guard quick > 0 else { return }
        quick -= 1
        if quick == 0 { delay = TCPTime.minimumDelay }
    }

    /// How long the acknowledgement that is due waits.
    func pause(roundTrip: RoundTrip) -> Int64 {
        guard delay > TCPTime.minimumDelay else { return delay }
        var longest = isInteractive || pushes > 0 ? TCPTime.maximumDelay : TCPTime.second / 2
        if roundTrip.isMeasured { longest = min(longest, max(roundTrip.mean, TCPTime.minimumDelay)) }
        return min(delay, longest, TCPTime.maximumDelay)
    }

    /// It has waited in vain.
    mutating func expire(timeout: Int64) {
        if isInteractive {
            (isInteractive, delay) = (false, TCPTime.minimumDelay)
        } else {
            delay = min(delay << 1, timeout)
        }
    }
}
