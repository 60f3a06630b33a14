// Sockets that travel with messages. Each is a reference to the socket, as a descriptor is, so that it stays open.
extension HostKernel {
    func launch(_ sockets: [SimulatedSocket]) {
        for socket in sockets {
            socket.references += 1
            socket.flights += 1
            unix.inFlight.append(socket)
        }
    }

    /// They have arrived, or never will.
    func land(_ sockets: [SimulatedSocket]) {
        for socket in sockets {
            guard let index = unix.inFlight.firstIndex(where: { $0 === socket }) else { continue }
            unix.inFlight.remove(at: index)
            socket.flights -= 1
            socket.release()
        }
    }

    /// Closes sockets that only messages refer to which nobody can receive any more, because they are queued at one of those very sockets:
    /// what the kernel calls garbage.
    func collectUnreachable() {
        if unix.isCollecting { return }
        unix.isCollecting = true
        defer { unix.isCollecting = false }
        var reached: Set<ObjectIdentifier> = []
        var next = descriptors.all.map(\.entry.socket)
        while let socket = next.popLast() {
            if reached.insert(ObjectIdentifier(socket)).inserted { next += socket.carried }
        }
        // Those of other kinds go with the messages they travel with.
        for case let socket as UNIXSocket in unix.inFlight where !reached.contains(ObjectIdentifier(socket)) {
            socket.close()
        }
    }
}

extension UNIXSocket {
    /// The sockets that travel to it, or to connections that nobody has accepted.
    var rightsInQueue: [SimulatedSocket] {
        queue.flatMap(\.rights) + connections.flatMap(\.rightsInQueue)
    }
}
