public import SocketModel

/// A socket as a buffered file: the classic `makefile`.
///
/// It works on a duplicate, so file and socket are closed independently of each other. It may be used by one thread at a time; it is
/// flushed and closed by ``close()``, or when its last reference goes, which drops the errors of that last flush.
public final class SocketFile {
    /// What the file is for: the classic modes `r`, `w` and `rw`.
    public struct Mode: OptionSet, Hashable, Sendable {
        /// The mode's bits.
        public let rawValue: UInt8

        /// A mode of these bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// It can be read: `r`.
        public static let read = Mode(rawValue: 1)
        /// It can be written: `w`.
        public static let write = Mode(rawValue: 2)
        /// Both: `rw`.
        public static let readWrite: Mode = [.read, .write]
    }

    /// When written bytes go out, and how many are read at once: the classic `bufsize`.
    public enum Buffering: Hashable, Sendable {
        /// Writes go out at once, reads take no more than they need: `bufsize` 0.
        case none
        /// As `.size(8192)`, and each line goes out when it is complete: `bufsize` 1.
        case line
        /// Writes go out when this many bytes are waiting; reads fetch as many. Less than 1 counts as 1, and the most is 1 GiB.
        case size(Int)

        /// What files do unless told otherwise: `bufsize` negative.
        public static let standard = Buffering.size(8192)

        var capacity: Int {
            switch self {
            case .none: 1
            case .line: 8192
            case .size(let size): min(max(size, 1), 1 << 30)
            }
        }
    }

    /// What the file is for.
    public let mode: Mode
    /// How it is buffered.
    public let buffering: Buffering

    private let socket: Socket
    private var input = InputBuffer()
    private var output: [UInt8] = []

    init(_ socket: Socket, _ mode: Mode, _ buffering: Buffering) {
        self.socket = socket
        self.mode = mode
        self.buffering = buffering
    }

    deinit { try? flushPending() }
}

extension Socket {
    /// This socket as a buffered file. The classic method is `makefile`.
    ///
    /// - Throws: ``SocketError`` as ``duplicate()``, and with ``SocketError/Code/invalidArgument`` for an empty mode.
    public func file(
        _ mode: SocketFile.Mode = .read, buffering: SocketFile.Buffering = .standard
    ) throws(SocketError) -> SocketFile {
        guard !mode.isEmpty else {
            throw SocketError(.invalidArgument, .duplicate, detail: "a file is for reading, for writing or for both")
        }
        return SocketFile(try duplicate(), mode, buffering)
    }
}

// MARK: Reading

extension SocketFile {
    /// Reads `count` bytes, or all up to the end of the stream when nil.
    ///
    /// - Returns: As many bytes; fewer, perhaps none, only when the stream ends.
    /// - Throws: ``SocketError`` as ``Socket/receive(_:flags:deadline:)``; what was read before the error is kept for the next read.
    @available(*, noasync, message: "this parks the thread")
    public func read(_ count: Int? = nil) throws(SocketError) -> Chunk {
        try check(.read)
        if let count { try checkCount(count) }
        while input.count < count ?? .max {
            let wanted = count.map { $0 - input.count } ?? .max
            if try !fill(atLeast: wanted) { break }
        }
        return input.take(min(count ?? .max, input.count))
    }

    /// Reads a line, with its newline.
    ///
    /// - Parameter limit: The most bytes; a longer line comes in parts.
    /// - Returns: The line; without a newline when it is the stream's last or reached the limit; nil at the end of the stream.
    /// - Throws: ``SocketError`` as ``read(_:)``.
    @available(*, noasync, message: "this parks the thread")
    public func readLine(limit: Int? = nil) throws(SocketError) -> Chunk? {
        try check(.read)
        if let limit { try checkCount(limit) }
        let limit = limit ?? .max
        guard limit > 0 else { return Chunk() }
        while true {
            if let length = input.lineLength() { return input.take(min(length, limit)) }
            if input.count >= limit { return input.take(limit) }
            if try !fill(atLeast: 1) { return input.count == 0 ? nil : input.take(input.count) }
        }
    }

