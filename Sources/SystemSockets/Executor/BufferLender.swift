public import SocketModel

/// The memory an executor receives into when a caller names none: chunks are cut from one buffer after another.
///
/// While nobody holds a chunk of the present buffer it is used from its start again, so a server that answers at once always works in
/// the same few cache lines, and a connection that waits holds no memory at all.
public struct BufferLender {
    /// The size of a buffer, unless another is chosen.
    public static var size: Int { 128 << 10 }
    /// The most a single receive lends.
    public static var longest: Int { 64 << 10 }
    /// A stream's receive makes do with this much before a new buffer is begun.
    @usableFromInline static var enough: Int { 16 << 10 }

    // Sendable without check, as its superclass is.
    @usableFromInline final class HeapBuffer: LentBuffer, @unchecked Sendable {
        @usableFromInline init(_ size: Int) { unsafe super.init(lending: .allocate(byteCount: size, alignment: 64)) }
        deinit { unsafe memory.deallocate() }
    }

    @usableFromInline let bufferSize: Int
    @usableFromInline var buffer: HeapBuffer
    @usableFromInline var used = 0

    /// Lends of a first buffer; the buffers have that size, or as much as one receive asks for.
    public init(bufferSize: Int = BufferLender.size) {
        self.bufferSize = bufferSize
        buffer = HeapBuffer(bufferSize)
    }

    /// Room for at most `maximum` bytes, and for at least `minimum`; both at most ``longest``.
    @inlinable public mutating func room(_ maximum: Int, atLeast minimum: Int) -> UnsafeMutableRawBufferPointer {
        if used > 0, isKnownUniquelyReferenced(&buffer) { used = 0 }
        if unsafe buffer.memory.count - used < minimum { renew(minimum) }
        let memory = unsafe buffer.memory
        return unsafe UnsafeMutableRawBufferPointer(
            start: memory.baseAddress.map { unsafe $0 + used }, count: min(maximum, memory.count - used))
    }

    /// Room for a stream's bytes.
    @inlinable public mutating func room(_ maximum: Int) -> UnsafeMutableRawBufferPointer {
        unsafe room(maximum, atLeast: min(maximum, Self.enough))
    }

    /// The first `count` bytes of the room lent last.
    @inlinable public mutating func chunk(_ count: Int) -> Chunk {
        guard count > 0 else { return Chunk() }
        defer { used = (used + count + 63) & ~63 }
        return Chunk(buffer, offset: used, count: count)
    }

    @usableFromInline mutating func renew(_ minimum: Int) {
        buffer = HeapBuffer(max(bufferSize, minimum))
        used = 0
    }
}
