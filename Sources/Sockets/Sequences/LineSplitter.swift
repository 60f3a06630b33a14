internal import SocketModel

/// Cuts received bytes into lines. Each byte is looked at once for a newline, and moved at most once beyond its own line.
struct LineSplitter {
    let limit: Int
    private(set) var isAtEnd = false
    private var bytes: [UInt8] = []
    private var start = 0
    private var searched = 0

    init(limit: Int) { self.limit = limit }

    mutating func append(_ chunk: Chunk) {
        bytes.removeSubrange(..<start)
        searched -= start
        start = 0
        unsafe chunk.withBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// The next line that is all there, without its end; nil if none is.
    mutating func next() throws(SocketError) -> Chunk? {
        guard let newline = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
            searched = bytes.count
            // One byte more may be the CR of its end.
            if searched - start > limit + 1 || searched - start == limit + 1 && bytes.last != UInt8(ascii: "\r") {
                throw tooLong
            }
            return nil
        }
        let end = newline > start && bytes[newline - 1] == UInt8(ascii: "\r") ? newline - 1 : newline
        guard end - start <= limit else {
            searched = newline
            throw tooLong
        }
        defer {
            start = newline + 1
            searched = start
        }
        return Chunk(Array(bytes[start..<end]))
    }

    /// What is left when the stream has ended; nil if that is nothing.
    mutating func last() throws(SocketError) -> Chunk? {
        isAtEnd = true
        if bytes.count - start > limit { throw tooLong }
        return start < bytes.count ? takeAll() : nil
    }

    /// All that is there.
    mutating func takeAll() -> Chunk {
        defer {
            bytes = []
            start = 0
            searched = 0
        }
        return Chunk(Array(bytes[start...]))
    }

    private var tooLong: SocketError {
        SocketError(.messageTooLong, .receive, detail: "a line is longer than \(limit) bytes")
    }
}
