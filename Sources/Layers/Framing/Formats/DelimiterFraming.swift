public import SocketModel

/// Frames that end with a fixed string of bytes.
///
/// ```swift
/// let records = DelimiterFraming(0)                       // as `find -print0` writes them
/// let parts = try DelimiterFraming("\r\n--boundary\r\n")
/// ```
public struct DelimiterFraming: Framing {
    /// What ends a frame.
    public var delimiter: Chunk { search.delimiter }
    /// The most bytes of a message, its end not counted.
    public let limit: Int
    /// Whether messages are read with their ends. Then one that is written with it gets no second one.
    public let keepsDelimiter: Bool
    /// Whether what follows the last delimiter at the end of the stream is a message, unless it is empty; else it is
    /// ``FramingError/Reason/truncated``.
    public let allowsUnterminated: Bool

    /// Whether a carriage return right before the end belongs to it.
    private let endsWithCarriageReturn: Bool
    private var search: DelimiterSearch

    init(
        _ search: DelimiterSearch, limit: Int, keepsDelimiter: Bool, allowsUnterminated: Bool,
        endsWithCarriageReturn: Bool = false
    ) {
        self.search = search
        self.limit = FrameLimit.clamped(limit)
        self.keepsDelimiter = keepsDelimiter
        self.allowsUnterminated = allowsUnterminated
        self.endsWithCarriageReturn = endsWithCarriageReturn
    }

    /// Frames that end with a byte.
    ///
    /// - Parameters:
    ///   - limit: The most bytes of a message, its end not counted; brought into 0...1,073,741,824.
    ///   - keepsDelimiter: Whether messages are read with their ends.
    ///   - allowsUnterminated: Whether the last one may lack it.
    public init(
        _ byte: UInt8, limit: Int = 65_536, keepsDelimiter: Bool = false, allowsUnterminated: Bool = false
    ) {
        self.init(
            DelimiterSearch(byte), limit: limit, keepsDelimiter: keepsDelimiter, allowsUnterminated: allowsUnterminated)
    }

    /// Frames that end with a string of bytes; the parameters are those of ``init(_:limit:keepsDelimiter:allowsUnterminated:)-(UInt8,_,_,_)``.
    ///
    /// - Throws: ``FramingError`` with ``FramingError/Reason/emptyDelimiter``.
    public init(
        _ delimiter: Chunk, limit: Int = 65_536, keepsDelimiter: Bool = false, allowsUnterminated: Bool = false
    ) throws(FramingError) {
        guard let search = DelimiterSearch(delimiter) else { throw FramingError(.emptyDelimiter) }
        self.init(search, limit: limit, keepsDelimiter: keepsDelimiter, allowsUnterminated: allowsUnterminated)
    }

    /// The limit, and the longest end.
    public var maximumFrameSize: Int { limit + search.bytes.count + (endsWithCarriageReturn ? 1 : 0) }

    /// The next message: see ``Framing/decode(from:)``.
    ///
    /// - Throws: ``FramingError`` with ``FramingError/Reason/frameTooLong(limit:)`` as soon as that many bytes have come without an end.
    public mutating func decode(from queue: inout ByteQueue) throws(FramingError) -> Chunk? {
        guard let end = search.end(in: queue) else {
            try check(queue.count - pending(in: queue), queue)
            return nil
        }
        let frame = end - endLength(queue, end)
        try check(frame, queue)
        if keepsDelimiter { return queue.take(end) }
        let message = queue.take(frame)
        queue.drop(end - frame)
        return message
    }

    /// The next message, when no more bytes will come: see ``Framing/decodeLast(from:)``.
    ///
    /// - Throws: ``FramingError`` as ``decode(from:)``, and with ``FramingError/Reason/truncated``.
    public mutating func decodeLast(from queue: inout ByteQueue) throws(FramingError) -> Chunk? {
        if let message = try decode(from: &queue) { return message }
        if queue.isEmpty { return nil }
        try check(queue.count, queue)
        guard allowsUnterminated else { throw FramingError(.truncated, at: queue.offset) }
        return queue.takeAll()
    }

    private func check(_ count: Int, _ queue: ByteQueue) throws(FramingError) {
        if count > limit { throw FramingError(.frameTooLong(limit: limit), at: queue.offset) }
    }

    /// How many of the last bytes may turn out to be the end.
    private func pending(in queue: ByteQueue) -> Int {
        endsWithCarriageReturn && endsWithCarriageReturn(queue, queue.count) ? 1 : search.pending
    }

    private func endLength(_ queue: ByteQueue, _ end: Int) -> Int {
        let length = search.bytes.count
        return endsWithCarriageReturn && endsWithCarriageReturn(queue, end - length) ? length + 1 : length
    }

    private func endsWithCarriageReturn(_ queue: ByteQueue, _ count: Int) -> Bool {
        queue.byte(at: count - 1) == UInt8(ascii: "\r")
    }

    /// Adds the message and its end: see ``Framing/encode(_:into:)``.
    ///
    /// - Throws: ``FramingError`` with ``FramingError/Reason/frameTooLong(limit:)``, and with ``FramingError/Reason/containsDelimiter`` when it would be read as
    ///   something else: nobody can smuggle a second message into the first.
    public func encode(_ message: Chunk, into output: inout [UInt8]) throws(FramingError) {
        let start = output.count
        unsafe message.withBytes { unsafe output.append(contentsOf: $0) }
        if !keepsDelimiter || !output[start...].suffix(search.bytes.count).elementsEqual(search.bytes) {
            output += search.bytes
        }
        let isOne = unsafe output[start...].withBytes { unsafe DelimiterSearch.isOne($0, endingWith: search) }
        let end = search.bytes.count + (hasCarriageReturn(output[start...]) ? 1 : 0)
        guard isOne, keepsDelimiter || end == search.bytes.count else { throw FramingError(.containsDelimiter) }
        guard output.count - start - end <= limit else { throw FramingError(.frameTooLong(limit: limit)) }
    }

    /// Whether a frame ends with a carriage return and the delimiter.
    private func hasCarriageReturn(_ frame: ArraySlice<UInt8>) -> Bool {
        endsWithCarriageReturn && frame.dropLast(search.bytes.count).last == UInt8(ascii: "\r")
    }
}
