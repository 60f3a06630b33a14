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
        init(size: Int) { unsafe super.init(lending: .allocate(byteCount: size, alignment: 64)) }
        deinit { unsafe memory.deallocate() }
    }

    private var buffer: LentBuffer?
    private var used = 0

    /// Room for at most `maximum` bytes, and for at least `minimum`; both at most ``longest``.
    mutating func room(_ maximum: Int, atLeast minimum: Int) -> UnsafeMutableRawBufferPointer {
        if isKnownUniquelyReferenced(&buffer) { used = 0 }
        let buffer = if let buffer, Self.size - used >= minimum { buffer } else { renew() }
        let end = min(used + maximum, Self.size)
        return unsafe UnsafeMutableRawBufferPointer(rebasing: buffer.memory[used..<end])
    }

    /// Room for a stream's bytes.
    mutating func room(_ maximum: Int) -> UnsafeMutableRawBufferPointer {
        unsafe room(maximum, atLeast: min(maximum, Self.enough))
    }

    /// The first `count` bytes of the room lent last.
    mutating func chunk(_ count: Int) -> Chunk {
        guard let buffer, count > 0 else { return Chunk() }
        defer { used = (used + count + 63) & ~63 }
        return Chunk(buffer, offset: used, count: count)
    }

    private mutating func renew() -> LentBuffer {
        let new = HeapBuffer(size: Self.size)
        buffer = new
        used = 0
        return new
    }
}
