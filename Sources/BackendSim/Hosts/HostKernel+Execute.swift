internal import SocketModel

// Carrying out operations while the caller waits.
extension HostKernel {
    func execute(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion {
        if let failure = countCall() { return .failure(failure) }
        switch operation.action {
        case .send(let flags) where operation.deadline == .distantFuture && !flags.contains(.doNotWait):
            return unsafe sendAll(operation, memory)
        case .sendMessage(_, _, let flags) where operation.deadline == .distantFuture && !flags.contains(.doNotWait):
            return unsafe sendAll(operation, memory)
        case .sendBatch(let headers, let flags)
        where operation.deadline == .distantFuture && !flags.contains(.doNotWait):
            return unsafe sendAll(headers, operation, memory, flags)
        case .receive(let flags) where flags.contains(.waitForAll): return unsafe receiveAll(operation, memory, flags)
        case .receiveMessage(_, let flags) where flags.contains(.waitForAll):
            return unsafe receiveWholeMessage(operation, memory, flags)
        case .close(let lingering):
            if lingering { linger(operation.socket.rawValue) }
            return unsafe carryOut(operation, memory)
        default: return unsafe carryOut(operation, memory)
        }
    }

    /// Tries until it is done, and waits in between as long as it may.
    private func carryOut(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion {
        let deadline = operation.action.forbidsWaiting ? .distantPast : moment(of: operation.deadline)
        let connectRefusal = descriptors[operation.socket.rawValue]?.socket.connectRefusal
        while true {
            if isCrashed { return .failure(failLate()) }
            if descriptors[operation.socket.rawValue]?.isCancelled == true, operation.action.canBeCancelled {
                return .failure(Failure(.cancelled))
            }
            if deadline == .distantPast, let toAccept = operation.action.isAccept,
                descriptors[operation.socket.rawValue]?.socket.isEndedForThoseWhoWait(toAccept: toAccept) == true
            {
                return .failure(Failure(errno: .wouldBlock))
            }
            if let completion = unsafe attempt(operation, memory) { return completion }
            if deadline == .distantPast { return operation.action.refusal(connectRefusal) }
            do throws(Failure) {
                guard try wait(operation, until: deadline) else { return operation.action.expiry }
            } catch {
                return .failure(error)
            }
        }
    }

    /// Waits until one of the operation's sockets changes, or it is cancelled; false when its time has passed.
    private func wait(_ operation: borrowing Operation, until deadline: NetworkInstant) throws(Failure) -> Bool {
        let entries = waitedFor(operation)
        defer {
            for entry in entries {
                entry.parked.removeAll(where: \.isOver)
                entry.socket.parked.removeAll(where: \.isOver)
            }
        }
        return try Parking.wait(in: world, until: deadline, operation.name, on: self) { parking in
            for entry in entries {
                entry.parked.append(parking)
                entry.socket.parked.append(parking)
            }
        }
    }

    private func waitedFor(_ operation: borrowing Operation) -> [DescriptorTable.Entry] {
        if case .poll(let entries) = operation.action { return entries.compactMap { descriptors[$0.socket.rawValue] } }
        return descriptors[operation.socket.rawValue].map { [$0] } ?? []
    }

    /// Sends until a stream has taken all; what goes beside the bytes goes with the first of them.
    private func sendAll(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion {
        guard descriptors[operation.socket.rawValue]?.socket.isStream == true else {
            return unsafe carryOut(operation, memory)
        }
        switch unsafe memory {
        case .one(let run): return unsafe sendAll(operation, run)
        case .several(let runs):
            var bytes: [UInt8] = []
            for index in runs.indices { unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(runs[index])) }
            return unsafe bytes.withUnsafeMutableBytes { unsafe sendAll(operation, $0) }
        default: return unsafe carryOut(operation, memory)
        }
    }

    private func sendAll(_ operation: borrowing Operation, _ bytes: UnsafeMutableRawBufferPointer) -> Completion {
        var rest = unsafe bytes
        var operation = Operation(operation.action, on: operation.socket, deadline: operation.deadline)
        var sent = 0
        while true {
            let completion = unsafe carryOut(operation, .one(rest))
            guard case .count(let count) = completion.outcome else {
                return sent > 0 ? Completion(.count(sent)) : completion
            }
            sent += count
            if count >= rest.count { return Completion(.count(sent)) }
            unsafe rest = UnsafeMutableRawBufferPointer(rebasing: rest[count...])
            if case .sendMessage(let address, _, let flags) = operation.action {
                operation.action = .sendMessage(to: address, control: [], flags)
            }
        }
    }

    /// Sends until all messages of a batch are taken, as far as one call moves them.
    private func sendAll(
        _ headers: [Operation.MessageHeader], _ operation: borrowing Operation, _ memory: OperationMemory,
        _ flags: MessageFlags
    ) -> Completion {
        let runs = unsafe memory.runs
        let count = min(headers.count, OperationBounds.batch)
        guard unsafe runs.count == headers.count, count > 1 else { return unsafe carryOut(operation, memory) }
        var sent = 0
        while sent < count {
            let rest = Operation(
                .sendBatch(Array(headers[sent..<count]), flags), on: operation.socket, deadline: operation.deadline)
            let left = unsafe Array(runs[sent..<count])
            let completion = unsafe left.withUnsafeBufferPointer { unsafe carryOut(rest, .several($0)) }
            guard case .count(let more) = completion.outcome else {
                return sent > 0 ? Completion(.count(sent)) : completion
            }
            sent += more
        }
        return Completion(.count(sent))
    }

    /// Receives until a stream has filled the memory, has ended or failed, or the time has passed.
    private func receiveAll(
        _ operation: borrowing Operation, _ memory: OperationMemory, _ flags: MessageFlags
    ) -> Completion {
        guard case .one(var rest) = unsafe memory, flags.isDisjoint(with: [.peek, .doNotWait]),
            operation.deadline != .distantPast, descriptors[operation.socket.rawValue]?.socket.isStream == true
        else { return unsafe carryOut(operation, memory) }
        var received = 0
        while true {
            let completion = unsafe carryOut(operation, .one(rest))
            guard case .count(let count) = completion.outcome else {
                return received > 0 ? Completion(.count(received)) : completion
            }
            received += count
            if count == 0 || count >= rest.count { return Completion(.count(received)) }
            unsafe rest = UnsafeMutableRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// As ``receiveAll(_:_:_:)``, of a message: what comes beside the bytes comes with the first of them.
    private func receiveWholeMessage(
        _ operation: borrowing Operation, _ memory: OperationMemory, _ flags: MessageFlags
    ) -> Completion {
        let first = unsafe carryOut(operation, memory)
        guard case .message(var info) = first.outcome, info.count > 0, !flags.contains(.peek),
            descriptors[operation.socket.rawValue]?.socket.isStream == true
        else { return first }
        let rest = Operation(.receive(flags), on: operation.socket, deadline: operation.deadline)
        let runs = unsafe memory.rest(after: info.count)
        for index in unsafe runs.indices {
            var run = unsafe runs[index]
            while run.count > 0 {
                guard case .count(let count) = unsafe carryOut(rest, .one(run)).outcome, count > 0 else {
                    return Completion(.message(info), flags: info.flags)
                }
                info.count += count
                unsafe run = UnsafeMutableRawBufferPointer(rebasing: run[count...])
            }
        }
        return Completion(.message(info), flags: info.flags)
    }

    /// Waits until the peer has all that was sent, as long as `SO_LINGER` says; never in a task.
    private func linger(_ number: Int32) {
        guard let entry = descriptors[number], entry.socket.references == 1,
            case .on(let seconds) = entry.socket.options.linger, seconds > 0, !isRunningJob
        else { return }
        let end = NetworkInstant(nanoseconds: world.now).advanced(by: .seconds(seconds))
        entry.socket.beginLingering()
        while entry.socket.lingers {
            let isInTime = try? Parking.wait(in: world, until: end, .close, on: self) { entry.socket.parked.append($0) }
            if isInTime != true { return }
        }
    }
}

extension OperationMemory {
    /// Its runs without their first bytes.
    fileprivate func rest(after count: Int) -> [UnsafeMutableRawBufferPointer] {
        var left = count
        return unsafe runs.map { run in
            let skipped = min(left, run.count)
            left -= skipped
            return unsafe UnsafeMutableRawBufferPointer(rebasing: run[skipped...])
        }
    }
}

extension Operation.Action {
    /// Whether its flags forbid to wait.
    fileprivate var forbidsWaiting: Bool {
        switch self {
        case .send(let flags), .sendMessage(_, _, let flags), .sendBatch(_, let flags): flags.contains(.doNotWait)
        case .receive(let flags), .receiveMessage(_, let flags), .receiveBatch(_, let flags):
            !flags.isDisjoint(with: [.doNotWait, .outOfBand, .errorQueue])
        default: false
        }
    }

    /// Whether it takes a connection, not bytes; nil if it takes nothing.
    fileprivate var isAccept: Bool? {
        switch self {
        case .accept: true
        case .receive, .receiveMessage, .receiveBatch: false
        default: nil
        }
    }

    /// Whether a cancel of its socket ends it.
    fileprivate var canBeCancelled: Bool {
        switch self {
        case .accept, .connect, .send, .sendMessage, .sendBatch, .sendFile, .receive, .receiveMessage, .receiveBatch:
            true
        default: false
        }
    }

    /// What it comes to when it may not wait and would have to.
    fileprivate func refusal(_ connectRefusal: Errno?) -> Completion {
        switch self {
        case .connect: .failure(Failure(errno: connectRefusal ?? .nowInProgress))
        case .poll: expiry
        default: .failure(Failure(errno: .wouldBlock))
        }
    }

    /// What it comes to when its time has passed.
    fileprivate var expiry: Completion {
        if case .poll(let entries) = self {
            return Completion(.readiness(Array(repeating: [], count: entries.count)))
        }
        return .failure(Failure(.timedOut))
    }
}
