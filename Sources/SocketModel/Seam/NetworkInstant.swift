/// A point in time on a network's own clock.
///
/// The kernel's backends count from an arbitrary start (`CLOCK_MONOTONIC`), a simulation from its own beginning, so instants of
/// two networks must not be compared. The range is about ±292 years around the clock's start; arithmetic saturates at its ends.
public struct NetworkInstant: InstantProtocol, Hashable, Sendable, Codable, BitwiseCopyable {
    /// Nanoseconds since the clock's start.
    public let nanoseconds: Int64

    /// The instant `nanoseconds` after the clock's start.
    @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Later than every deadline: an operation that may take for ever.
    @inlinable public static var distantFuture: NetworkInstant { NetworkInstant(nanoseconds: .max) }

    /// Earlier than every moment: an operation that must not wait at all.
    @inlinable public static var distantPast: NetworkInstant { NetworkInstant(nanoseconds: .min) }

    /// The instant `duration` later, or the nearest end of the range.
    @inlinable public func advanced(by duration: Duration) -> NetworkInstant {
        let (seconds, attoseconds) = duration.components
        let distance = Int128(seconds) * 1_000_000_000 + Int128(attoseconds / 1_000_000_000)
        return NetworkInstant(nanoseconds: Int64(clamping: Int128(nanoseconds) + distance))
    }

    /// The time from this instant to `other`, negative when `other` is earlier.
    @inlinable public func duration(to other: NetworkInstant) -> Duration {
        let (difference, overflow) = other.nanoseconds.subtractingReportingOverflow(nanoseconds)
        return .nanoseconds(overflow ? (other > self ? .max : .min) : difference)
    }

    /// Whether `left` is earlier.
    @inlinable public static func < (left: NetworkInstant, right: NetworkInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

extension NetworkInstant: CustomStringConvertible {
    /// The time since the clock's start, such as `1.5 seconds`.
    public var description: String {
        let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        var fraction = String(rest + 1_000_000_000).dropFirst()
        while fraction.count > 1, fraction.last == "0" { fraction.removeLast() }
        return "\(nanoseconds < 0 ? "-" : "")\(seconds).\(fraction) seconds"
    }
}

extension Duration {
    /// Whole nanoseconds, rounded towards zero; durations beyond ±292 years become the nearest that fits.
    @inlinable public var saturatingNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, carried) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }
}
