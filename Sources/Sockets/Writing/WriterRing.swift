/// The bytes that a writer has copied, in the order they go out: a ring of a fixed size.
///
/// Its memory is made for the first byte and stays where it is until ``free()``. Bytes in it are not touched before they are dropped, so
/// that an operation may read them meanwhile.
@safe struct WriterRing {
    let capacity: Int
    private var memory: UnsafeMutableRawBufferPointer?
    private var start = 0
    private(set) var count = 0

    init(capacity: Int) { self.capacity = capacity }

    /// Copies bytes behind the others; there must be room.
    mutating func append(_ run: UnsafeRawBufferPointer) {
        guard run.count > 0 else { return }
        precondition(run.count <= capacity - count, "a writer's ring has no room for \(run.count) bytes")
        let memory = unsafe made()
        let end = start + count < capacity ? start + count : start + count - capacity
        let first = min(run.count, capacity - end)
        unsafe copy(run[..<first], to: memory, at: end)
        if first < run.count { unsafe copy(run[first...], to: memory, at: 0) }
        count += run.count
    }

    /// All bytes, if there are any and they lie in one run.
    var onlyRun: UnsafeMutableRawBufferPointer? {
        guard count > 0 else { return nil }
        let run = unsafe run(at: 0, count)
        return unsafe run.count == count ? run : nil
    }

    /// Of `count` bytes from `place` on, which there must be, as many as lie in one run.
    func run(at place: Int, _ count: Int) -> UnsafeMutableRawBufferPointer {
        guard let memory = unsafe memory, count > 0 else { return unsafe .init(start: nil, count: 0) }
        let first = start + place < capacity ? start + place : start + place - capacity
        return unsafe UnsafeMutableRawBufferPointer(rebasing: memory[first..<min(first + count, capacity)])
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