    /// Reads all lines up to the end of the stream, each with its newline: the classic `readlines`.
    ///
    /// - Throws: ``SocketError`` as ``read(_:)``.
    @available(*, noasync, message: "this parks the thread")
    public func readLines() throws(SocketError) -> [Chunk] {
        var lines: [Chunk] = []
        while let line = try readLine() { lines.append(line) }
        return lines
    }

    private func checkCount(_ count: Int) throws(SocketError) {
        guard count >= 0 else {
            throw SocketError(.invalidArgument, .read, detail: "a count must not be negative, as \(count) is")
        }
    }

    /// False at the end of the stream.
    private func fill(atLeast wanted: Int) throws(SocketError) -> Bool {
        let size = buffering == .none ? min(wanted, 8192) : buffering.capacity
        let oneByOne = buffering == .none && wanted == 1
        guard let chunk = try socket.receive(oneByOne ? 1 : size) else { return false }
        input.append(chunk)
        return true
    }
}

// MARK: Writing

extension SocketFile {
    /// Writes bytes; they go out when the buffer is full, the line is complete, or at ``flush()``.
    ///
    /// - Throws: ``SocketError`` as ``Socket/sendAll(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    public func write(_ bytes: some ByteSource) throws(SocketError) {
        try check(.write)
        var hasNewline = false
        unsafe bytes.withBytes { run in
            unsafe output.append(contentsOf: run)
            hasNewline = unsafe buffering == .line && run.contains(UInt8(ascii: "\n"))
        }
        if hasNewline {
            try flushLines()
        } else if output.count >= buffering.capacity || buffering == .none {
            try flushPending()
        }
    }

    /// Writes each of several pieces: the classic `writelines`, which adds no newlines either.
    ///
    /// - Throws: ``SocketError`` as ``write(_:)``.
    @available(*, noasync, message: "this parks the thread")
    public func write(lines: some Sequence<some ByteSource>) throws(SocketError) {
        for line in lines { try write(line) }
    }

    /// Sends what is waiting.
    ///
    /// - Throws: ``SocketError`` as ``Socket/sendAll(_:flags:deadline:)``; what is not sent then is dropped, as it is unknown how much
    ///   of it arrived.
    @available(*, noasync, message: "this parks the thread")
    public func flush() throws(SocketError) {
        if mode.contains(.write) { try flushPending() }
    }

    /// Sends what is waiting and closes the file; a second call does nothing. The socket stays open.
    ///
    /// - Throws: ``SocketError`` as ``flush()``; the file is closed nevertheless.
    @available(*, noasync, message: "this parks the thread")
    public func close() throws(SocketError) {
        guard !isClosed else { return }
        do throws(SocketError) {
            try flush()
        } catch {
            try socket.close()
            throw error
        }
        try socket.close()
    }

    /// How long its calls may wait; at first as long as the socket's did when the file was made.
    public var waiting: Socket.Mode {
        get { socket.mode }
        set { socket.mode = newValue }
    }

    /// Whether ``close()`` has been called.
    public var isClosed: Bool { socket.isClosed }

    private func flushLines() throws(SocketError) {
        guard let end = output.lastIndex(of: UInt8(ascii: "\n")) else { return }
        let rest = Array(output[(end + 1)...])
        output.removeSubrange((end + 1)...)
        defer { output = rest }
        try flushPending()
    }

    private func flushPending() throws(SocketError) {
        guard !output.isEmpty else { return }
        var waiting: [UInt8] = []
        swap(&waiting, &output)
        try unsafe waiting.withBytes { run throws(SocketError) in try unsafe socket.sendRuns(run, [], nil) }
        waiting.removeAll(keepingCapacity: true)
        swap(&waiting, &output)
    }

    private func check(_ use: Mode) throws(SocketError) {
        let operation: OperationName = use == .read ? .read : .write
        guard !isClosed else { throw SocketError(.closed, operation, detail: "the file is closed") }
        guard mode.contains(use) else {
            throw SocketError(
                .invalidArgument, operation,
                detail: "the file was not opened for \(use == .read ? "reading" : "writing")")
        }
    }
}
