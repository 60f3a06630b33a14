internal import SocketModel

/// The bytes that a writer has queued, in the order they go out: short writes copied into a ring, long ones where they are, if they can
/// be kept.
///
/// What is queued is not touched before it is dropped, so that an operation may read it meanwhile.
@safe struct WriterBytes {
    /// From how many bytes on a part is kept: a shorter one is copied as fast as one run more is sent, and then keeps nothing alive.
    static let leastKept = 16_384

    /// A part of a write that is kept, and how many bytes of the ring go out before it.
    private struct Kept {
        var copiedBefore: Int
        let chunk: Chunk
        var rest: Range<Int>

        var run: UnsafeMutableRawBufferPointer {
            // A chunk's bytes stay where they are for as long as the chunk.
            unsafe chunk.withBytes { unsafe UnsafeMutableRawBufferPointer(mutating: .init(rebasing: $0[rest])) }
        }
    }

    let capacity: Int
    private(set) var count = 0
    private var ring: WriterRing
    private var kept = Queue<Kept>()
    /// How many bytes of the ring go out after all that is kept.
    private var copiedLast = 0
    private var table = WriterRunTable()

    init(capacity: Int) {
        self.capacity = capacity
        ring = WriterRing(capacity: capacity)
    }

    /// How many bytes more it takes.
    var room: Int { capacity - count }

    /// Gives the memory back, and the bytes up.
    mutating func free() {
        ring.free()
        table.free()
        kept.removeAll()
        (count, copiedLast) = (0, 0)
    }
}

// MARK: Queueing

extension WriterBytes {
    /// Queues bytes behind the others, as a copy; there must be room.
    mutating func append(_ run: UnsafeRawBufferPointer) {
        precondition(run.count <= room, "a writer's queue has no room for \(run.count) bytes")
        unsafe ring.append(run)
        copiedLast += run.count
        count += run.count
    }

    /// Queues a part of a chunk behind the others; there must be room. It is kept, unless it is short.
    mutating func append(_ chunk: Chunk, _ part: Range<Int>) {
        guard part.count >= Self.leastKept else {
            return unsafe chunk.withBytes { unsafe append(UnsafeRawBufferPointer(rebasing: $0[part])) }
        }
        precondition(part.count <= room, "a writer's queue has no room for \(part.count) bytes")
        kept.append(Kept(copiedBefore: copiedLast, chunk: chunk, rest: part))
        copiedLast = 0
        count += part.count
    }
}

// MARK: Sending

extension WriterBytes {
    /// The first bytes, as many as one operation takes; nil when there are none. It is valid until the next call.
    mutating func first() -> OperationMemory? {
        guard count > 0 else { return nil }
        if kept.isEmpty, let run = unsafe ring.onlyRun { return unsafe .one(run) }
        table.removeAll()
        var place = 0
        for part in kept where !table.isFull {
            list(place, part.copiedBefore)
            unsafe table.append(part.run)
            place += part.copiedBefore
        }
        list(place, copiedLast)
        return unsafe table.memory
    }

    private mutating func list(_ start: Int, _ count: Int) {
        var place = start
        while place < start + count, !table.isFull {
            let run = unsafe ring.run(at: place, start + count - place)
            unsafe table.append(run)
            place += run.count
        }
    }

    /// The first bytes are done with.
    mutating func drop(_ dropped: Int) {
        count -= dropped
        var left = dropped
        while left > 0, !kept.isEmpty { left -= dropOfFirst(left) }
        ring.drop(left)
        copiedLast -= left
    }

    /// Drops at most so many bytes of the first that is kept, and of those before it; how many.
    private mutating func dropOfFirst(_ most: Int) -> Int {
        let copied = min(most, kept[0].copiedBefore)
        let past = min(most - copied, kept[0].rest.count)
        ring.drop(copied)
        kept[0].copiedBefore -= copied
        kept[0].rest.removeFirst(past)
        if kept[0].rest.isEmpty { kept.removeFirst() }
        return copied + past
    }
}
