internal import CPOSIX
internal import SocketModel

extension POSIXBackend {
    func receive(
        _ descriptor: Int32, _ memory: OperationMemory, _ flags: MessageFlags, _ deadline: NetworkInstant
    ) -> Completion {
        guard case .one(let bytes) = unsafe memory else { return .failure(.system(EFAULT)) }
        let deadline = Self.patience(flags, deadline)
        let kernelFlags = flags.rawValue | MessageFlags.doNotWait.rawValue
        if flags.contains(.waitForAll), !flags.contains(.peek), deadline != .distantPast {
            return unsafe receiveAll(descriptor, bytes, kernelFlags, deadline)
        }
        while true {
            let count = unsafe recv(descriptor, bytes.baseAddress, bytes.count, kernelFlags)
            if count >= 0 { return Completion(.count(count)) }
            if let failure = waitAfterError(descriptor, .readable, deadline) { return .failure(failure) }
        }
    }

    /// Calls that never wait in the kernel, even on a blocking socket: a peer's urgent byte and the error queue answer at once.
    static func patience(_ flags: MessageFlags, _ deadline: NetworkInstant) -> NetworkInstant {
        flags.isDisjoint(with: [.doNotWait, .outOfBand, .errorQueue]) ? deadline : .distantPast
    }

    /// `MSG_WAITALL`: until the memory is full, the stream ends, or an error, which then waits for the next call. A datagram is whole
    /// as it is.
    private func receiveAll(
        _ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, _ flags: Int32, _ deadline: NetworkInstant
    ) -> Completion {
        let isStream = isStream(descriptor)
        var received = 0
        while true {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[received...])
            let count = unsafe recv(descriptor, rest.baseAddress, rest.count, flags)
            if count >= 0 {
                received += count
                if count == 0 || received >= bytes.count || !isStream { return Completion(.count(received)) }
            } else if let failure = waitAfterError(descriptor, .readable, deadline) {
                return received > 0 ? Completion(.count(received)) : .failure(failure)
            }
        }
    }

    func isStream(_ descriptor: Int32) -> Bool {
        var type: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &length) == 0
            && type == SocketType.stream.rawValue
    }
}
