internal import SocketModel

/// A UDP socket: RFC 768, with the rules of Linux's `udp(7)`.
final class UDPSocket: InternetSocket {
    var queue = Queue<Datagram>()
    /// What the queue takes of the receive buffer, and how much of that was received and is not given back yet.
    var charged = 0
    var owed = 0
    /// How many of the queue's datagrams were there when the program received last and found none of those before.
    var readied = 0
    /// Segments that arrive at this instant, while they are joined.
    var joined: JoinedDatagram?
    /// How many sends were cut into segments.
    var batches: UInt32 = 0
    private(set) var sendIsShut = false
    private(set) var receiveIsShut = false
    /// How many datagrams found no room.
    var drops: UInt32 = 0
    /// What waits for more to be sent with it.
    var corked: CorkedDatagram?
    var memberships: [GroupMembership] = []

    init(_ kernel: HostKernel, _ family: AddressFamily) { super.init(kernel, family, .datagram, .udp) }

    // MARK: Names

    override func takePort(_ port: UInt16) throws(Errno) { register(try freePort(port, isFree)) }

    private func isFree(_ port: UInt16) -> Bool {
        guard let others = kernel.ports.udp[port] else { return true }
        return !others.contains { other in
            let areShared =
                options.reusesAddress && other.options.reusesAddress || options.reusesPort && other.options.reusesPort
            return !areShared && overlaps(other)
        }
    }

    private func register(_ port: UInt16) {
        localPort = port
        holdsPort = true
        kernel.ports.udp[port, default: []].append(self)
    }

    private func unregister() {
        guard holdsPort else { return }
        holdsPort = false
        kernel.ports.udp[localPort]?.removeAll { $0 === self }
        if kernel.ports.udp[localPort]?.isEmpty == true { kernel.ports.udp[localPort] = nil }
        localPort = 0
    }

    override func connect(to address: SocketAddress) throws(Errno) -> Bool {
        if address.isUnspecified {
            disconnect()
            return true
        }
        // As the kernel: what fails has taken a port.
        try takeAnyPort()
        if case .ipv4 = address, isIPv6Only { throw .addressFamilyNotSupported }
        let (target, port) = try destination(address)
        try checkFamily(of: target)
        // As the kernel: an address of loopback does not leave its host, be it allowed or not.
        if target == .v4(HostAddresses.broadcast), source(to: target)?.isLoopback == true { throw .invalidArgument }
        if target.isBroadcastAddress, !options.broadcasts { throw .permissionDenied }
        if !target.isMulticast, !target.isBroadcastAddress { path = try path(to: target) }
        let chosen = kernel.addresses.source(to: target)
        if local.isAny {
            local = chosen
        } else if case .v4(let own) = chosen, local.family == .ipv6, ipv4Source == nil {
            ipv4Source = own
        }
        remote = target
        remotePort = port
        return true
    }

    private func disconnect() {
        remote = nil
        remotePort = 0
        path = nil
        if !hasChosenAddress { (local, ipv4Source) = (initialAddress(), nil) }
        if !hasChosenPort { unregister() }
    }

    override func peerAddress() throws(Errno) -> SocketAddress {
        guard remote != nil else { throw .socketNotConnected }
        return try super.peerAddress()
    }

    override func shutdown(_ direction: ShutdownDirection) throws(Errno) {
        if direction != .send { receiveIsShut = true }
        if direction != .receive { sendIsShut = true }
        changed([.readable, .writable, .hangUp])
        if remote == nil { throw .socketNotConnected }
    }

    // MARK: Transfer

    override func send(
        _ bytes: UnsafeRawBufferPointer, _ header: SendHeader?, _ flags: MessageFlags
    ) throws(Errno) -> Int? { try unsafe sendDatagram(bytes, header, flags) }

    override func receive(
        into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ details: ReceiveDetails?
    ) throws(Errno) -> Int? { try unsafe receiveDatagram(into: room, flags, details) }

    /// The instant has passed at which segments arrived that are joined.
    override consuming func occur() { endJoining() }

    // MARK: Options

    override func performOption(_ key: OptionKey, _ bytes: OptionBytes) throws(Errno) { try performLive(key, bytes) }
    override func optionChanged(_ key: OptionKey) {
        if key == .udpCork, !options.isOn(.udpCork) { try? uncork() }
    }

    override func isEndedForThoseWhoWait(toAccept: Bool) -> Bool {
        !toAccept && receiveIsShut && queue.isEmpty && pendingError == nil
    }

    override var readiness: PollEvents {
        var events: PollEvents = []
        if isWritable { events.formUnion([.writable, .normalWritable, .bandWritable]) }
        if !queue.isEmpty || receiveIsShut { events.formUnion([.readable, .normalReadable]) }
        if receiveIsShut { events.insert(.readHangUp) }
        if receiveIsShut, sendIsShut { events.insert(.hangUp) }
        if pendingError != nil { events.insert(.error) }
        return events
    }

    /// As the kernel: what is gathered takes less than half of the send buffer.
    private var isWritable: Bool { (corked?.charge ?? 0) < options.sendBuffer >> 1 }

    // MARK: The end

    override func close() {
        (corked, joined) = (nil, nil)
        leaveGroups()
        unregister()
        queue.removeAll()
    }

    override func vanish() {
        (corked, joined) = (nil, nil)
        leaveGroups()
    }

    override var summary: SocketSummary {
        SocketSummary(
            protocol: family == .ipv6 ? "udp6" : "udp", receiveQueue: charged, local: "\(localAddress)",
            peer: remote.map { "\(shown($0, remotePort))" } ?? "*", state: remote == nil ? "" : "ESTABLISHED")
    }
}
