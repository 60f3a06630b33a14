/// The middle and the ends of some measurements.
public struct Spread: Hashable, Sendable {
    /// The value in the middle.
    public let median: Double
    /// The smallest.
    public let minimum: Double
    /// The largest.
    public let maximum: Double

    /// Nil when there is nothing to take a middle of. Of an even number of values the median is the mean of the two in the middle.
    public init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let middle = sorted.count / 2
        median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        minimum = first
        maximum = last
    }
}

/// How one thing compares with another that was measured in the same rounds: the spread of the rounds' ratios.
///
/// What slows the machine down in a round slows both, so that ratios of one round say more than ratios of medians.
///
/// - Parameters:
///   - values: By round, as is `reference`; rounds that only one of them has are left out, and those where the reference is 0.
public func pairedRatio(_ values: [Int: Double], to reference: [Int: Double]) -> Spread? {
    Spread(
        values.keys.sorted().compactMap { round in
            guard let value = values[round], let other = reference[round], other > 0 else { return nil }
            return value / other
        })
}
