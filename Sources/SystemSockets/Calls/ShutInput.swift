internal import CPOSIX
internal import SocketModel
internal import Synchronization

// Of a datagram socket whose half to receive is shut, Linux's `poll` says that it is readable, a blocking receive returns nothing, and one
// that does not wait says EAGAIN for ever; a UNIX listener refuses with EINVAL or says EAGAIN in the same way. TCP has no such doubts.
extension SystemCalls {
    /// What to do after a receive, or an accept, that failed right before.
    enum AfterInputError {
        /// Call again.
        case again
        /// Nothing comes any more.
        case ended
        case failed(Failure)
    }

    /// Decides it, after waiting if need be.
    func afterInputError(_ descriptor: Int32, _ tries: inout Tries, _ deadline: NetworkInstant) -> AfterInputError {
        if errno == EAGAIN, deadline != .distantPast, isShut(descriptor) { return .ended }
        return waitAfterError(descriptor, .readable, &tries, deadline).map { .failed($0) } ?? .again
    }

    /// Shuts one or both halves.
    func shutHalves(_ descriptor: Int32, _ direction: ShutdownDirection) -> Int32 {
        if direction != .send, !isTCP(descriptor) { shutsInput.store(true, ordering: .relaxed) }
        return shutdown(descriptor, direction.rawValue)
    }

    /// Whether a receive that has found nothing will find nothing ever.
    package func isShut(_ descriptor: Int32) -> Bool {
        guard shutsInput.load(ordering: .relaxed) else { return false }
        let hangUp = PollEvents.readHangUp
        var entry = pollfd(fd: descriptor, events: hangUp.rawValue, revents: 0)
        return unsafe cposix_poll(&entry, 1, 0) > 0 && PollEvents(rawValue: entry.revents).contains(hangUp)
    }

    /// What an operation comes to that was tried in vain, and always will be: for nothing comes any more, or no port is left to send from;
    /// nil where waiting is worth it.
    func end(of operation: borrowing Operation, _ memory: OperationMemory) -> Completion? {
        if operation.action.mayNeedPort, lacksPort(operation.socket.rawValue) { return .failure(.noPortLeft) }
        guard operation.action.isInput, isShut(operation.socket.rawValue) else { return nil }
        switch operation.action {
        case .accept: return .failure(.system(EINVAL))
        case .receiveMessage: return Completion(.message(MessageInfo(count: 0)))
        case .receiveBatch: return Completion(.messages([MessageInfo(count: 0)]))
        default:
            if case .lent = unsafe memory { return Completion(.lent(Chunk())) }
            return Completion(.count(0))
        }
    }
}

extension Operation.Action {
    /// Whether it gives a socket a local port that has none.
    fileprivate var mayNeedPort: Bool {
        switch self {
        case .sendMessage, .sendBatch: true
        default: false
        }
    }

    /// Whether it takes input, and may wait for it.
    fileprivate var isInput: Bool {
        switch self {
        case .accept: true
        case .receive(let flags), .receiveMessage(_, let flags), .receiveBatch(_, let flags):
            flags.isDisjoint(with: [.doNotWait, .errorQueue])
        default: false
        }
    }
}
