internal import CPOSIX
internal import SocketModel
internal import Synchronization
internal import SystemSockets

// Carrying out operations with system calls that never wait.
extension POSIXRegistration {
    /// Nil if it would have to wait.
    func carryOut(_ operation: borrowing Operation, _ memory: OperationMemory, isOwn: Bool) -> Completion? {
        switch operation.action {
        case .receive(let flags): return unsafe receive(memory, flags, isOwn: isOwn)
        case .send(let flags): return unsafe send(memory, flags)
        default: break
        }
        if isOwn, case .lent(let maximum) = unsafe memory {
            return calls.attempt(operation, lending: maximum, by: &reactor.lender)
        }
        return unsafe calls.attempt(operation, memory: memory)
    }

    /// On the executor's thread, into memory it lends.
    @inline(__always)
    func receivePlainly(_ maximum: Int, _ flags: MessageFlags = []) -> PlainAttempt<Chunk> {
        let room = unsafe lend(maximum)
        guard let count = unsafe receive(into: room, flags, true) else { return .waiting }
        // A message's whole length may be told, of which only so much is there.
        return count < 0 ? .failed(.lastErrno) : .done(reactor.lender.chunk(min(count, room.count)))
    }

    func send(_ memory: OperationMemory, _ flags: MessageFlags) -> Completion? {
        guard case .one(let bytes) = unsafe memory else { return .failure(.system(EFAULT)) }
        return unsafe PlainAttempt(sending: UnsafeRawBufferPointer(bytes), on: descriptor, flags).completion {
            .count($0)
        }
    }

    func receive(_ memory: OperationMemory, _ flags: MessageFlags, isOwn: Bool) -> Completion? {
        switch unsafe memory {
        case .one(let bytes):
            return unsafe receive(into: bytes, flags, isOwn).map { $0 < 0 ? .lastErrno : Completion(.count($0)) }
        case .lent(let maximum) where isOwn: return receivePlainly(maximum, flags).completion { .lent($0) }
        // Other threads have no memory to lend, and keep a copy.
        case .lent:
            let attempt = Operation(.receive(flags), on: SocketHandle(rawValue: descriptor))
            return unsafe calls.attempt(attempt, memory: memory)
        default: return .failure(.system(EFAULT))
        }
    }

    /// A stream makes do with less room, a message does not.
    private func lend(_ maximum: Int) -> UnsafeMutableRawBufferPointer {
        let maximum = min(max(maximum, 0), BufferLender.longest)
        return unsafe own.trustsShortReceives
            ? reactor.lender.room(maximum) : reactor.lender.room(maximum, atLeast: maximum)
    }

    /// The count; -1 after an error, which `errno` tells; nil if it would have to wait.
    @inline(__always)
    private func receive(
        into bytes: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ isOwn: Bool
    ) -> Int? {
        while true {
            let count = unsafe recv(
                descriptor, bytes.baseAddress, bytes.count, flags.rawValue | MessageFlags.doNotWait.rawValue)
            if count >= 0 {
                if isOwn {
                    own.isDrained =
                        own.trustsShortReceives && count > 0 && count < bytes.count && flags.isEmpty
                        && !calls.takesUrgentBytes.load(ordering: .relaxed)
                }
                return count
            }
            if errno == EAGAIN {
                if !flags.contains(.doNotWait), calls.isShut(descriptor) { return 0 }
                if isOwn, flags.isEmpty { own.isDrained = isWatched(for: .readable) }
                return nil
            }
            if errno != EINTR { return -1 }
        }
    }

    @inline(__always)
    func isWatched(for events: Poller.Events) -> Bool {
        Poller.Events(rawValue: interest.load(ordering: .relaxed)).contains(events)
    }
}

// MARK: Datagrams

extension POSIXRegistration {
    func attemptReceiveFrom(on socket: SocketHandle, lending maximum: Int) -> PlainAttempt<ReceivedDatagram> {
        guard thread.isCurrent else {
            let operation = Operation(.receiveMessage(controlCapacity: 0, []), on: socket)
            return unsafe PlainAttempt(receive: attempt(operation, memory: .lent(maximum: maximum)))
        }
        guard thread.takeTurn(), !own.hasReaders else { return .waiting }
        return reactor.lender.receiveDatagram(maximum, on: descriptor)
    }

    func attemptSend(
        _ bytes: UnsafeRawBufferPointer, to address: SocketAddress, on socket: SocketHandle
    ) -> PlainAttempt<Int> {
        let isOwn = thread.isCurrent
        guard isOwn ? thread.takeTurn() : ExecutorThread.takeTurnElsewhere() else { return .waiting }
        if isOwn, own.hasWriters { return .waiting }
        return unsafe PlainAttempt(sending: bytes, to: address, on: descriptor)
    }
}
