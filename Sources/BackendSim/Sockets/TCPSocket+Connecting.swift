internal import SocketModel

// Names, and how connections begin.
extension TCPSocket {
    func findPort(_ port: UInt16) throws(Errno) { register(try freePort(port, isFree)) }

    private func register(_ port: UInt16) {
        localPort = port
        (holdsPort, hasPortOfConnection) = (true, false)
        kernel.ports.tcp[port, default: []].append(self)
    }

    /// Whether no other socket keeps this one from its address and that port.
    private func isFree(_ port: UInt16) -> Bool {
        if let accepted = kernel.ports.accepted[port], !accepted.letIn(self) { return false }
        guard let others = kernel.ports.tcp[port] else { return true }
        return !others.contains { other in
            guard other !== self, overlaps(other) else { return false }
            if options.reusesAddress, other.options.reusesAddress, !other.isListening { return false }
            return !(options.reusesPort && other.options.reusesPort)
        }
    }

    func beginListening(_ backlog: Int32) throws(Errno) {
        switch phase {
        case .listening: queue?.backlog = ListenQueue.held(backlog)
        case .unconnected:
            if !holdsPort { try findPort(0) } else if !isFree(localPort) { throw .addressInUse }
            phase = .listening
            queue = ListenQueue(backlog: backlog)
        case .connecting, .connected, .disconnecting: throw .invalidArgument
        }
    }

    func acceptNext() throws(Errno) -> (SimulatedSocket, SocketAddress)? {
        guard let queue else { throw .invalidArgument }
        guard let socket = queue.removeFirst() else { return nil }
        return (socket, socket.shown(socket.remote ?? socket.local, socket.remotePort))
    }

    // MARK: Connecting

    func beginOrGoOn(connecting address: SocketAddress) throws(Errno) -> Bool {
        if address.isUnspecified {
            disconnect()
            return true
        }
        switch phase {
        case .connected, .listening: throw .socketIsConnected
        case .disconnecting: throw .invalidArgument
        case .connecting: return try goOnConnecting()
        case .unconnected:
            try beginConnecting(address)
            return try goOnConnecting()
        }
    }

    private func goOnConnecting() throws(Errno) -> Bool {
        switch connection.state {
        case .synSent, .synReceived: return false
        case .closed, .timeWait:
            let error = pendingError.take() ?? .connectionAbort
            disconnect()
            throw error
        // As the kernel: who has said goodbye to itself before it was connected does so at once, and the connection is over.
        case _ where sendIsShut && key?.isOfOneEnd == true: return false
        default:
            phase = .connected
            return true
        }
    }

    private func beginConnecting(_ address: SocketAddress) throws(Errno) {
        // An IPv4 address is shorter than IPv6's structure.
        if case .ipv4 = address, family == .ipv6 { throw .invalidArgument }
        let (target, port) = try destination(address)
        try checkFamily(of: target)
        if target.isMulticast || target.isBroadcastAddress { throw .networkUnreachable }
        let way = try path(to: target)
        let source = source ?? kernel.addresses.source(to: target)
        let key = try takeEnds(source, target, port)
        local = source
        remote = target
        remotePort = port
        pendingError = nil
        path = way
        self.key = key
        kernel.ports.connections[key] = self
        phase = .connecting
        beginConnection(TCPConnection(connecting: parameters(way), now: kernel.world.now))
        if way == nil { kernel.world.schedule(LostConnection(self), after: LostConnection.delay) }
        flush()
    }

    /// Both ends of a connection that there is not yet.
    private func takeEnds(_ source: IPAddress, _ target: IPAddress, _ port: UInt16) throws(Errno) -> ConnectionKey {
        if holdsPort {
            let key = ConnectionKey(local: source, remote: target, localPort: localPort, remotePort: port)
            // A chosen port's own TIME_WAIT gives way.
            if let other = kernel.ports.connections[key] {
                guard other !== self, other.connection.state == .timeWait else { throw .addressNotAvailable }
                other.unregisterConnection()
            }
            return key
        }
        for candidate in kernel.ports.ephemeralCandidates(options.automaticPorts) {
            let key = ConnectionKey(local: source, remote: target, localPort: candidate, remotePort: port)
            let isTaken = kernel.ports.tcp[candidate]?.contains { !$0.hasPortOfConnection } ?? false
            if isTaken || kernel.ports.connections[key] != nil { continue }
            register(candidate)
            hasPortOfConnection = true
            return key
        }
        throw .addressNotAvailable
    }

