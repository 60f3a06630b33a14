public import CPOSIX
public import SocketModel

extension SystemCalls {
    /// A send with no deadline ends, as the kernel's blocking one does, when all bytes of a stream are taken; one with a deadline
    /// ends with what was taken at the first chance.
    ///
    /// The first try stands where ``execute(_:memory:)`` is compiled: after a system call each return costs more than usual.
    @inline(__always)
    func send(
        _ descriptor: Int32, _ memory: OperationMemory, _ flags: MessageFlags, _ deadline: NetworkInstant
    ) -> Completion {
        guard case .one(let bytes) = unsafe memory else { return .failure(.system(EFAULT)) }
        let count = unsafe systemSend(descriptor, bytes.baseAddress, bytes.count, flags.rawValue | Self.sendFlags)
        if count == bytes.count { return Completion(.count(count)) }
        return unsafe sendRest(descriptor, bytes, flags, deadline, afterFirst: count)
    }

    /// Goes on after a first try that took a part, or failed with -1.
    @inline(never)
    private func sendRest(
        _ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ deadline: NetworkInstant,
        afterFirst first: Int
    ) -> Completion {
        let deadline = flags.contains(.doNotWait) ? .distantPast : deadline
        var sent = 0
        var count = first
        var tries = Tries()
        while true {
            if count >= 0 {
                sent += count
                tries = Tries()
                if sent >= bytes.count || deadline != .distantFuture { return Completion(.count(sent)) }
            } else if let failure = waitAfterError(descriptor, .writable, &tries, deadline) {
                return sent > 0 ? Completion(.count(sent)) : .failure(failure)
            }
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[sent...])
            count = unsafe systemSend(descriptor, rest.baseAddress, rest.count, flags.rawValue | Self.sendFlags)
        }
    }

    /// What every send adds: it is tried without waiting, and a lost peer is an error, never a signal.
    package static var sendFlags: Int32 { MessageFlags([.noSignal, .doNotWait]).rawValue }

    /// The most bytes the kernel moves in one call (`MAX_RW_COUNT`); it refuses a longer count whose end is no file offset.
    private static var longestTransfer: Int { 0x7fff_f000 }

    func sendFile(
        _ descriptor: Int32, file: Int32, offset: Int64, count: Int, _ deadline: NetworkInstant
    ) -> Completion {
        guard count >= 0, offset >= 0 else {
            return .failure(Failure(.invalidArgument, detail: "offset and count of a file must not be negative"))
        }
        if mode == .blocking { return copyFile(descriptor, file: file, offset: offset, count: count, deadline) }
        keepNonBlocking(descriptor)
        var position = offset
        var sent = 0
        var tries = Tries()
        while sent < count {
            let moved = unsafe cposix_sendfile(
                descriptor, file, &position, UInt(min(count - sent, Self.longestTransfer)))
            if moved == 0 { break }
            if moved > 0 {
                sent += moved
                tries = Tries()
                if deadline != .distantFuture { break }
            } else if sent == 0, [EINVAL, ESPIPE].contains(cposix_errno()) {
                // A file that the kernel does not map, as those of /proc, or none at all.
                return copyFile(descriptor, file: file, offset: offset, count: count, deadline)
            } else if let failure = waitAfterError(descriptor, .writable, &tries, deadline) {
                return sent > 0 ? Completion(.count(sent)) : .failure(failure)
            }
        }
        return Completion(.count(sent))
    }
}

// MARK: Without an operation

extension PlainAttempt<Int> {
    /// What came of `send(2)` that does not wait, and never raises `SIGPIPE`.
    @inlinable @inline(__always)
    public init(sending bytes: UnsafeRawBufferPointer, on descriptor: Int32, _ flags: MessageFlags = []) {
        let flags = flags.union([.noSignal, .doNotWait]).rawValue
        while true {
            let count = unsafe CPOSIX.send(descriptor, bytes.baseAddress, bytes.count, flags)
            if count >= 0 {
                self = .done(count)
                return
            }
            let number = cposix_errno()
            if number == EINTR { continue }
            self = number == EAGAIN ? .waiting : .failed(Failure(errno: Errno(rawValue: number)))
            return
        }
    }
}

// MARK: Files to descriptors on which the kernel would wait

extension SystemCalls {
    /// How much of a file is read at once.
    private static var filePart: Int { 128 << 10 }

    /// sendfile(2) has no flag that keeps it from waiting: the bytes take the way through memory.
    private func copyFile(
        _ descriptor: Int32, file: Int32, offset: Int64, count: Int, _ deadline: NetworkInstant
    ) -> Completion {
        unsafe withUnsafeTemporaryAllocation(byteCount: min(count, Self.filePart), alignment: 16) { part in
            var sent = 0
            while sent < count {
                let length = min(part.count, count - sent)
                let read = unsafe pread(file, part.baseAddress, length, off_t(offset) + off_t(sent))
                if read < 0, errno == EINTR { continue }
                if read < 0 { return sent > 0 ? Completion(.count(sent)) : .failure(.unreadable) }
                if read == 0 { break }
                let bytes = unsafe UnsafeMutableRawBufferPointer(rebasing: part[..<read])
                switch unsafe send(descriptor, .one(bytes), [], deadline).outcome {
                case .count(let moved):
                    sent += moved
                    if deadline != .distantFuture { return Completion(.count(sent)) }
                    if moved < read { return Completion(.count(sent)) }
                case .failure(let failure): return sent > 0 ? Completion(.count(sent)) : .failure(failure)
                default: return .failure(Failure(.other))
                }
            }
            return Completion(.count(sent))
        }
    }
}

extension Failure {
    /// What `pread(2)` says of what is no file.
    fileprivate static var unreadable: Failure {
        var failure = lastErrno
        if [EISDIR, ESPIPE].contains(cposix_errno()) { failure.code = .invalidArgument }
        return failure
    }
}

@inline(__always)
private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    unsafe send(descriptor, bytes, count, flags)
}
