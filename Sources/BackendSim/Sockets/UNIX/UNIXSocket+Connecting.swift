internal import SocketModel

// How conversations begin: pairs, listeners, connections, and the peers of datagram sockets.
extension UNIXSocket {
    /// Connects two new sockets.
    func pair(with other: UNIXSocket) {
        connect(to: other)
        other.connect(to: self)
    }

    private func connect(to other: UNIXSocket) {
        peer = other
        state = .connected
        peerCredentials = kernel.credentials
    }

    func beginListening(_ backlog: Int32) throws(Errno) {
        if type == .datagram { throw .notSupportedOnSocket }
        if name == nil || state == .connected { throw .invalidArgument }
        self.backlog = ListenQueue.held(backlog)
        state = .listening
        peerCredentials = kernel.credentials
        wakeWaiting()
    }

    func acceptNext() throws(Errno) -> (SimulatedSocket, SocketAddress)? {
        if type == .datagram { throw .notSupportedOnSocket }
        guard state == .listening else { throw .invalidArgument }
        guard let connection = connections.removeFirst() else {
            if receiveIsShut { throw .invalidArgument }
            return nil
        }
        connection.isEmbryo = false
        wakeWaiting()
        return (connection, try connection.addressOfPeer())
    }

    func connectToListener(_ address: SocketAddress) throws(Errno) -> Bool {
        try Self.check(address)
        try takeNameForCredentials()
        let listener = try find(address)
        guard listener.state == .listening, !listener.receiveIsShut else { throw .connectionRefused }
        if listener.connections.count > listener.backlog {
            wait(for: listener)
            return false
        }
        guard state == .unconnected else { throw state == .connected ? .socketIsConnected : .invalidArgument }
        connect(through: listener)
        return true
    }

    private func connect(through listener: UNIXSocket) {
        let other = UNIXSocket(kernel, type)
        other.isEmbryo = true
        other.name = listener.name
        other.options.inheritPassing(from: listener.options)
        pair(with: other)
        listener.connections.append(other)
        kernel.world.hash.fold(UInt64(kernel.number) << 32 | UInt64(listener.connections.count))
        listener.changed(.readable)
    }

    // MARK: Datagrams

    func associate(with address: SocketAddress) throws(Errno) -> Bool {
        if address.isUnspecified {
            setPeer(nil)
            return true
        }
        try Self.check(address)
        try takeNameForCredentials()
        let other = try find(address)
        guard other.listens(to: self) else { throw .notPermitted }
        setPeer(other)
        return true
    }

    /// Whether it takes what that socket sends: one that is connected has one peer.
    func listens(to other: UNIXSocket) -> Bool { peer == nil || peer === other }

    func setPeer(_ new: UNIXSocket?) {
        let old = peer
        peer = new
        guard let old, old !== new else { return }
        old.waiting.removeAll { $0 === self }
        changed(.writable)
        forgetMessages(of: old)
    }

    /// What an earlier peer has sent is lost, and if it is connected still, it is told.
    private func forgetMessages(of old: UNIXSocket) {
        guard !queue.isEmpty else { return }
        discardMessages()
        wakeWaiting()
        guard !old.isDead, old.peer === self else { return }
        old.pendingError = .connectionReset
        old.changed(.error)
    }

    func discardMessages() {
        let messages = queue
        queue.removeAll()
        for message in messages { message.discard() }
    }

    // MARK: Who waits for room

    /// Has this socket told when there is room at another.
    func wait(for other: UNIXSocket) {
        if !other.waiting.contains(where: { $0 === self }) { other.waiting.append(self) }
    }

    /// There is room: those who found none try again, first come, first served.
    func wakeWaiting() {
        guard !waiting.isEmpty else { return }
        let woken = waiting
        waiting = []
        for socket in woken where !socket.isDead { socket.changedSoon() }
    }
}