    /// An end without ceremony, after which the socket may be used anew: `tcp_disconnect`.
    func disconnect() {
        // As the kernel: where nothing ends by it, nothing is given back.
        let keepsPort = queue == nil && key == nil
        if let queue = queue.take() { queue.end() }
        if hasConnection {
            if !isClosed { pendingError = .connectionReset }
            connection.abort()
            flush()
            unregisterConnection()
        }
        dropConnection()
        phase = .unconnected
        (receiveIsShut, sendIsShut) = (false, false)
        remote = nil
        remotePort = 0
        path = nil
        resetName(keepsPort)
        changed([.readable, .writable, .hangUp])
    }

    func parameters(_ path: Path?) -> TCPParameters {
        var parameters = options.tcpParameters
        let headers = remote.map { if case .v4 = $0 { 40 } else { 60 } } ?? 40
        let largest = (path?.maximumPacket ?? kernel.world.options.maximumPacket) - headers
        parameters.maximumSegment = min(parameters.maximumSegment > 0 ? parameters.maximumSegment : largest, largest)
        parameters.initialSequence = kernel.ports.initialSequence(key, at: kernel.world.now)
        return parameters
    }

    // MARK: Being connected to

    /// A segment for a listener that belongs to no connection: the beginning of one, or nothing it knows of.
    func handleUnknown(_ packet: Packet, _ header: TCPHeader) {
        if header.flags.contains(.reset) { return }
        guard header.flags.contains(.syn), !header.flags.contains(.acknowledge) else {
            return kernel.refuse(packet, header)
        }
        guard let queue, !queue.isOverrun, let host = kernel.host,
            let way = try? path(to: packet.source) ?? host.path(to: host)
        else { return }
        let socket = TCPSocket(kernel, family)
        socket.options = options.inherited
        socket.begin(packet, header, way, of: self)
        queue.begin(socket)
    }

    private func begin(_ packet: Packet, _ header: TCPHeader, _ way: Path, of listener: TCPSocket) {
        self.listener = listener
        local = packet.destination
        localPort = header.destinationPort
        remote = packet.source
        remotePort = header.sourcePort
        holdsPort = true
        hasChosenAddress = listener.hasChosenAddress
        registerAccepted()
        phase = .connected
        path = way
        let key = ConnectionKey(local: local, remote: packet.source, localPort: localPort, remotePort: remotePort)
        self.key = key
        kernel.ports.connections[key]?.unregisterConnection()
        kernel.ports.connections[key] = self
        beginConnection(TCPConnection(accepting: parameters(way), syn: header, now: kernel.world.now))
        // As the kernel: a listener that was shut down before it listened has its connections begin like that.
        (receiveIsShut, sendIsShut) = (listener.receiveIsShut, listener.sendIsShut)
        if receiveIsShut { connection.shutdownReceiving() }
        flush()
    }

    /// Its listener has ended before it was accepted.
    func abandon() {
        if hasConnection { connection.abort() }
        settle(nil)
        unregisterConnection()
    }

    /// Its listener has ended before its handshake has.
    func forget() {
        dropConnection()
        unregisterConnection()
    }
}

/// A connection to an address that nobody on the network has: after three seconds of asking around the caller is told.
private final class LostConnection: Event {
    static let delay: Int64 = 3_000_000_000
    private weak var socket: TCPSocket?

    init(_ socket: TCPSocket) { self.socket = socket }

    override consuming func occur() { socket?.unreachable(.noRouteToHost) }
}
