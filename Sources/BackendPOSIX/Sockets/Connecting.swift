internal import CPOSIX
internal import SocketModel

extension POSIXBackend {
    func accept(_ descriptor: Int32, _ deadline: NetworkInstant) -> Completion {
        while true {
            let (connection, peer) = unsafe Addressing.withRoom { unsafe cposix_accept(descriptor, $0, &$1) }
            if connection >= 0 { return Completion(.accepted(SocketHandle(rawValue: connection), peer)) }
            if let failure = waitAfterError(descriptor, .readable, deadline) { return .failure(failure) }
        }
    }

    func connect(_ descriptor: Int32, _ address: SocketAddress, _ deadline: NetworkInstant) -> Completion {
        do throws(Failure) {
            try unsafe Addressing.withEncoded(address) { (bytes, length) -> Result<Void, Failure> in
                Result { () throws(Failure) in
                    try unsafe connect(descriptor, bytes, length, deadline, isUNIX: address.family == .unix)
                }
            }.get()
            return Completion(.done)
        } catch {
            return .failure(error)
        }
    }

    private func connect(
        _ descriptor: Int32, _ bytes: UnsafePointer<sockaddr>, _ length: socklen_t, _ deadline: NetworkInstant,
        isUNIX: Bool
    ) throws(Failure) {
        var pause = Self.shortestPause
        while unsafe systemConnect(descriptor, bytes, length) < 0 {
            let mayWait = deadline != .distantPast
            switch errno {
            case EINTR where !isUNIX, EINPROGRESS where mayWait, EALREADY where mayWait:
                return try finishConnect(descriptor, deadline)
            case EINTR: continue
            case EAGAIN where isUNIX && mayWait:
                try waitForPeer(descriptor, &pause, deadline)
            default: throw .lastErrno
            }
        }
    }

    /// An interrupted or begun connect goes on by itself; writability and the pending error tell its end.
    private func finishConnect(_ descriptor: Int32, _ deadline: NetworkInstant) throws(Failure) {
        guard deadline != .distantPast else { throw .system(EINPROGRESS) }
        try wait(descriptor, .writable, deadline)
        var pending: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &pending, &length) == 0 else { throw .lastErrno }
        if pending != 0 { throw .system(pending) }
    }
}

private func systemConnect(_ descriptor: Int32, _ bytes: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
    unsafe connect(descriptor, bytes, length)
}
