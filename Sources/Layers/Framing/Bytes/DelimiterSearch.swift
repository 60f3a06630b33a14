public import SocketModel

/// The search for the end of something in a ``ByteQueue`` that is still growing: each byte is looked at once, however often it is asked.
///
/// ```swift
/// var queue = ByteQueue()
/// guard var search = DelimiterSearch("\r\n\r\n") else { return }
/// while let chunk = try socket.receive() {
///     queue.append(chunk)
///     if let count = search.end(in: queue) { print("the head:", queue.take(count)) }
/// }
/// ```
///
/// It is the algorithm of Knuth, Morris and Pratt, so the time is linear in the bytes whatever a peer sends; where nothing of the delimiter has been seen,
/// its first byte is searched for by many bytes at a time.
public struct DelimiterSearch: Sendable {
    let bytes: [UInt8]
    /// For each place in the delimiter, how much of it is still matched when the byte there is not the one that comes.
    private let fallback: [Int]

    /// Where in the stream it goes on.
    private var position = 0
    /// How many bytes before that are the delimiter's first.
    private var matched = 0
    /// The end of the delimiter that was found and not taken yet.
    private var found: Int?

    /// A search for a byte.
    public init(_ byte: UInt8) {
        bytes = [byte]
        fallback = [0]
    }

    /// A search for a string of bytes; nil for an empty one.
    public init?(_ delimiter: Chunk) {
        guard let first = delimiter.first else { return nil }
        self.init(first, delimiter.dropFirst())
    }

    /// A search for a byte and those that follow it.
    init(_ first: UInt8, _ others: some Sequence<UInt8>) {
        bytes = [first] + others
        fallback = Self.fallbacks(of: bytes)
    }

    /// What is searched for.
    public var delimiter: Chunk { Chunk(bytes) }

    /// How many bytes of the queue go up to the end of its first delimiter; nil as long as there is none.
    ///
    /// It must be asked about one queue only; bytes may be taken from it meanwhile.
    public mutating func end(in queue: ByteQueue) -> Int? {
        if let found, found - bytes.count >= queue.offset { return found - queue.offset }
        // Bytes may have been taken up to the middle of a delimiter.
        if position - matched < queue.offset || found ?? 0 > queue.offset {
            position = queue.offset
            matched = 0
        }
        found = nil
        unsafe queue.searchRuns(from: position - queue.offset) { run in unsafe search(run) }
        return found.map { $0 - queue.offset }
    }

    /// How many of the queue's last bytes may be the beginning of a delimiter.
    var pending: Int { matched }

    /// Whether all of the bytes are a text and its delimiter, with no other before its end.
    static func isOne(_ bytes: UnsafeRawBufferPointer, endingWith search: DelimiterSearch) -> Bool {
        var search = search
        search.position = 0
        search.matched = 0
        return unsafe search.search(bytes) && search.found == bytes.count
    }

    private mutating func search(_ run: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        let isFound = unsafe bytes.count == 1 ? skip(in: run, &index) : match(run, &index)
        position += index
        if isFound {
            matched = 0
            found = position
        }
        return isFound
    }

    /// Goes behind the next first byte of the delimiter, or to the end.
    private func skip(in run: UnsafeRawBufferPointer, _ index: inout Int) -> Bool {
        guard let place = unsafe ByteScan.firstIndex(of: bytes[0], in: run, from: index) else {
            index = run.count
            return false
        }
        index = place + 1
        return true
    }

    private mutating func match(_ run: UnsafeRawBufferPointer, _ index: inout Int) -> Bool {
        while index < run.count {
            if matched == 0 {
                if unsafe skip(in: run, &index) { matched = 1 }
                continue
            }
            let byte = unsafe run[index]
            while matched > 0, bytes[matched] != byte { matched = fallback[matched] }
            if bytes[matched] == byte { matched += 1 }
            index += 1
            if matched == bytes.count { return true }
        }
        return false
    }

    private static func fallbacks(of bytes: [UInt8]) -> [Int] {
        var table = [Int](repeating: 0, count: bytes.count)
        var length = 0
        for index in bytes.indices.dropFirst(2) {
            while length > 0, bytes[length] != bytes[index - 1] { length = table[length] }
            if bytes[length] == bytes[index - 1] { length += 1 }
            table[index] = length
        }
        return table
    }
}
