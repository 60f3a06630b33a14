import ArgumentParser

/// Seeds as the command line writes them: `A..<B`.
struct SeedRange: ExpressibleByArgument {
    let range: Range<UInt64>

    init?(argument: String) {
        let ends = argument.split(separator: "..<", omittingEmptySubsequences: false)
        guard ends.count == 2, let first = UInt64(ends[0]), let end = UInt64(ends[1]), first < end else { return nil }
        range = first..<end
    }
}

/// One of equal parts of a sweep, as the command line writes it: `I/N`, from 0.
struct Shard: ExpressibleByArgument, Equatable {
    var index: UInt64
    var count: UInt64

    static let whole = Shard(index: 0, count: 1)

    init(index: UInt64, count: UInt64) {
        self.index = index
        self.count = count
    }

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = UInt64(parts[0]), let count = UInt64(parts[1]), index < count else {
            return nil
        }
        self.init(index: index, count: count)
    }

    /// Every seed of the range whose turn it is.
    func seeds(of range: Range<UInt64>) -> StrideTo<UInt64>? {
        guard index < UInt64(range.count) else { return nil }
        return stride(from: range.lowerBound + index, to: range.upperBound, by: Int(clamping: count))
    }
}
