internal import SocketModel

/// Bytes received but not yet read. Each byte is looked at once for a newline, however often lines are asked for.
struct InputBuffer {
    private var bytes: [UInt8] = []
    private var start = 0
    private var searched = 0

    var count: Int { bytes.count - start }

    mutating func append(_ chunk: Chunk) {
        if start == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            start = 0
            searched = 0
        } else if start > bytes.count / 2 {
            bytes.removeSubrange(..<start)
            searched -= start
            start = 0
        }
        bytes.append(contentsOf: chunk.array)
    }

    /// The first line's length with its newline; nil when it is not all there.
    mutating func lineLength() -> Int? {
        guard let newline = bytes[max(searched, start)...].firstIndex(of: UInt8(ascii: "\n")) else {
            searched = bytes.count
            return nil
        }
        searched = newline
        return newline + 1 - start
    }

    mutating func take(_ count: Int) -> Chunk {
        defer { start += count }
        return Chunk(Array(bytes[start..<start + count]))
    }
}
