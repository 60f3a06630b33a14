internal import CPOSIX
internal import SocketModel
internal import Synchronization

extension SystemCalls {
    /// The first try stands where ``execute(_:memory:)`` is compiled: after a system call each return costs more than usual.
    @inline(__always)
    func receive(
        _ descriptor: Int32, _ memory: OperationMemory, _ flags: MessageFlags, _ deadline: NetworkInstant
    ) -> Completion {
        guard case .one(let bytes) = unsafe memory else {
            return unsafe receiveLent(descriptor, memory, flags, deadline)
        }
        if !flags.isDisjoint(with: [.waitForAll, .outOfBand]) {
            return unsafe receivePatiently(descriptor, bytes, flags, deadline)
        }
        let count = unsafe recv(
            descriptor, bytes.baseAddress, bytes.count, flags.rawValue | MessageFlags.doNotWait.rawValue)
        if count >= 0 { return Completion(.count(count)) }
        return unsafe receiveAfterError(descriptor, bytes, flags, deadline)
    }

    /// Into the stack first: how much memory the bytes need is known only when they are there.
    @inline(never)
    private func receiveLent(
        _ descriptor: Int32, _ memory: OperationMemory, _ flags: MessageFlags, _ deadline: NetworkInstant
    ) -> Completion {
        unsafe withBorrowedRoom(memory) { room in
            let completion = unsafe receive(descriptor, .one(room), flags, deadline)
            guard case .count(let count) = completion.outcome else { return completion }
            return unsafe Completion(.lent(Chunk(Array(room.prefix(count)))))
        }
    }

    /// Room on the stack for what the memory says shall be lent; other memory is none to receive into.
    func withBorrowedRoom(
        _ memory: OperationMemory, _ body: (UnsafeMutableRawBufferPointer) -> Completion
    ) -> Completion {
        guard case .lent(let maximum) = unsafe memory else { return .failure(.system(EFAULT)) }
        let size = min(max(maximum, 0), BufferLender.longest)
        return unsafe withUnsafeTemporaryAllocation(byteCount: size, alignment: 16, body)
    }

    @inline(never)
    private func receiveAfterError(
        _ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ deadline: NetworkInstant
    ) -> Completion {
        let deadline = Self.patience(flags, deadline)
        var tries = Tries()
        while true {
            switch afterInputError(descriptor, &tries, deadline) {
            case .again: break
            case .ended: return Completion(.count(0))
            case .failed(let failure): return .failure(failure)
            }
            let count = unsafe recv(
                descriptor, bytes.baseAddress, bytes.count, flags.rawValue | MessageFlags.doNotWait.rawValue)
            if count >= 0 { return Completion(.count(count)) }
        }
    }

    /// Calls that never wait in the kernel, even on a blocking socket: a peer's urgent byte and the error queue answer at once.
    static func patience(_ flags: MessageFlags, _ deadline: NetworkInstant) -> NetworkInstant {
        flags.isDisjoint(with: [.doNotWait, .outOfBand, .errorQueue]) ? deadline : .distantPast
    }

    /// `MSG_WAITALL`: until the memory is full, the stream ends, or an error, which then waits for the next call. What is peeked at,
    /// a datagram, and what must not wait is whole as it is; so is an urgent byte.
    @inline(never)
    private func receivePatiently(
        _ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ deadline: NetworkInstant
    ) -> Completion {
        if flags.contains(.outOfBand) { takesUrgentBytes.store(true, ordering: .relaxed) }
        let deadline = Self.patience(flags, deadline)
        let isStream = !flags.contains(.peek) && deadline != .distantPast && isStream(descriptor)
        let flags = flags.rawValue | MessageFlags.doNotWait.rawValue
        var received = 0
        var tries = Tries()
        while true {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[received...])
            let count = unsafe recv(descriptor, rest.baseAddress, rest.count, flags)
            if count >= 0 {
                received += count
                tries = Tries()
                if count == 0 || received >= bytes.count || !isStream { return Completion(.count(received)) }
                continue
            }
            switch afterInputError(descriptor, &tries, deadline) {
            case .again: continue
            case .failed(let failure) where received == 0: return .failure(failure)
            case .ended, .failed: return Completion(.count(received))
            }
        }
    }

    package func isStream(_ descriptor: Int32) -> Bool {
        integerOption(descriptor, SO_TYPE) == SocketType.stream.rawValue
    }

    package func isTCP(_ descriptor: Int32) -> Bool {
        integerOption(descriptor, SO_PROTOCOL) == IPProtocol.tcp.rawValue
    }
}
