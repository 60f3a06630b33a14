internal import CPOSIX
internal import SocketModel

extension POSIXBackend {
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
        while true {
            if count >= 0 {
                sent += count
                if sent >= bytes.count || deadline != .distantFuture { return Completion(.count(sent)) }
            } else if let failure = waitAfterError(descriptor, .writable, deadline) {
                return sent > 0 ? Completion(.count(sent)) : .failure(failure)
            }
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[sent...])
            count = unsafe systemSend(descriptor, rest.baseAddress, rest.count, flags.rawValue | Self.sendFlags)
        }
    }

    /// What every send adds: it is tried without waiting, and a lost peer is an error, never a signal.
    static var sendFlags: Int32 { MessageFlags([.noSignal, .doNotWait]).rawValue }

    /// The most bytes the kernel moves in one call (`MAX_RW_COUNT`); it refuses a longer count whose end is no file offset.
    private static var longestTransfer: Int { 0x7fff_f000 }

    func sendFile(
        _ descriptor: Int32, file: Int32, offset: Int64, count: Int, _ deadline: NetworkInstant
    ) -> Completion {
        guard count >= 0, offset >= 0 else {
            return .failure(Failure(.invalidArgument, detail: "offset and count of a file must not be negative"))
        }
        keepNonBlocking(descriptor)
        var position = offset
        var sent = 0
        while sent < count {
            let moved = unsafe cposix_sendfile(
                descriptor, file, &position, UInt(min(count - sent, Self.longestTransfer)))
            if moved == 0 { break }
            if moved > 0 {
                sent += moved
                if deadline != .distantFuture { break }
            } else if let failure = waitAfterError(descriptor, .writable, deadline) {
                return sent > 0 ? Completion(.count(sent)) : .failure(failure)
            }
        }
        return Completion(.count(sent))
    }
}

@inline(__always)
private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    unsafe send(descriptor, bytes, count, flags)
}
