public import SocketModel

/// Received bytes that have not been used yet, in the order of the stream.
///
/// ``take(_:)`` gives bytes of lent memory away without a copy as long as they lie in one chunk; what lies in several is gathered. So whoever
/// takes what can be taken before appending the next chunk pays for one copy of what spans two of them, and for nothing else:
///
/// ```swift
/// var queue = ByteQueue()
/// while let chunk = try socket.receive() {
///     queue.append(chunk)
///     while queue.count >= 16 { print(queue.take(16)) }
/// }
/// ```
///
/// It holds on to the memory of the last chunk alone, and to a copy of what has come before and not been taken. It has no bound of its own: who
/// appends stops when ``count`` is more than what they wait for, as a ``FrameDecoder`` does.
public struct ByteQueue: Sendable {
    /// What has come before the last chunk.
    private var gathered: [UInt8] = []
    private var gatheredStart = 0
    /// The last chunk.
    private var chunk = Chunk()
    private var chunkStart = 0
    private var chunkEnd = 0

    /// How many bytes have been taken and dropped: where in the stream the first byte is.
    public private(set) var offset = 0

    /// An empty queue.
    public init() {}

    private var gatheredCount: Int { gathered.count - gatheredStart }
    private var chunkCount: Int { chunkEnd - chunkStart }

    /// How many bytes there are.
    public var count: Int { gatheredCount + chunkCount }

    /// Whether there are none.
    public var isEmpty: Bool { count == 0 }

    /// Adds bytes at the end.
    public mutating func append(_ more: Chunk) {
        guard !more.isEmpty else { return }
        if chunkCount > 0 { gather() }
        chunk = more
        chunkStart = 0
        chunkEnd = more.count
    }

    /// Takes the first `count` bytes, or as many as there are; a negative count is none.
    public mutating func take(_ count: Int) -> Chunk {
        let count = min(max(count, 0), self.count)
        offset &+= count
        if gatheredCount == 0 { return takeFromChunk(count) }
        if count <= gatheredCount { return takeFromGathered(count) }
        return takeFromBoth(count)
    }

    /// Takes all bytes.
    public mutating func takeAll() -> Chunk { take(count) }

    /// Drops the first `count` bytes, or as many as there are; a negative count is none.
    public mutating func drop(_ count: Int) {
        let count = min(max(count, 0), self.count)
        offset &+= count
        let early = min(count, gatheredCount)
        gatheredStart += early
        forgetGathered()
        advanceChunk(count - early)
    }

    // MARK: Looking

    /// The byte at `index`; nil when there is none.
    public func byte(at index: Int) -> UInt8? {
        guard index >= 0, index < count else { return nil }
        return index < gatheredCount ? gathered[gatheredStart + index] : chunk[chunkStart + index - gatheredCount]
    }

    /// Calls `body` with the first `count` bytes, or as many as there are, all in one run, and returns what it returns.
    ///
    /// They are copied when they come from several chunks: meant for the few bytes that say how many follow.
    ///
    /// - Throws: what `body` throws.
    public func withFirst<R, E: Error>(_ count: Int, _ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
        let count = min(max(count, 0), self.count)
        if gatheredCount == 0 {
            return try unsafe chunk.withBytes { run throws(E) in
                let bytes = unsafe run.assumingMemoryBound(to: UInt8.self).span
                return try body(bytes.extracting(chunkStart..<chunkStart + count))
            }
        }
        if count <= gatheredCount { return try body(gathered.span.extracting(gatheredStart..<gatheredStart + count)) }
        var copy = Array(gathered[gatheredStart...])
        append(chunkStart..<chunkStart + count - copy.count, to: &copy)
        return try body(copy.span)
    }

    /// Calls `body` with the runs of bytes from the `start`th on until it returns true.
    func searchRuns(from start: Int, _ body: (UnsafeRawBufferPointer) -> Bool) {
        let early = gatheredCount
        if start < early {
            let isDone = unsafe gathered.withBytes { run in
                unsafe body(UnsafeRawBufferPointer(rebasing: run[(gatheredStart + start)...]))
            }
            if isDone { return }
        }
        let start = max(start, early)
        guard start < count else { return }
        unsafe chunk.withBytes { run in
            let rest = unsafe UnsafeRawBufferPointer(rebasing: run[(chunkStart + start - early)...])
            _ = unsafe body(rest)
        }
    }

    // MARK: Parts

    /// What is left of the chunk joins what came before it.
    private mutating func gather() {
        if gatheredStart > gathered.count / 2 {
            gathered.removeSubrange(..<gatheredStart)
            gatheredStart = 0
        }
        // Not by a method, which would hold on to what is appended to, and have all of it copied.
        let (last, range) = (chunk, chunkStart..<chunkEnd)
        unsafe last.withBytes { unsafe gathered.append(contentsOf: $0[range]) }
    }

    private func append(_ range: Range<Int>, to bytes: inout [UInt8]) {
        unsafe chunk.withBytes { unsafe bytes.append(contentsOf: $0[range]) }
    }

    private mutating func takeFromChunk(_ count: Int) -> Chunk {
        defer { advanceChunk(count) }
        return chunk.part(from: chunkStart, count: count)
    }

    private mutating func advanceChunk(_ count: Int) {
        chunkStart += count
        // Its memory goes back.
        if chunkStart == chunkEnd, chunkEnd > 0 {
            chunk = Chunk()
            chunkStart = 0
            chunkEnd = 0
        }
    }

    private mutating func takeFromGathered(_ count: Int) -> Chunk {
        if count == gathered.count { return Chunk(takeGathered()) }
        defer {
            gatheredStart += count
            forgetGathered()
        }
        return Chunk(Array(gathered[gatheredStart..<gatheredStart + count]))
    }

    private mutating func takeFromBoth(_ count: Int) -> Chunk {
        let late = count - gatheredCount
        var bytes = takeGathered()
        bytes.reserveCapacity(count)
        append(chunkStart..<chunkStart + late, to: &bytes)
        advanceChunk(late)
        return Chunk(bytes)
    }

    /// All of what was gathered, without a copy if none of it was taken before.
    private mutating func takeGathered() -> [UInt8] {
        defer {
            gathered = []
            gatheredStart = 0
        }
        return gatheredStart == 0 ? gathered : Array(gathered[gatheredStart...])
    }

    private mutating func forgetGathered() {
        guard gatheredStart == gathered.count, gatheredStart > 0 else { return }
        gathered.removeAll(keepingCapacity: gathered.capacity <= 4096)
        gatheredStart = 0
    }
}
