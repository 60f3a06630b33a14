/// The round trip's estimate and the retransmission timeout that follows from it (RFC 6298), reckoned as Linux does, in microseconds.
///
/// The variation never counts less than 200 ms, so neither does the timeout.
struct RoundTrip: BitwiseCopyable {
    /// Smoothed, times 8; 0 before the first measurement.
    private var smoothed: UInt32 = 0
    /// Mean deviation, times 4.
    private var deviation: UInt32 = 0
    private var largestDeviation: UInt32 = 0
    private var variation: UInt32 = 0
    /// Once this is acknowledged, a round trip has passed and the variation may shrink.
    private var turn: UInt32 = 0
    /// Backed off where retransmissions went unanswered, until the next measurement.
    private(set) var timeout = TCPTime.initialTimeout

    var isMeasured: Bool { smoothed != 0 }
    /// Nanoseconds.
    var mean: Int64 { Int64(smoothed >> 3) * 1000 }
    /// Nanoseconds.
    var deviationMean: Int64 { Int64(deviation >> 2) * 1000 }

    private static var floor: UInt32 { UInt32(truncatingIfNeeded: TCPTime.minimumTimeout / 1000) }

    /// A segment sent once took so many nanoseconds to be acknowledged.
    mutating func measure(_ nanoseconds: Int64, acknowledged: UInt32, next: UInt32) {
        let sample = Int64(min(max(nanoseconds / 1000, 0), 1 << 28))
        if smoothed == 0 {
            smoothed = UInt32(truncatingIfNeeded: max(sample << 3, 1))
            deviation = UInt32(truncatingIfNeeded: sample << 1)
            variation = max(deviation, Self.floor)
            largestDeviation = variation
            turn = next
        } else {
            refine(sample)
            if acknowledged.isAfter(turn) { endTurn(next) }
        }
        timeout = min(Int64(smoothed >> 3) * 1000 + Int64(variation) * 1000, TCPTime.maximumTimeout)
    }

    private mutating func refine(_ sample: Int64) {
        var error = sample - Int64(smoothed >> 3)
        smoothed = UInt32(truncatingIfNeeded: max(Int64(smoothed) + error, 1))
        if error < 0 {
            error = -error - Int64(deviation >> 2)
            // A shorter round trip is good news, which must not raise the timeout much.
            if error > 0 { error >>= 3 }
        } else {
            error -= Int64(deviation >> 2)
        }
        deviation = UInt32(truncatingIfNeeded: max(Int64(deviation) + error, 0))
        largestDeviation = max(largestDeviation, deviation)
        variation = max(variation, largestDeviation)
    }

    private mutating func endTurn(_ next: UInt32) {
        if largestDeviation < variation { variation -= (variation - largestDeviation) >> 2 }
        turn = next
        largestDeviation = Self.floor
    }

    mutating func backOff() { timeout = min(timeout << 1, TCPTime.maximumTimeout) }

    /// The handshake is over; what its repetitions made of the timeout is not.
    mutating func begin() {
        if !isMeasured { timeout = TCPTime.fallbackTimeout }
    }
}
