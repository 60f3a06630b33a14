internal import SocketModel
internal import SystemSockets

// Moving bytes between callers' memory and sockets.
extension HostKernel {
    func receive(
        _ socket: SimulatedSocket, _ memory: OperationMemory, _ flags: MessageFlags
    ) throws(Errno) -> Completion? {
        switch unsafe memory {
        case .one(let room):
            guard let count = try unsafe receive(socket, into: room, flags, nil) else { return nil }
            return Completion(.count(flags.contains(.truncated) ? count : min(count, room.count)))
        case .lent(let maximum):
            guard let chunk = try lend(socket, maximum, flags, nil) else { return nil }
            return Completion(.lent(chunk.bytes))
        default: throw .badAddress
        }
    }

    /// Receives into memory of the world's lender.
    @inline(__always)
    func lend(
        _ socket: SimulatedSocket, _ maximum: Int, _ flags: MessageFlags, _ details: ReceiveDetails?
    ) throws(Errno) -> (bytes: Chunk, count: Int)? {
        let maximum = min(max(maximum, 0), BufferLender.longest)
        let room = unsafe socket.isStream ? world.lender.room(maximum) : world.lender.room(maximum, atLeast: maximum)
        guard let count = try unsafe receive(socket, into: room, flags, details) else { return nil }
        return (world.lender.chunk(min(count, room.count)), count)
    }

    func receiveMessage(
        _ socket: SimulatedSocket, _ memory: OperationMemory, _ capacity: Int, _ flags: MessageFlags
    ) throws(Errno) -> Completion? {
        let details = ReceiveDetails(controlCapacity: capacity)
        if case .lent(let maximum) = unsafe memory {
            guard let (bytes, count) = try lend(socket, maximum, flags, details) else { return nil }
            var info = details.info(count, room: bytes.count, flags)
            info.lent = bytes
            return Completion(.message(info), flags: info.flags)
        }
        guard let (count, room) = try unsafe scatter(socket, memory, flags, details) else { return nil }
        let info = details.info(count, room: room, flags)
        return Completion(.message(info), flags: info.flags)
    }

    /// Receives into one run, or into several, one after the other.
    private func scatter(
        _ socket: SimulatedSocket, _ memory: OperationMemory, _ flags: MessageFlags, _ details: ReceiveDetails
    ) throws(Errno) -> (count: Int, room: Int)? {
        switch unsafe memory {
        case .one(let run): return try unsafe receive(socket, into: run, flags, details).map { ($0, run.count) }
        case .several(let runs) where runs.count == 1:
            return try unsafe receive(socket, into: runs[0], flags, details).map { unsafe ($0, runs[0].count) }
        default: break
        }
        let total = unsafe memory.byteCount
        var bytes = [UInt8](repeating: 0, count: total)
        let received = try unsafe bytes.withMutableRun { room throws(Errno) in
            try unsafe receive(socket, into: room, flags, details)
        }
        guard let count = received else { return nil }
        if case .several(let runs) = unsafe memory {
            var rest = bytes[..<min(count, total)]
            for index in runs.indices where !rest.isEmpty {
                let run = unsafe runs[index]
                let part = rest.prefix(run.count)
                unsafe run.copyBytes(from: part)
                rest = rest.dropFirst(part.count)
            }
        }
        return (count, total)
    }

    func receiveBatch(
        _ socket: SimulatedSocket, _ memory: OperationMemory, _ capacity: Int, _ flags: MessageFlags
    ) throws(Errno) -> Completion? {
        let runs = unsafe memory.runs
        if unsafe runs.isEmpty { throw .badAddress }
        var messages: [MessageInfo] = []
        for index in unsafe runs.indices.prefix(OperationBounds.batch) {
            let run = unsafe runs[index]
            let details = ReceiveDetails(controlCapacity: capacity)
            do throws(Errno) {
                guard let count = try unsafe receive(socket, into: run, flags, details) else { break }
                messages.append(details.info(count, room: run.count, flags))
            } catch {
                // As the kernel: what was received counts, and the error is kept for the next call.
                if messages.isEmpty { throw error }
                socket.pendingError = error
                break
            }
        }
        return messages.isEmpty ? nil : Completion(.messages(messages))
    }

    func sendBatch(
        _ socket: SimulatedSocket, _ memory: OperationMemory, _ headers: [Operation.MessageHeader],
        _ flags: MessageFlags
    ) throws(Errno) -> Completion? {
        let runs = unsafe memory.runs
        guard unsafe runs.count == headers.count else { throw .invalidArgument }
        var sent = 0
        while sent < min(headers.count, OperationBounds.batch) {
            let header = SendHeader(address: headers[sent].address, control: headers[sent].control)
            do throws(Errno) {
                guard try unsafe send(socket, UnsafeRawBufferPointer(runs[sent]), header, flags) != nil else { break }
            } catch {
                if sent == 0 { throw error }
                break
            }
            sent += 1
        }
        return sent == 0 && !headers.isEmpty ? nil : Completion(.count(sent))
    }

    func sendFile(_ socket: SimulatedSocket, file: Int32, offset: Int64, count: Int) throws(Errno) -> Completion? {
        if count == 0 { return Completion(.count(0)) }
        guard let source = world.options.fileSource else { throw .badFileDescriptor }
        guard offset >= 0, count >= 0 else { throw .invalidArgument }
        let bytes = try source.read(file, offset, min(count, 1 << 16))
        if bytes.isEmpty { return Completion(.count(0)) }
        var sending = bytes
        let sent = try unsafe sending.withMutableRun { run throws(Errno) in
            try unsafe send(socket, UnsafeRawBufferPointer(run), nil, [])
        }
        return sent.map { Completion(.count($0)) }
    }
}

extension HostKernel {
    /// Sends one run, or several as one message.
    func send(
        _ socket: SimulatedSocket, gathered memory: OperationMemory, _ header: SendHeader?, _ flags: MessageFlags
    ) throws(Errno) -> Completion? {
        let count: Int?
        switch unsafe memory {
        case .one(let run): count = try unsafe send(socket, UnsafeRawBufferPointer(run), header, flags)
        case .several(let runs):
            var bytes: [UInt8] = []
            bytes.reserveCapacity(unsafe memory.byteCount)
            for index in runs.indices { unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(runs[index])) }
            count = try unsafe bytes.withMutableRun { run throws(Errno) in
                try unsafe send(socket, UnsafeRawBufferPointer(run), header, flags)
            }
        case .none: count = try unsafe send(socket, UnsafeRawBufferPointer(start: nil, count: 0), header, flags)
        case .lent: throw .badAddress
        }
        return count.map { Completion(.count($0)) }
    }
}

extension OperationMemory {
    /// Its runs of bytes.
    var runs: [UnsafeMutableRawBufferPointer] {
        switch unsafe self {
        case .one(let run): unsafe [run]
        case .several(let runs): unsafe Array(runs)
        case .none, .lent: unsafe []
        }
    }
}

extension ReceiveDetails {
    /// What is known of a message of `count` bytes that were received into `room` bytes.
    func info(_ count: Int, room: Int, _ asked: MessageFlags) -> MessageInfo {
        if count > room { flags.insert(.truncated) }
        let told = asked.contains(.truncated) ? count : min(count, room)
        return MessageInfo(count: told, sender: sender, control: control, flags: flags)
    }
}
