internal import SocketModel

/// The memory a reactor receives into when a caller names none: chunks are cut from one buffer after another.
///
/// While nobody holds a chunk of the present buffer it is used from its start again, so a server that answers at once always works in
/// the same few cache lines, and a connection that waits holds no memory at all.
struct BufferLender {
    /// The size of a buffer.
    static let size = 128 << 10
    /// The most a single receive lends.
    static let longest = 64 << 10
    /// A stream's receive makes do with this much before a new buffer is begun.
    private static let enough = 16 << 10

    // Sendable without check, as its superclass is.
    private final class HeapBuffer: LentBuffer, @unchecked Sendable {
        init() { unsafe super.init(lending: .allocate(byteCount: BufferLender.size, alignment: 64)) }
        deinit { unsafe memory.deallocate() }
    }

    private var buffer: HeapBuffer = HeapBuffer()
    private var used = 0

    /// Room for at most `maximum` bytes, and for at least `minimum`; both at most ``longest``.
    mutating func room(_ maximum: Int, atLeast minimum: Int) -> UnsafeMutableRawBufferPointer {
        if used > 0, isKnownUniquelyReferenced(&buffer) { used = 0 }
        if Self.size - used < minimum { renew() }
        return unsafe UnsafeMutableRawBufferPointer(rebasing: buffer.memory[used..<min(used + maximum, Self.size)])
    }

    /// Room for a stream's bytes.
    mutating func room(_ maximum: Int) -> UnsafeMutableRawBufferPointer {
        unsafe room(maximum, atLeast: min(maximum, Self.enough))
    }

    /// The first `count` bytes of the room lent last.
    mutating func chunk(_ count: Int) -> Chunk {
        guard count > 0 else { return Chunk() }
        defer { used = (used + count + 63) & ~63 }
        return Chunk(buffer, offset: used, count: count)
    }

    private mutating func renew() {
        buffer = HeapBuffer()
        used = 0
    }
}
