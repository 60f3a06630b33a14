internal import SocketModel

// Sending, receiving, shutting down.
extension TCPSocket {
    func sendBytes(_ bytes: UnsafeRawBufferPointer, _ flags: MessageFlags) throws(Errno) -> Int? {
        // Urgent data is not simulated.
        if flags.contains(.outOfBand) || flags.contains(.fastOpen) { throw .notSupported }
        if pendingError != nil { throw pendingError.take() ?? .brokenPipe }
        guard let state = connection?.machine.state else { throw .brokenPipe }
        switch state {
        case .synSent, .synReceived: return nil
        case .established, .closeWait: break
        default: throw .brokenPipe
        }
        if connection?.machine.isSendShutDown == true { throw .brokenPipe }
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
        if isListening { throw .socketNotConnected }
        if flags.contains(.outOfBand) { throw .invalidArgument }
        if flags.contains(.errorQueue) { throw .wouldBlock }
        guard let available = connection?.machine.availableBytes else { return try receiveWithoutConnection() }
        if available > 0, !flags.contains(.peek) || options.peekOffset < available {
            return unsafe take(into: room, flags)
        }
        if connection?.machine.isReceiveEnded == true { return 0 }
        if pendingError != nil { throw pendingError.take() ?? .connectionReset }
        if receiveIsShut || connection?.machine.state == .closed { return 0 }
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
            unsafe connection?.machine.receive(into: room, peek: peek, offset: offset, now: kernel.world.now) ?? 0
        options.movePeekOffset(by: peek ? count : -count)
        if !peek { flush() }
        return count
    }

    func shutDown(_ direction: ShutdownDirection) throws(Errno) {
        switch phase {
        case .unconnected:
            if direction != .send { receiveIsShut = true }
            changed([.readable, .writable, .hangUp])
            throw .socketNotConnected
        case .listening:
            if direction != .send { stopListening() }
        case .connecting:
            // As the kernel: there is no half of what is not yet.
            connection?.machine.abort()
            settle(nil)
        case .connected:
            guard connection?.machine.state != .closed else { throw .socketNotConnected }
            let before = connection?.machine.state
            if direction != .send { receiveIsShut = true }
            if direction != .receive { connection?.machine.shutdownSending(now: kernel.world.now) }
            settle(before)
            changed([.readable, .writable, .hangUp])
        }
    }

    private func stopListening() {
        phase = .unconnected
        if let queue = queue.take() { queue.end() }
        changed([.readable, .writable, .hangUp])
    }

    /// As the kernel's `tcp_poll`.
    var currentReadiness: PollEvents {
        if let queue { return queue.isEmpty ? [] : [.readable, .normalReadable] }
        var events: PollEvents = []
        if pendingError != nil { events.insert(.error) }
        guard let state = connection?.machine.state else { return events.union([.writable, .normalWritable, .hangUp]) }
        let isSendEnded = connection?.machine.isSendShutDown == true || state == .closed
        let isReceiveEnded = connection?.machine.isReceiveEnded == true || receiveIsShut || state == .closed
        if isReceiveEnded && isSendEnded { events.insert(.hangUp) }
        if isReceiveEnded { events.formUnion([.readable, .normalReadable, .readHangUp]) }
        if state == .synSent { return events }
        if (connection?.machine.availableBytes ?? 0) > 0 { events.formUnion([.readable, .normalReadable]) }
        if isSendEnded || connection?.machine.isWritable == true { events.formUnion([.writable, .normalWritable]) }
        return events
    }
}
