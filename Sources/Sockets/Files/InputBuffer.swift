internal import Layers
internal import SocketModel

/// Bytes received but not yet read. Each byte is looked at once for a newline, however often lines are asked for.
struct InputBuffer {
    private var queue = ByteQueue()
    private var newline = DelimiterSearch(UInt8(ascii: "\n"))

    var count: Int { queue.count }

    mutating func append(_ chunk: Chunk) { queue.append(chunk) }

    /// The first line's length with its newline; nil when it is not all there.
    mutating func lineLength() -> Int? { newline.end(in: queue) }

    mutating func take(_ count: Int) -> Chunk { queue.take(count) }
}
