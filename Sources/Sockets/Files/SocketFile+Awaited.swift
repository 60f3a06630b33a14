public import SocketModel

// MARK: Reading

extension SocketFile {
    /// Reads `count` bytes, or all up to the end of the stream when nil, while the task is suspended.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; what was read before is kept for the next
    ///   read.
    public func read(_ count: Int? = nil) async throws(SocketError) -> Chunk {
        try checkReading(count)
        while let size = missing(of: count), try await fill(size) {}
        return take(count)
    }

    /// Reads a line, with its newline, while the task is suspended.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as ``read(_:)``.
    public func readLine(limit: Int? = nil) async throws(SocketError) -> Chunk? {
        try checkReading(limit)
        while true {
            if let line = bufferedLine(limit) { return line }
            if try await !fill(receiveSize(1)) { return lastLine() }
        }
    }

    /// Reads all lines up to the end of the stream, each with its newline, while the task is suspended: the classic `readlines`.
    ///
    /// - Throws: ``SocketError`` as ``read(_:)``; the lines before an error are lost.
    public func readLines() async throws(SocketError) -> [Chunk] {
        var lines: [Chunk] = []
        while let line = try await readLine() { lines.append(Chunk(line.array)) }
        return lines
    }

    private func fill(_ size: Int) async throws(SocketError) -> Bool { received(try await socket.receive(size)) }
}

// MARK: Writing

extension SocketFile {
    /// Writes bytes; they go out, while the task is suspended, when the buffer is full, the line is complete, or at ``flush()``.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled`` when they were to go out.
    public func write(_ bytes: some ByteSource) async throws(SocketError) {
        if let due = try accept(bytes) { try await send(due) }
    }

    /// Writes each of several pieces, while the task is suspended: the classic `writelines`, which adds no newlines either.
    ///
    /// - Throws: ``SocketError`` as ``write(_:)``.
    public func write(lines: some Sequence<some ByteSource>) async throws(SocketError) {
        for line in lines { try await write(line) }
    }

    /// Sends what is waiting, while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``: what is not sent then is dropped too.
    public func flush() async throws(SocketError) {
        if let due = takeOutput() { try await send(due) }
    }

    /// Sends what is waiting and closes the file, while the task is suspended; a second call does nothing. The socket stays open.
    ///
    /// - Throws: ``SocketError`` as ``flush()``; the file is closed nevertheless.
    public func close() async throws(SocketError) {
        guard !isClosed else { return }
        do throws(SocketError) {
            try await flush()
        } catch {
            try await socket.close()
            throw error
        }
        try await socket.close()
    }

    private func send(_ due: [UInt8]) async throws(SocketError) {
        try await socket.sendAll(due)
        reuse(due)
    }
}
