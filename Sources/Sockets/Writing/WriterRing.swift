/// The bytes that a writer has queued, in the order they go out: a ring of a fixed size.
///
/// Its memory is made for the first byte and stays where it is until ``free()``. Bytes in it are not touched before they are dropped, so
/// that an operation may read them meanwhile.
@safe struct WriterRing {
    let capacity: Int
    private var memory: UnsafeMutableRawBufferPointer?
    private var start = 0
    private(set) var count = 0

    init(capacity: Int) { self.capacity = capacity }

    /// How many bytes more it takes.
    var room: Int { capacity - count }

    /// Copies bytes behind the others; there must be room.
    mutating func append(_ run: UnsafeRawBufferPointer) {
        guard run.count > 0 else { return }
        precondition(run.count <= room, "a writer's queue has no room for \(run.count) bytes")
        let memory = unsafe made()
        let end = start + count < capacity ? start + count : start + count - capacity
        let first = min(run.count, capacity - end)
        unsafe copy(run[..<first], to: memory, at: end)
        if first < run.count { unsafe copy(run[first...], to: memory, at: 0) }
        count += run.count
    }

    /// The first bytes, as many as lie in one run; nil when there are none.
    var firstRun: UnsafeMutableRawBufferPointer? {
        guard count > 0, let memory = unsafe memory else { return nil }
        return unsafe UnsafeMutableRawBufferPointer(rebasing: memory[start..<min(start + count, capacity)])
    }

    /// The first bytes are done with.
    mutating func drop(_ dropped: Int) {
        count -= dropped
        start += dropped
        // Beginning anew spares most queues the cut where the ring closes, and keeps to the memory that is in the cache.
        if count == 0 { start = 0 } else if start >= capacity { start -= capacity }
    }

    /// Gives the memory back, and the bytes up.
    mutating func free() {
        unsafe memory.take()?.deallocate()
        (start, count) = (0, 0)
    }

    private mutating func made() -> UnsafeMutableRawBufferPointer {
        if let memory = unsafe memory { return unsafe memory }
        let new = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
        unsafe memory = new
        return unsafe new
    }

    private func copy(_ part: Slice<UnsafeRawBufferPointer>, to memory: UnsafeMutableRawBufferPointer, at index: Int) {
        let target = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[index...])
        unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
    }
}
