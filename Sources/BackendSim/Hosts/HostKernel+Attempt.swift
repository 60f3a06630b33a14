internal import SocketModel

// Carrying out operations: tried at once, nothing waits here.
extension HostKernel {
    /// Carries an operation out; nil if it would have to wait.
    func attempt(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion? {
        switch operation.action {
        case .open, .openPair, .adopt: return make(operation.action)
        case .poll(let entries): return poll(entries)
        case .receiveMessage, .receiveBatch, .getOption:
            do throws(Failure) { try checkBounds(operation.action) } catch { return .failure(error) }
        default: break
        }
        guard let entry = descriptors[operation.socket.rawValue] else {
            return .failure(Failure(errno: .badFileDescriptor))
        }
        let socket = entry.socket
        do throws(Errno) {
            switch operation.action {
            case .receive(let flags): return try unsafe receive(socket, memory, flags)
            case .send(let flags): return try unsafe send(socket, gathered: memory, nil, flags)
            case .sendMessage(let address, let control, let flags):
                return try unsafe send(
                    socket, gathered: memory, SendHeader(address: address, control: control), flags)
            case .sendBatch(let headers, let flags): return try unsafe sendBatch(socket, memory, headers, flags)
            case .sendFile(let file, let offset, let count):
                return try sendFile(socket, file: file, offset: offset, count: count)
            case .receiveMessage(let capacity, let flags):
                return try unsafe receiveMessage(socket, memory, capacity, flags)
            case .receiveBatch(let capacity, let flags): return try unsafe receiveBatch(socket, memory, capacity, flags)
            case .accept: return try accept(socket)
            case .connect(let address): return try socket.connect(to: address) ? Completion(.done) : nil
            default: return try configure(operation.socket.rawValue, entry, operation.action)
            }
        } catch {
            return .failure(Failure(errno: error))
        }
    }

    private func checkBounds(_ action: Operation.Action) throws(Failure) {
        switch action {
        case .receiveMessage(let capacity, _), .receiveBatch(let capacity, _):
            try OperationBounds.checkControl(capacity)
        case .getOption(_, _, let length): try OperationBounds.checkOption(length: length)
        default: break
        }
    }

    private func accept(_ socket: SimulatedSocket) throws(Errno) -> Completion? {
        // As the kernel: the number is found before the connection is taken.
        guard descriptors.count + 3 < descriptors.limit else { throw .tooManyOpenFiles }
        guard let (connection, peer) = try socket.accept() else { return nil }
        guard let number = descriptors.insert(connection) else { throw .tooManyOpenFiles }
        return Completion(.accepted(SocketHandle(rawValue: number), peer))
    }

    private func configure(
        _ number: Int32, _ entry: DescriptorTable.Entry, _ action: Operation.Action
    ) throws(Errno) -> Completion {
        let socket = entry.socket
        switch action {
        case .detach:
            // The number stays open: who adopts it again finds the same socket.
            entry.isCancelled = false
            return Completion(.count(Int(number)))
        case .duplicate:
            guard let copy = descriptors.insert(socket) else { throw .tooManyOpenFiles }
            return Completion(.opened(SocketHandle(rawValue: copy)))
        case .close:
            _ = descriptors.remove(number)
            socket.release()
        case .descriptor: return Completion(.count(Int(number)))
        case .bind(let address): try socket.bind(try scoped(address))
        case .listen(let backlog): try socket.listen(backlog: backlog)
        case .localAddress: return Completion(.address(socket.localAddress))
        case .peerAddress: return Completion(.address(try socket.peerAddress()))
        case .shutdown(let direction): try socket.shutdown(direction)
        case .getOption(let level, let name, let length):
            return Completion(.option(try socket.getOption(level, name, length: length)))
        case .setOption(let level, let name, let bytes): try socket.setOption(level, name, bytes)
        default: throw .notSupported
        }
        return Completion(.done)
    }

    /// The address with its zone as a number.
    func scoped(_ address: SocketAddress) throws(Errno) -> SocketAddress {
        guard case .name(let name) = address.zone else { return address }
        guard let interface = HostAddresses.interfaces.first(where: { $0.name == name.description }) else {
            throw .operationNotSupportedByDevice
        }
        return address.with(zone: .index(interface.index))
    }

    /// What each of several sockets is ready for; nil if none is for anything that was asked.
    func poll(_ entries: [Operation.PollEntry]) -> Completion? {
        let always: PollEvents = [.error, .hangUp, .invalid]
        let ready = entries.map { entry in
            guard let found = descriptors[entry.socket.rawValue], !found.isCancelled else { return PollEvents.invalid }
            return found.socket.readiness.intersection(entry.events.union(always))
        }
        return ready.allSatisfy(\.isEmpty) ? nil : Completion(.readiness(ready))
    }
}

extension SimulatedSocket {
    /// One descriptor or message in flight less refers to it.
    final func release() {
        references -= 1
        if references == 0 { close() } else if references == flights, !carried.isEmpty { kernel.collectUnreachable() }
    }
}
