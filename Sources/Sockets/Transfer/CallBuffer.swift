internal import SocketModel

/// Memory of a call that may be suspended and that backends do not lend for: what is received becomes a chunk without a copy.
///
/// Sendable without check, as its superclass is.
@safe final class CallBuffer: LentBuffer, @unchecked Sendable {
    /// So many bytes, at least zero; what they held before shows through unless they are `cleared`.
    init(_ size: Int, cleared: Bool = false) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        if cleared { unsafe memory.initializeMemory(as: UInt8.self, repeating: 0) }
        unsafe super.init(lending: memory)
    }

    deinit { unsafe memory.deallocate() }

    /// The first bytes; a copy when that gives back more than a page.
    func chunk(_ count: Int) -> Chunk {
        let chunk = Chunk(self, offset: 0, count: count)
        return unsafe memory.count - chunk.count > 4096 ? Chunk(chunk.array) : chunk
    }
}
