public import SocketModel

/// A socket as a buffered file: the classic `makefile`.
///
/// It works on a duplicate, so file and socket are closed independently of each other. It may be used by one thread or task at a time; it
/// is flushed and closed by ``close()``. When its last reference goes, it is closed too, and sends what the system takes at once: nobody
/// would hear of an error or wait for a peer.
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

    let socket: Socket
    private var input = InputBuffer()
    private var output: [UInt8] = []

    /// - Parameter received: What its conversation has received already, and nobody has read.
    init(_ socket: Socket, _ mode: Mode, _ buffering: Buffering, received: Chunk) {
        self.socket = socket
        self.mode = mode
        self.buffering = buffering
        if !received.isEmpty { input.append(received) }
    }

    deinit { try? flushAtOnce() }

    private func flushAtOnce() throws(SocketError) {
        guard let due = takeOutput() else { return }
        try unsafe due.withBytes { run throws(SocketError) in try unsafe socket.sendRuns(run, [], .immediate) }
    }
}

extension Socket {
    /// This socket as a buffered file. The classic method is `makefile`.
    ///
    /// Bytes that an earlier call has received and could not deliver, or that were received ahead, are what a file for reading begins with.
    ///
    /// - Throws: ``SocketError`` as ``duplicate()``, but for those bytes, and with ``SocketError/Code/invalidArgument`` for an empty mode.
    public func file(
        _ mode: SocketFile.Mode = .read, buffering: SocketFile.Buffering = .standard
    ) throws(SocketError) -> SocketFile {
        guard !mode.isEmpty else {
            throw SocketError(.invalidArgument, .duplicate, detail: "a file is for reading, for writing or for both")
        }
        guard mode.contains(.read) else { return SocketFile(try copied(), mode, buffering, received: Chunk()) }
        try settle(.duplicate)
        let copy = try copied()
        return SocketFile(copy, mode, buffering, received: usage.withRemainder { $0.takeAll() } ?? Chunk())
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
        try checkReading(count)
        while let size = missing(of: count), try fill(size) {}
        return take(count)
    }

    /// Reads a line, with its newline.
    ///
    /// - Parameter limit: The most bytes; a longer line comes in parts.
    /// - Returns: The line; without a newline when it is the stream's last or reached the limit; nil at the end of the stream.
    /// - Throws: ``SocketError`` as ``read(_:)``.
    @available(*, noasync, message: "this parks the thread")
    public func readLine(limit: Int? = nil) throws(SocketError) -> Chunk? {
        try checkReading(limit)
        while true {
            if let line = bufferedLine(limit) { return line }
            if try !fill(receiveSize(1)) { return lastLine() }
        }
    }

    /// Reads all lines up to the end of the stream, each with its newline: the classic `readlines`.
    ///
    /// - Throws: ``SocketError`` as ``read(_:)``.
    @available(*, noasync, message: "this parks the thread")
    public func readLines() throws(SocketError) -> [Chunk] {
        var lines: [Chunk] = []
        while let line = try readLine() { lines.append(Chunk(line.array)) }
        return lines
    }

    /// False at the end of the stream.
    private func fill(_ size: Int) throws(SocketError) -> Bool { received(try socket.receive(size)) }
}

extension SocketFile {
    /// The file must be for reading, and a count, when there is one, not negative.
    func checkReading(_ count: Int?) throws(SocketError) {
        try check(.read)
        guard count ?? 0 >= 0 else {
            throw SocketError(.invalidArgument, .read, detail: "a count must not be negative, as \(count ?? 0) is")
        }
    }

    /// How much to receive next when `wanted` bytes are missing.
    func receiveSize(_ wanted: Int) -> Int { buffering == .none ? min(wanted, 8192) : buffering.capacity }

    /// How much to receive next; nil when there are `count` bytes.
    func missing(of count: Int?) -> Int? {
        input.count < count ?? .max ? receiveSize(count.map { $0 - input.count } ?? .max) : nil
    }

    /// Keeps what was received; false at the end of the stream.
    func received(_ chunk: Chunk?) -> Bool {
        guard let chunk else { return false }
        input.append(chunk)
        return true
    }

    /// The first `count` bytes, or as many as there are.
    func take(_ count: Int?) -> Chunk { input.take(min(count ?? .max, input.count)) }

    /// A line, or as much of one as the limit allows; nil when more must be received first.
    func bufferedLine(_ limit: Int?) -> Chunk? {
        let limit = limit ?? .max
        if let length = input.lineLength() { return input.take(min(length, limit)) }
        return input.count >= limit ? input.take(limit) : nil
    }

    /// What is left at the end of the stream.
    func lastLine() -> Chunk? { input.count == 0 ? nil : input.take(input.count) }
}

// MARK: Writing

extension SocketFile {
    /// Writes bytes; they go out when the buffer is full, the line is complete, or at ``flush()``.
    ///
    /// - Throws: ``SocketError`` as ``Socket/sendAll(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    public func write(_ bytes: some ByteSource) throws(SocketError) {
        if let due = try accept(bytes) { try send(due) }
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
        if let due = takeOutput() { try send(due) }
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

    private func send(_ due: [UInt8]) throws(SocketError) {
        try unsafe due.withBytes { run throws(SocketError) in try unsafe socket.sendRuns(run, [], nil) }
        reuse(due)
    }
}

extension SocketFile {
    /// Takes bytes to be written; returns those that must go out now.
    func accept(_ bytes: some ByteSource) throws(SocketError) -> [UInt8]? {
        try check(.write)
        var hasNewline = false
        unsafe bytes.withBytes { run in
            unsafe output.append(contentsOf: run)
            hasNewline = unsafe buffering == .line && run.contains(UInt8(ascii: "\n"))
        }
        if hasNewline { return takeLines() }
        return output.count >= buffering.capacity || buffering == .none ? takeOutput() : nil
    }

    /// All that waits to go out; nil for none.
    func takeOutput() -> [UInt8]? {
        guard !output.isEmpty else { return nil }
        var due: [UInt8] = []
        swap(&due, &output)
        return due
    }

    private func takeLines() -> [UInt8]? {
        guard let end = output.lastIndex(of: UInt8(ascii: "\n")) else { return nil }
        let rest = Array(output[(end + 1)...])
        output.removeSubrange((end + 1)...)
        defer { output = rest }
        return takeOutput()
    }

    /// What has gone out leaves its memory for what comes next.
    func reuse(_ sent: consuming [UInt8]) {
        guard output.isEmpty, output.capacity < sent.capacity else { return }
        output = sent
        output.removeAll(keepingCapacity: true)
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
