internal import SocketModel

/// How a duration is distributed. What comes out below zero is zero, and above 36 years 36 years.
///
/// Nothing here calls the C library's mathematics, whose last digits differ between machines.
public enum Distribution: Hashable, Sendable, Codable {
    /// Always the same; draws nothing.
    case fixed(Duration)
    /// Each duration of the range as likely as any other.
    case uniform(ClosedRange<Duration>)
    /// `minimum` and an exponentially distributed rest with that mean: at most 44 means longer.
    case exponential(minimum: Duration = .zero, mean: Duration)
    /// `minimum`, nearly always little more, and now and then very much more: a Pareto distribution with exponent 2, whose mean is twice
    /// the minimum; held to `maximum`.
    case longTailed(minimum: Duration, maximum: Duration)
}

extension Distribution {
    /// Draws nanoseconds, never less than zero, and few enough to be added to a simulation's time.
    func draw(_ stream: inout RandomStream) -> Int64 { Self.bounded(drawUnbounded(&stream)) }

    /// Nothing shorter is drawn.
    var least: Duration {
        switch self {
        case .fixed(let duration): max(.zero, duration)
        case .uniform(let range): max(.zero, range.lowerBound)
        case .exponential(let minimum, _), .longTailed(let minimum, _): max(.zero, minimum)
        }
    }

    /// What is drawn always; nil if that differs.
    var fixed: Int64? {
        guard case .fixed(let duration) = self else { return nil }
        return Self.bounded(duration.saturatingNanoseconds)
    }

    private static func bounded(_ nanoseconds: Int64) -> Int64 { min(max(0, nanoseconds), World.longestDelay) }

    private func drawUnbounded(_ stream: inout RandomStream) -> Int64 {
        switch self {
        case .fixed(let duration): duration.saturatingNanoseconds
        case .uniform(let range): Self.uniform(range, &stream)
        case .exponential(let minimum, let mean):
            Self.sum(minimum, Double(max(0, mean.saturatingNanoseconds)) * drawExponential(&stream))
        case .longTailed(let minimum, let maximum): Self.longTailed(minimum, maximum, &stream)
        }
    }

    private static func uniform(_ range: ClosedRange<Duration>, _ stream: inout RandomStream) -> Int64 {
        let lower = max(0, range.lowerBound.saturatingNanoseconds)
        let upper = max(lower, range.upperBound.saturatingNanoseconds)
        return lower + Int64(truncatingIfNeeded: stream.below(UInt64(upper - lower) + 1))
    }

    private static func longTailed(_ minimum: Duration, _ maximum: Duration, _ stream: inout RandomStream) -> Int64 {
        let minimum = max(0, minimum.saturatingNanoseconds)
        // The fraction is never zero, and a square root is exact everywhere.
        let stretched = Double(minimum) / (1 - stream.fraction()).squareRoot()
        return min(max(minimum, maximum.saturatingNanoseconds), Int64(min(stretched, 0x1p62)))
    }

    private static func sum(_ minimum: Duration, _ rest: Double) -> Int64 {
        let minimum = max(0, minimum.saturatingNanoseconds)
        let (sum, overflow) = minimum.addingReportingOverflow(Int64(min(rest, 0x1p62)))
        return overflow ? .max : sum
    }
}

/// A number drawn from the exponential distribution with mean 1: -ln of a fraction, of whose binary logarithm each digit is found by
/// squaring.
private func drawExponential(_ stream: inout RandomStream) -> Double {
    // In 1...2⁶³.
    let number = (stream.next() >> 1) + 1
    let exponent = 63 - number.leadingZeroBitCount
    var mantissa = number << UInt64(63 - exponent)
    var logarithm = Double(exponent)
    var digit = 0.5
    for _ in 0..<40 {
        let square = mantissa.multipliedFullWidth(by: mantissa)
        if square.high >> 63 == 1 {
            logarithm += digit
            mantissa = square.high
        } else {
            mantissa = square.high << 1 | square.low >> 63
        }
        digit *= 0.5
    }
    return (63 - logarithm) * 0.693147180559945309
}
