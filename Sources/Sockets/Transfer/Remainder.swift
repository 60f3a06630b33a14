internal import SocketModel

/// Bytes that were received and not delivered, because the call that asked for more of them ended early: the next receive's.
struct Remainder {
    private var bytes: [UInt8] = []
    private var start = 0

    var count: Int { bytes.count - start }

    mutating func append(_ more: ArraySlice<UInt8>) { bytes += more }

    /// Moves bytes into memory, as many as there are and fit; with `peeking` they stay here too.
    mutating func fill(_ memory: OperationMemory, peeking: Bool) -> Int {
        var filled = 0
        switch unsafe memory {
        case .one(let run): filled = unsafe copy(from: start, into: run)
        case .several(let runs):
            for index in runs.indices { unsafe filled += copy(from: start + filled, into: runs[index]) }
        case .none, .lent: break
        }
        if !peeking { drop(filled) }
        return filled
    }

    /// At most `maximum` bytes as a chunk; with `peeking` they stay here too.
    mutating func chunk(_ maximum: Int, peeking: Bool) -> Chunk {
        let found = bytes[start...].prefix(max(maximum, 0))
        if !peeking { drop(found.count) }
        return Chunk(Array(found))
    }

    /// All of it as a chunk.
    mutating func takeAll() -> Chunk { chunk(count, peeking: false) }

    private func copy(from position: Int, into run: UnsafeMutableRawBufferPointer) -> Int {
        let part = bytes[position...].prefix(run.count)
        unsafe run.copyBytes(from: part)
        return part.count
    }

    private mutating func drop(_ count: Int) {
        start += count
        if start == bytes.count { self = Remainder() }
    }
}
