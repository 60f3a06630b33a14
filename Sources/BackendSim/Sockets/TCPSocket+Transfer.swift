internal import SocketModel

// Sending, receiving, shutting down.
extension TCPSocket {
    func sendBytes(_ bytes: UnsafeRawBufferPointer, _ flags: MessageFlags) throws(Errno) -> Int? {
        if flags.contains(.fastOpen) { throw .notSupported }
        if pendingError != nil { throw pendingError.take() ?? .brokenPipe }
        switch connection.state {
        case .synSent, .synReceived: return nil
        case .established, .closeWait: break
        default: throw .brokenPipe
        }
        if sendIsShut { throw .brokenPipe }
        // Urgent data is not simulated.
        if flags.contains(.outOfBand) { throw .notSupported }
        if bytes.count == 0 { return 0 }
        let now = kernel.world.now
        let count = unsafe connection.send(bytes, more: flags.contains(.more), now: now)
        guard count > 0 else { return nil }
        flush()
        return count
    }

    func receiveBytes(into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags) throws(Errno) -> Int? {
        if flags.contains(.errorQueue) { throw .wouldBlock }
        if isListening { throw .socketNotConnected }
        if flags.contains(.outOfBand) { throw .invalidArgument }
        guard hasConnection else { return try receiveWithoutConnection() }
        let available = connection.availableBytes
        if available > 0, !flags.contains(.peek) || options.peekOffset < available {
            return unsafe take(into: room, flags)
        }
        if connection.isReceiveEnded { return 0 }
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
            ? connection.discard(room.count, peek: peek, offset: offset)
            : unsafe connection.receive(into: room, peek: peek, offset: offset)
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
        if connection.state == .synSent { return disconnect() }
        if phase == .connecting { phase = isClosed ? .disconnecting : .connected }
        if direction != .send { receiveIsShut = true }
        if direction != .receive { sendIsShut = true }
        if isClosed { throw .socketNotConnected }
        let before = connection.state
        if direction != .send { connection.shutdownReceiving() }
        if direction != .receive { connection.shutdownSending() }
        settle(before)
    }

    /// As the kernel's `tcp_poll`.
    var currentReadiness: PollEvents {
        if let queue { return queue.isEmpty ? [] : [.readable, .normalReadable] }
        var events: PollEvents = []
        if pendingError != nil { events.insert(.error) }
        let isReceiveEnded = receiveIsShut || connection.isReceiveEnded
        if isReceiveEnded && sendIsShut || isClosed { events.insert(.hangUp) }
        if isReceiveEnded { events.formUnion([.readable, .normalReadable, .readHangUp]) }
        if connection.state == .synSent { return events }
        if connection.availableBytes > 0 { events.formUnion([.readable, .normalReadable]) }
        if sendIsShut || !hasConnection || connection.isWritable { events.formUnion([.writable, .normalWritable]) }
        return events
    }
}
