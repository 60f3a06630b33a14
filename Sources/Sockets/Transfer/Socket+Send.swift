public import SocketModel

extension Socket {
    /// Sends bytes to the connected peer. The corresponding C function is `send`.
    ///
    /// - Returns: How many bytes the system took. Without a deadline, in ``Mode/blocking``, all of them unless an error comes between;
    ///   otherwise perhaps fewer: ``sendAll(_:flags:deadline:)`` sends the rest.
    /// - Throws: ``SocketError`` with ``SocketError/Code/notConnected``, ``SocketError/Code/brokenPipe``, ``SocketError/Code/connectionReset``,
    ///   ``SocketError/Code/messageTooLong``, ``SocketError/Code/wouldBlock``, ``SocketError/Code/timedOut``, ``SocketError/Code/closed``.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func send(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) -> Int {
        try unsafe bytes.withBytes { run throws(SocketError) in try unsafe sendRun(run, flags, deadline) }
    }

    /// Sends all bytes of a stream, however often the system takes only a part. The classic method is `sendall`.
    ///
    /// A deadline covers the whole. After an error it is unknown how much the peer has received.
    ///
    /// - Throws: ``SocketError`` as ``send(_:flags:deadline:)``; the text says how many bytes were taken.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func sendAll(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, flags: MessageFlags = [], deadline: Deadline? = nil
    ) throws(SocketError) {
        try unsafe bytes.withBytes { run throws(SocketError) in try unsafe sendRuns(run, flags, deadline) }
    }

    /// Sends a datagram to an address. The corresponding C function is `sendto`.
    ///
    /// - Returns: How many bytes were sent: of a datagram always all.
    /// - Throws: ``SocketError`` as ``send(_:flags:deadline:)``, with ``SocketError/Code/alreadyConnected`` on a connected UNIX stream (TCP ignores the address),
    ///   ``SocketError/Code/permissionDenied`` for a broadcast without the option `.socket.broadcast`.
    @available(*, noasync, message: "this parks the thread")
    @discardableResult
    public func send(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, to address: SocketAddress,
        flags: MessageFlags = [],
        deadline: Deadline? = nil
    ) throws(SocketError) -> Int {
        try unsafe bytes.withBytes { run throws(SocketError) in
            let memory = unsafe OperationMemory.one(UnsafeMutableRawBufferPointer(mutating: run))
            let action = Operation.Action.sendMessage(to: address, control: [], flags)
            return try unsafe count(execute(action, memory: memory, until: limit(deadline, .sending)), .sendMessage)
        }
    }

    /// Sends a datagram to a host and port; the rules for hosts are those of ``bind(to:port:)``.
    ///
    /// - Throws: ``SocketError`` as ``send(_:to:flags:deadline:)``, with ``SocketError/Code/invalidArgument`` for a port out of range, and
    ///   with ``SocketError/Code/resolutionFailed``.
    @available(*, noasync, message: "this parks the thread")
    @discardableResult
    public func send(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, to host: String, port: Int,
        flags: MessageFlags = [],
        deadline: Deadline? = nil
    ) throws(SocketError) -> Int {
        let address = try network.address(host, port, family: family, type: type, for: .sendMessage)
        return try send(bytes, to: address, flags: flags, deadline: deadline)
    }

    /// Sends a part of an open file without copying it through the program. The corresponding C function is `sendfile`.
    ///
    /// - Parameters:
    ///   - descriptor: The file's; not that of a directory, a pipe or another socket. Its own position stays.
    ///   - offset: Where in the file to begin, in bytes, not negative.
    ///   - count: How many bytes; nil for all up to the file's end.
    /// - Returns: How many bytes were sent: fewer than `count` only when the file ended.
    /// - Throws: ``SocketError`` as ``send(_:flags:deadline:)``, and with ``SocketError/Code/invalidArgument`` for such a descriptor; the
    ///   text says how many bytes were taken.
    @available(*, noasync, message: "this parks the thread")
    @discardableResult
    public func sendFile(
        _ descriptor: Int32, offset: Int = 0, count: Int? = nil, deadline: Deadline? = nil
    ) throws(SocketError) -> Int {
        let limit = limit(deadline, .sending)
        var sent = 0
        while let action = Self.fileAction(descriptor, offset, count, after: sent) {
            let moved: Int
            do throws(SocketError) {
                moved = try unsafe self.count(execute(action, until: limit), .sendFile)
            } catch {
                throw error.after("\(sent)", sent)
            }
            if moved == 0 { break }
            sent += moved
        }
        return sent
    }

    /// Sends what is left of a file's part; nil when all is sent. What makes no sense the backend refuses.
    static func fileAction(_ descriptor: Int32, _ offset: Int, _ count: Int?, after sent: Int) -> Operation.Action? {
        let total = count ?? .max
        // None at all is still for a socket that is open.
        guard sent < total || sent == 0 || total < 0 else { return nil }
        return .sendFile(
            descriptor: descriptor, offset: Int64(clamping: offset.addingReportingOverflow(sent).partialValue),
            count: total - sent)
    }

    @usableFromInline
    func sendRun(
        _ run: UnsafeRawBufferPointer, _ flags: MessageFlags, _ deadline: Deadline?
    ) throws(SocketError) -> Int {
        let memory = unsafe OperationMemory.one(UnsafeMutableRawBufferPointer(mutating: run))
        return try unsafe count(execute(.send(flags), memory: memory, until: limit(deadline, .sending)), .send)
    }

    @usableFromInline
    func sendRuns(_ run: UnsafeRawBufferPointer, _ flags: MessageFlags, _ deadline: Deadline?) throws(SocketError) {
        let limit = limit(deadline, .sending)
        var sent = 0
        repeat {
            let rest = unsafe UnsafeMutableRawBufferPointer(mutating: UnsafeRawBufferPointer(rebasing: run[sent...]))
            do throws(SocketError) {
                sent += try unsafe count(execute(.send(flags), memory: .one(rest), until: limit), .send)
            } catch {
                throw error.after("\(sent) of \(run.count)", sent)
            }
        } while sent < run.count
    }

    @inline(__always)
    func count(_ completion: Completion, _ operation: OperationName) throws(SocketError) -> Int {
        guard case .count(let count) = completion.outcome else { throw .unexpected(operation) }
        return count
    }
}

extension SocketError {
    /// This error, saying how much was done before it, if anything was.
    func after(_ amount: String, _ sent: Int) -> SocketError {
        var error = self
        if sent > 0 { error.detail = Self.partPrefix + "\(amount) bytes" }
        return error
    }

    private static var partPrefix: String { "after " }

    /// Whether some of the bytes had gone before it.
    @usableFromInline var isAfterPart: Bool { detail?.hasPrefix(Self.partPrefix) ?? false }
}
