internal import CPOSIX
internal import SocketModel

extension SystemCalls {
    /// Gives a TCP connection up: what has not been acknowledged is dropped, and the peer told. `connect(2)` to `AF_UNSPEC`.
    package func reset(_ descriptor: Int32) {
        var nobody = sockaddr()
        _ = unsafe CPOSIX.connect(descriptor, &nobody, socklen_t(MemoryLayout<sockaddr>.size))
    }

    func accept(_ descriptor: Int32, _ deadline: NetworkInstant) -> Completion {
        keepNonBlocking(descriptor)
        var tries = Tries()
        while true {
            let (connection, peer) = unsafe Addressing.withRoom { unsafe cposix_accept(descriptor, $0, &$1) }
            if connection >= 0 { return Completion(.accepted(SocketHandle(rawValue: connection), peer)) }
            switch afterInputError(descriptor, &tries, deadline) {
            case .again: continue
            case .ended: return .failure(.system(EINVAL))
            case .failed(let failure): return .failure(failure)
            }
        }
    }

    func connect(_ descriptor: Int32, _ address: SocketAddress, _ deadline: NetworkInstant) -> Completion {
        keepNonBlocking(descriptor)
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
        let mayWait = deadline != .distantPast
        var tries = Tries()
        var hasWaited = false
        while unsafe systemConnect(descriptor, bytes, length) < 0 {
            switch errno {
            case EINTR: continue
            // Connecting again tells how it ended. The pending error alone would too, but then the kernel would not take note that the
            // socket is connected, and a later connect would succeed instead of failing with EISCONN.
            case EINPROGRESS where mayWait, EALREADY where mayWait:
                try wait(descriptor, .writable, deadline)
                hasWaited = true
            case EISCONN where hasWaited: return
            case EAGAIN where isUNIX && mayWait: try pause(descriptor, &tries, deadline)
            default: throw .lastErrno
            }
        }
    }
}

private func systemConnect(_ descriptor: Int32, _ bytes: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
    unsafe connect(descriptor, bytes, length)
}
