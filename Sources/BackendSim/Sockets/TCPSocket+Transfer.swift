internal import SocketModel

// Sending, receiving, shutting down.
extension TCPSocket {
    func sendBytes(_ bytes: UnsafeRawBufferPointer, _ flags: MessageFlags) throws(Errno) -> Int? {
        if flags.contains(.fastOpen) { throw .notSupported }
        if pendingError != nil { throw pendingError.take() ?? .brokenPipe }
        guard let state = connection?.machine.state else { throw .brokenPipe }
        switch state {
        case .synSent, .synReceived: return nil
        case .established, .closeWait: break
        default: throw .brokenPipe
        }
        if sendIsShut { throw .brokenPipe }
        // Urgent data is not simulated.
        if flags.contains(.outOfBand) { throw .notSupported }
        if bytes.count == 0 { return 0 }
        let now = kernel.world.now
        guard let count = unsafe connection?.machine.send(bytes, more: flags.contains(.more), now: now), count > 0
        else {
            return nil
        }
        flush()
        return count
    }

    func receiveBytes(into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags) throws(Errno) -> Int? {
        if flags.contains(.errorQueue) { throw .wouldBlock }
        if isListening { throw .socketNotConnected }
        if flags.contains(.outOfBand) { throw .invalidArgument }
        guard let available = connection?.machine.availableBytes else { return try receiveWithoutConnection() }
        if available > 0, !flags.contains(.peek) || options.peekOffset < available {
            return unsafe take(into: room, flags)
        }
        if connection?.machine.isReceiveEnded == true { return 0 }
        if pendingError != nil { throw pendingError.take() ?? .connectionReset }
        if receiveIsShut { return 0 }
        return nil
    }

    private func receiveWithoutConnection() throws(Errno) -> Int? {
        try throwPendingError()
        if receiveIsShut { return 0 }
        throw .socketNotConnected
    }

    private func take(into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags) -> Int {
        let peek = flags.contains(.peek)
        let offset = peek ? options.peekOffset : 0
        let count =
            flags.contains(.truncated)
            ? connection?.machine.discard(room.count, peek: peek, offset: offset) ?? 0
            : unsafe connection?.machine.receive(into: room, peek: peek, offset: offset) ?? 0
        options.movePeekOffset(by: peek ? count : -count)
        if !peek { flush() }
        return count
    }

    func shutDown(_ direction: ShutdownDirection) throws(Errno) {
        defer { changed([.readable, .writable, .hangUp]) }
        if isListening {
            if direction != .send { disconnect() }
            return
        }
        // As the kernel: there is no half of what is not yet.
        if connection?.machine.state == .synSent { return disconnect() }
        if phase == .connecting { phase = isClosed ? .disconnecting : .connected }
        if direction != .send { receiveIsShut = true }
        if direction != .receive { sendIsShut = true }
        if isClosed { throw .socketNotConnected }
        let before = connection?.machine.state
        if direction != .send { connection?.machine.shutdownReceiving() }
        if direction != .receive { connection?.machine.shutdownSending() }
        settle(before)
    }

    /// As the kernel's `tcp_poll`.
    var currentReadiness: PollEvents {
        if let queue { return queue.isEmpty ? [] : [.readable, .normalReadable] }
        var events: PollEvents = []
        if pendingError != nil { events.insert(.error) }
        let isReceiveEnded = receiveIsShut || connection?.machine.isReceiveEnded == true
        if isReceiveEnded && sendIsShut || isClosed { events.insert(.hangUp) }
        if isReceiveEnded { events.formUnion([.readable, .normalReadable, .readHangUp]) }
        if connection?.machine.state == .synSent { return events }
        if (connection?.machine.availableBytes ?? 0) > 0 { events.formUnion([.readable, .normalReadable]) }
        if sendIsShut || connection?.machine.isWritable != false { events.formUnion([.writable, .normalWritable]) }
        return events
    }
}
