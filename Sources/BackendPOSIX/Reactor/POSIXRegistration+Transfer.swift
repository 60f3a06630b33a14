internal import CPOSIX
internal import SocketModel
internal import Synchronization

// Carrying out operations with system calls that never wait.
extension POSIXRegistration {
    /// Nil if it would have to wait.
    func carryOut(_ operation: borrowing Operation, _ memory: OperationMemory, isOwn: Bool) -> Completion? {
        switch operation.action {
        case .receive(let flags): return unsafe receive(memory, flags, isOwn: isOwn)
        case .send(let flags): return unsafe send(memory, flags)
        default: break
        }
        let attempt = Operation(operation.action, on: operation.socket, deadline: .distantPast)
        if isOwn, case .lent(let maximum) = unsafe memory { return receiveMessage(attempt, lending: maximum) }
        return Self.unlessWaiting(unsafe backend.execute(attempt, memory: memory))
    }

    private static func unlessWaiting(_ completion: Completion) -> Completion? {
        switch completion.outcome {
        case .failure(let failure) where failure.code == .wouldBlock || failure.code == .inProgress: nil
        case .readiness(let events) where events.allSatisfy(\.isEmpty): nil
        default: completion
        }
    }

    /// On the reactor's thread, into memory it lends.
    @inline(__always)
    func receivePlainly(_ maximum: Int, _ flags: MessageFlags = []) -> PlainAttempt<Chunk> {
        let room = unsafe lend(maximum)
        guard let count = unsafe receive(into: room, flags, true) else { return .waiting }
        // A message's whole length may be told, of which only so much is there.
        return count < 0 ? .failed(.lastErrno) : .done(reactor.lender.chunk(min(count, room.count)))
    }

    @inline(__always)
    func sendPlainly(_ bytes: UnsafeRawBufferPointer, _ flags: MessageFlags = []) -> PlainAttempt<Int> {
        while true {
            let count = unsafe CPOSIX.send(
                descriptor, bytes.baseAddress, bytes.count, flags.rawValue | POSIXBackend.sendFlags)
            if count >= 0 { return .done(count) }
            if errno == EAGAIN { return .waiting }
            if errno != EINTR { return .failed(.lastErrno) }
        }
    }

    func send(_ memory: OperationMemory, _ flags: MessageFlags) -> Completion? {
        guard case .one(let bytes) = unsafe memory else { return .failure(.system(EFAULT)) }
        return unsafe sendPlainly(UnsafeRawBufferPointer(bytes), flags).completion { .count($0) }
    }

    func receive(_ memory: OperationMemory, _ flags: MessageFlags, isOwn: Bool) -> Completion? {
        switch unsafe memory {
        case .one(let bytes):
            return unsafe receive(into: bytes, flags, isOwn).map { $0 < 0 ? .lastErrno : Completion(.count($0)) }
        case .lent(let maximum) where isOwn: return receivePlainly(maximum, flags).completion { .lent($0) }
        case .lent: return unsafe copy(memory, flags)
        default: return .failure(.system(EFAULT))
        }
    }

    /// A stream makes do with less room, a message does not.
    private func lend(_ maximum: Int) -> UnsafeMutableRawBufferPointer {
        let maximum = min(max(maximum, 0), BufferLender.longest)
        return unsafe own.value.trustsShortReceives
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
                    own.value.isDrained =
                        own.value.trustsShortReceives && count > 0 && count < bytes.count && flags.isEmpty
                        && !backend.takesUrgentBytes.load(ordering: .relaxed)
                }
                return count
            }
            if errno == EAGAIN {
                if isOwn, flags.isEmpty { own.value.isDrained = isWatchedForReading }
                return nil
            }
            if errno != EINTR { return -1 }
        }
    }

    var isWatchedForReading: Bool {
        Poller.Events(rawValue: interest.load(ordering: .relaxed)).contains(.readable)
    }

    /// Other threads have no memory to lend, and keep a copy.
    private func copy(_ memory: OperationMemory, _ flags: MessageFlags) -> Completion? {
        let attempt = Operation(.receive(flags), on: SocketHandle(rawValue: descriptor), deadline: .distantPast)
        return Self.unlessWaiting(unsafe backend.execute(attempt, memory: memory))
    }

    /// On the reactor's thread, into memory it lends.
    private func receiveMessage(_ attempt: Operation, lending maximum: Int) -> Completion? {
        let maximum = min(max(maximum, 0), BufferLender.longest)
        let room = unsafe reactor.lender.room(maximum, atLeast: maximum)
        let completion = unsafe backend.execute(attempt, memory: .one(room))
        return Self.unlessWaiting(completion.lending { reactor.lender.chunk(min($0, maximum)) })
    }
}
