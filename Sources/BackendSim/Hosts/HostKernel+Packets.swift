internal import SocketModel

// What becomes of packets that arrive.
extension HostKernel {
    func receive(_ packet: Packet) {
        switch packet.content {
        case .tcp(let header): receive(packet, header)
        case .udp(let source, let destination): receiveDatagram(packet, source, destination)
        case .unreachable(let error, let original): unreachable(error, original, by: packet)
        }
    }

    // MARK: TCP

    private func receive(_ packet: Packet, _ header: TCPHeader) {
        let key = ConnectionKey(
            local: packet.destination, remote: packet.source, localPort: header.destinationPort,
            remotePort: header.sourcePort)
        if let socket = ports.connections[key], !socket.givesWay(to: header) { return socket.handle(packet, header) }
        if let listener = listener(packet.destination, header.destinationPort) {
            return listener.handleUnknown(packet, header)
        }
        refuse(packet, header)
    }

    /// The socket that listens there: one bound to the very address before one that is bound to any, and of several that share the port
    /// one by the connection's own numbers.
    private func listener(_ address: IPAddress, _ port: UInt16) -> TCPSocket? {
        guard let bound = ports.tcp[port] else { return nil }
        let listening = bound.filter { $0.isListening && $0.accepts(address) }
        let exact = listening.filter { $0.local == address }
        let fitting = exact.isEmpty ? listening : exact
        // As the kernel: IPv4's own sockets come before those of both families.
        let own = fitting.filter { $0.family == address.family }
        let candidates = own.isEmpty ? fitting : own
        guard candidates.count > 1 else { return candidates.first }
        return candidates[Int(random.below(UInt64(candidates.count)))]
    }

    /// Answers a segment that nobody takes with a reset, but for a reset.
    func refuse(_ packet: Packet, _ header: TCPHeader) {
        guard let answer = header.reset(payloadCount: packet.payload.count), let way = wayBack(packet) else { return }
        let reset = world.fabric.takePacket()
        reset.source = packet.destination
        reset.destination = packet.source
        reset.content = .tcp(answer)
        way.send(reset)
    }

    /// The way to whoever sent a packet.
    private func wayBack(_ packet: Packet) -> Path? {
        guard let host else { return nil }
        if packet.source.isLoopback { return host.path(to: host) }
        return world.fabric.owner(of: packet.source).map { host.path(to: $0) }
    }
    // MARK: UDP

    private func receiveDatagram(_ packet: Packet, _ source: UInt16, _ port: UInt16) {
        let sockets = ports.udp[port] ?? []
        if packet.destination.isMulticast || packet.destination.isBroadcastAddress {
            if packet.destination.isMulticast, !hears(packet) { return }
            for socket in sockets where socket.takesGroup(packet, source) {
                socket.deliver(packet, sourcePort: source, isShared: true)
            }
            return
        }
        func matches(_ socket: UDPSocket) -> Bool {
            socket.accepts(packet.destination) && socket.accepts(from: packet.source, source)
        }
        if sockets.count == 1, matches(sockets[0]) { return sockets[0].deliver(packet, sourcePort: source) }
        guard let best = best(sockets.filter(matches), packet) else { return refuseDatagram(packet) }
        best.deliver(packet, sourcePort: source)
    }

    /// The socket that says most exactly what it takes; of equals the one that was bound last, or if they share the port, one by chance.
    private func best(_ sockets: [UDPSocket], _ packet: Packet) -> UDPSocket? {
        guard sockets.count > 1 else { return sockets.first }
        func score(_ socket: UDPSocket) -> Int {
            (socket.local == packet.destination ? 16 : 0) + (socket.remote == nil ? 0 : 4)
                + (socket.remotePort == 0 ? 0 : 4) + (socket.family == packet.destination.family ? 1 : 0)
        }
        let highest = sockets.map(score).max()
        let candidates = sockets.filter { score($0) == highest }
        guard candidates.count > 1, candidates.allSatisfy(\.options.reusesPort) else { return candidates.last }
        return candidates[Int(random.below(UInt64(candidates.count)))]
    }

    private func refuseDatagram(_ packet: Packet) {
        guard let way = wayBack(packet) else { return }
        let answer = world.fabric.takePacket()
        answer.source = packet.destination
        answer.destination = packet.source
        guard let original = packet.original else { return }
        answer.content = .unreachable(.connectionRefused, original)
        way.send(answer)
    }

    private func unreachable(_ error: Errno, _ original: Packet.Original, by packet: Packet) {
        if original.isTCP {
            let key = ConnectionKey(
                local: packet.destination, remote: original.destinationAddress, localPort: original.source,
                remotePort: original.destination)
            ports.connections[key]?.unreachable(error)
        } else {
            for socket in ports.udp[original.source] ?? [] where socket.accepts(packet.destination) {
                socket.unreachable(error, to: original.destinationAddress, original.destination)
            }
        }
    }
}
