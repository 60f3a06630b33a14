/// Which bytes behind a gap have come: runs of the sequence space, in order, none touching another.
///
/// The bytes themselves lie in the receive ring, each in its place. What would make a run too many is not taken: its sender repeats it.
struct Reassembly {
    /// How many runs are kept at most.
    static let limit = 64

    struct Run: BitwiseCopyable {
        var start: UInt32
        var end: UInt32
    }

    private(set) var runs: [Run] = []

    var isEmpty: Bool { @inline(__always) get { runs.isEmpty } }

    /// Adds a run; false if there are too many.
    mutating func insert(_ start: UInt32, _ end: UInt32) -> Bool {
        var first = 0
        while first < runs.count, runs[first].end.isBefore(start) { first += 1 }
        var last = first
        var merged = Run(start: start, end: end)
        while last < runs.count, !runs[last].start.isAfter(end) {
            if runs[last].start.isBefore(merged.start) { merged.start = runs[last].start }
            if runs[last].end.isAfter(merged.end) { merged.end = runs[last].end }
            last += 1
        }
        if first == last, runs.count >= Self.limit { return false }
        runs.replaceSubrange(first..<last, with: CollectionOfOne(merged))
        return true
    }

    /// What has come in order ends at `next`: where it ends together with the runs that follow without a gap, which are removed.
    mutating func advance(_ next: UInt32) -> UInt32 {
        var next = next
        var done = 0
        while done < runs.count, !runs[done].start.isAfter(next) {
            if runs[done].end.isAfter(next) { next = runs[done].end }
            done += 1
        }
        runs.removeFirst(done)
        return next
    }

    mutating func free() { runs = [] }
}
