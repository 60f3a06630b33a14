internal import SocketModel

/// What an opening has received and not read yet. Openings are short, so nothing is spared here.
struct OpeningBuffer: Hashable, Sendable {
    /// The most that may be there before the opening is over: its longest message, and what a peer sends behind it with the same segment.
    private static let limit = 131_072

    var isOverflowing: Bool { bytes.count > Self.limit }

    private(set) var bytes: [UInt8] = []
    private(set) var hasEnded = false

    mutating func append(_ input: consuming StreamInput) {
        switch input {
        case .received(let chunk): bytes += chunk
        case .ended: hasEnded = true
        }
    }

    /// The first `count` bytes, which are there no more; nil, and nothing has happened, if there are fewer.
    mutating func take(_ count: Int) -> [UInt8]? {
        guard bytes.count >= count else { return nil }
        defer { bytes.removeFirst(count) }
        return Array(bytes[..<count])
    }

    /// All there is; nil for nothing.
    mutating func takeAll() -> Chunk? {
        defer { bytes = [] }
        return bytes.isEmpty ? nil : Chunk(bytes)
    }
}
