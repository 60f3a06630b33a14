/// Bytes in order, in memory that grows with them: the only memory of a connection.
///
/// It starts with none and doubles as it is needed. When the bytes are gone it keeps at most ``keptCapacity``, so that
/// an idle connection is small and a dialogue of small messages allocates nothing. Bytes may also be written behind the last
/// one, with a gap, and become part of the ring when the gap is filled.
@safe struct ByteRing: ~Copyable {
    /// The most that one ring may be asked to hold.
    static var limit: Int { 1 << 29 }
    /// The capacity that an empty ring may keep.
    static var keptCapacity: Int { 1024 }
    private static var smallestCapacity: Int { 64 }

    private var memory: UnsafeMutableRawPointer?
    private var capacity: Int32 = 0
    private var start: Int32 = 0
    private var length: Int32 = 0

    deinit { unsafe memory?.deallocate() }

    var count: Int { @inline(__always) get { Int(length) } }

    var allocated: Int { Int(capacity) }

    /// Copies bytes behind the last one.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        unsafe write(bytes, at: count)
        extend(by: bytes.count)
    }

    /// Copies bytes to a place behind the last one, counted from the first; the ring does not count them yet.
    mutating func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(offset + bytes.count)
        guard let memory = unsafe memory else { return }
        let place = (Int(start) + offset) & (Int(capacity) - 1)
        let first = min(bytes.count, Int(capacity) - place)
        unsafe (memory + place).copyMemory(from: source, byteCount: first)
        if first < bytes.count {
            unsafe memory.copyMemory(from: source + first, byteCount: bytes.count - first)
        }
    }

    /// So many bytes that were written behind the last one belong to the ring from now on.
    mutating func extend(by count: Int) { length += Int32(truncatingIfNeeded: count) }

    /// Copies bytes from `offset` on, as many as there are and as fit.
    func copy(from offset: Int, into target: UnsafeMutableRawBufferPointer) -> Int {
        let total = min(count - offset, target.count)
        guard total > 0, let memory = unsafe memory, let target = target.baseAddress else { return 0 }
        let place = (Int(start) + offset) & (Int(capacity) - 1)
        let first = min(total, Int(capacity) - place)
        unsafe target.copyMemory(from: memory + place, byteCount: first)
        if first < total { unsafe (target + first).copyMemory(from: memory, byteCount: total - first) }
        return total
    }

    /// Makes an array of the bytes from `offset` on, at most `total`; an array of as many bytes costs the least.
    func copy(from offset: Int, count total: Int, to array: inout [UInt8]) {
        let total = max(min(count - offset, total), 0)
        if array.count != total {
            array.removeAll(keepingCapacity: true)
            array.append(contentsOf: repeatElement(0, count: total))
        }
        unsafe array.withUnsafeMutableBytes { _ = unsafe copy(from: offset, into: $0) }
    }

    /// Forgets the first bytes.
    mutating func drop(_ dropped: Int) {
        let dropped = min(dropped, count)
        length -= Int32(truncatingIfNeeded: dropped)
        start = Int32(truncatingIfNeeded: (Int(start) + dropped) & (Int(capacity) - 1))
    }

    /// Nothing is in the ring or behind its end: begins anew, which keeps to the memory in the cache, or gives much memory back.
    mutating func settle() {
        start = 0
        if capacity > Self.keptCapacity { free() }
    }

    /// Gives the memory back, and the bytes up.
    mutating func free() {
        unsafe memory.take()?.deallocate()
        (capacity, start, length) = (0, 0, 0)
    }

    private mutating func reserve(_ needed: Int) {
        if needed > Int(capacity) { grow(to: needed) }
    }

    private mutating func grow(to needed: Int) {
        let size = max(Self.smallestCapacity, 1 << (Int.bitWidth - (needed - 1).leadingZeroBitCount))
        let new = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        if let old = unsafe memory {
            // All of it: there may be bytes behind the end.
            let first = Int(capacity) - Int(start)
            unsafe new.copyMemory(from: old + Int(start), byteCount: first)
            unsafe (new + first).copyMemory(from: old, byteCount: Int(start))
            unsafe old.deallocate()
        }
        unsafe memory = new
        (capacity, start) = (Int32(truncatingIfNeeded: size), 0)
    }
}
