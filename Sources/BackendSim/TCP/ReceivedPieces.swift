/// In which pieces of the kernel's memory the bytes lie that a program has not taken: where each begins, in sequence numbers.
///
/// A segment joins the piece before it, unless its sender may still have to repeat that, or the piece has as many parts as one may have.
struct ReceivedPieces {
    private var first: UInt32 = 0
    private var others: [UInt32] = []
    /// How many segments the last piece is made of; 0 while there is no piece.
    private var parts: UInt8 = 0

    /// The kernel's `MAX_SKB_FRAGS`.
    private static var mostParts: UInt8 { 17 }

    /// A segment has come that begins at `start`.
    @inline(__always) mutating func add(_ start: UInt32, isLastAcknowledged: Bool) {
        if parts == 0 {
            (first, parts) = (start, 1)
        } else if isLastAcknowledged, parts < Self.mostParts {
            parts += 1
        } else {
            others.append(start)
            parts = 1
        }
    }

    /// The program has taken all that comes before `next`: a piece is kept as long as any of it is left.
    mutating func take(upTo next: UInt32) {
        let gone = others.prefix { !$0.isAfter(next) }
        guard let last = gone.last else { return }
        first = last
        others.removeFirst(gone.count)
    }

    /// The program has taken everything.
    @inline(__always) mutating func takeAll() {
        parts = 0
        if !others.isEmpty { others.removeAll(keepingCapacity: others.capacity <= 64) }
    }

    /// The memory they take, when the last one ends at `end`.
    func memory(upTo end: UInt32) -> Int {
        parts == 0 ? 0 : SegmentMemory.of(Int(end &- first), pieces: 1 + others.count)
    }
}

/// What the kernel reckons that segments take of its memory.
enum SegmentMemory {
    /// The bookkeeping of one.
    private static var head: Int { 832 }
    private static var page: Int { 4096 }

    static func of(_ bytes: Int, pieces: Int) -> Int { bytes + pieces * head }

    /// Whether a segment of so many bytes finds no room in what is left of the pages that a socket has for `taken` bytes.
    static func exceedsPage(_ count: Int, taken: Int) -> Bool { of(count, pieces: 1) > -taken & (page - 1) }
}
