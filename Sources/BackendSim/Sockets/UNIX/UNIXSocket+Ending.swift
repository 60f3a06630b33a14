internal import SocketModel

// Shutting down, closing, and what poll(2) says.
extension UNIXSocket {
    func shutDown(_ direction: ShutdownDirection) {
        shut(sending: direction != .receive, receiving: direction != .send)
        guard type != .datagram, let peer else { return }
        peer.shut(sending: direction != .send, receiving: direction != .receive)
    }

    private func shut(sending: Bool, receiving: Bool) {
        if sending { sendIsShut = true }
        if receiving { receiveIsShut = true }
        wakeWaiting()
        changed([.readable, .writable, .hangUp])
    }

    func end() {
        guard !isDead else { return }
        isDead = true
        state = .unconnected
        leaveName()
        // As the kernel: an empty packet in front does not count.
        let hasUnread = queue.count > (queue.first?.rest.isEmpty == true ? 1 : 0)
        if let other = peer.take() {
            other.waiting.removeAll { $0 === self }
            if type != .datagram { other.lose(isReset: hasUnread || isEmbryo) }
        }
        wakeWaiting()
        urgent = nil
        discardMessages()
        while let connection = connections.removeFirst() { connection.end() }
    }

    /// The peer has closed.
    private func lose(isReset: Bool) {
        if isReset { pendingError = .connectionReset }
        shut(sending: true, receiving: true)
    }

    /// The host has crashed: nobody is told.
    func disappear() {
        isDead = true
        (peer, urgent) = (nil, nil)
        waiting = []
        file?.socket = nil
        let messages = queue
        queue.removeAll()
        for message in messages {
            for socket in message.rights.take() { socket.vanish() }
        }
        while let connection = connections.removeFirst() { connection.disappear() }
    }

    // MARK: Readiness

    /// As the kernel: a quarter of the send buffer may be taken.
    var isWritable: Bool { state != .listening && (charged + 1) * 4 <= options.sendBuffer }

    /// As the kernel's `unix_poll` and `unix_dgram_poll`.
    var currentReadiness: PollEvents {
        var events: PollEvents = []
        if pendingError != nil { events.insert(.error) }
        if urgent != nil { events.insert(.priority) }
        if receiveIsShut { events.formUnion([.readable, .normalReadable, .readHangUp]) }
        if receiveIsShut, sendIsShut { events.insert(.hangUp) }
        if !queue.isEmpty || !connections.isEmpty { events.formUnion([.readable, .normalReadable]) }
        if type != .datagram, state == .unconnected { events.insert(.hangUp) }
        if isWritable, !isHeldUp { events.formUnion([.writable, .normalWritable, .bandWritable]) }
        return events
    }

    /// Whether its peer has no room, which it is told of when there is some.
    private var isHeldUp: Bool {
        guard type != .stream, let peer, !peer.isDead, peer.isFull(for: self) else { return false }
        wait(for: peer)
        return true
    }
}
