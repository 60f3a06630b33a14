internal import SocketModel

/// A UDP socket: RFC 768, with the rules of Linux's `udp(7)`.
final class UDPSocket: InternetSocket {
    private struct Datagram {
        var bytes: [UInt8]
        var source: IPAddress
        var sourcePort: UInt16
        var destination: IPAddress
        var hopLimit: UInt8
        var trafficClass: UInt8
        var arrival: Int64

        /// What it takes of the receive buffer: as much as the kernel's own bookkeeping for one.
        var charge: Int { bytes.count + 768 }
    }

    private var queue = Queue<Datagram>()
    private var charged = 0
    private var sendIsShut = false
    private var receiveIsShut = false
    /// How many datagrams found no room.
    private(set) var drops: UInt32 = 0

    init(_ kernel: HostKernel, _ family: AddressFamily) { super.init(kernel, family, .datagram, .udp) }

    // MARK: Names

    override func takePort(_ port: UInt16) throws(Errno) {
        if port != 0 {
            guard isFree(port) else { throw .addressInUse }
            return register(port)
        }
        for candidate in kernel.ports.ephemeralCandidates() where isFree(candidate) { return register(candidate) }
        throw .addressInUse
    }

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
        kernel.ports.udp[port, default: []].append(self)
    }

    private func unregister() {
        guard localPort != 0 else { return }
        kernel.ports.udp[localPort]?.removeAll { $0 === self }
        if kernel.ports.udp[localPort]?.isEmpty == true { kernel.ports.udp[localPort] = nil }
        localPort = 0
    }

    override func connect(to address: SocketAddress) throws(Errno) -> Bool {
        if address.disconnects {
            disconnect()
            return true
        }
        let (ip, port) = try destination(address)
        if ip.isBroadcastAddress, !options.broadcasts { throw .permissionDenied }
        if !ip.isMulticast, !ip.isBroadcastAddress { path = try path(to: ip) }
        try takeAnyPort()
        let target = ip.isAny ? ip.loopback : ip
        if local.isAny { local = kernel.addresses.source(to: target) }
        remote = target
        remotePort = port
        return true
    }

    private func disconnect() {
        remote = nil
        remotePort = 0
        path = nil
        if !hasBoundAddress {
            local = initialAddress()
            unregister()
        }
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

    // MARK: Sending

    /// The most bytes one datagram holds: what is left of 65,535 beside the headers.
    private static func capacity(_ address: IPAddress) -> Int {
        if case .v4 = address { 65507 } else { 65527 }
    }

    override func send(
        _ bytes: UnsafeRawBufferPointer, _ header: SendHeader?, _ flags: MessageFlags
    ) throws(Errno) -> Int? {
        if bytes.count > 0xFFFF { throw .messageTooLong }
        if flags.contains(.outOfBand) { throw .notSupported }
        let (ip, port) = try receiver(header?.address)
        if sendIsShut { throw .brokenPipe }
        try throwPendingError()
        try takeAnyPort()
        if ip.isBroadcastAddress, !options.broadcasts { throw .permissionDenied }
        guard bytes.count <= Self.capacity(ip) else { throw .messageTooLong }
        let delivery = try Delivery(self, to: ip, header?.control ?? [])
        unsafe delivery.send(bytes, from: localPort, to: port)
        return bytes.count
    }

    private func receiver(_ address: SocketAddress?) throws(Errno) -> (IPAddress, UInt16) {
        guard let address else {
            guard let remote else { throw .addressRequired }
            return (remote, remotePort)
        }
        let (ip, port) = try destination(address)
        if port == 0 { throw .invalidArgument }
        return (ip.isAny ? ip.loopback : ip, port)
    }

    // MARK: Receiving

    /// A datagram has arrived for it.
    func deliver(_ packet: Packet, sourcePort: UInt16) {
        let datagram = Datagram(
            bytes: packet.payload, source: packet.source, sourcePort: sourcePort, destination: packet.destination,
            hopLimit: packet.hopLimit, trafficClass: packet.trafficClass, arrival: kernel.world.now)
        // The kernel lets the last one exceed the limit.
        guard charged <= options.receiveBuffer else {
            drops &+= 1
            return
        }
        charged += datagram.charge
        queue.append(datagram)
        changed(.readable)
    }

    /// Whether it takes what comes from there: a connected socket has one peer.
    func accepts(from source: IPAddress, _ port: UInt16) -> Bool {
        remote == nil || remote == source && remotePort == port
    }

    /// Nobody was there to take what it sent.
    func unreachable(_ error: Errno, to address: IPAddress, _ port: UInt16) {
        guard remote == address, remotePort == port else { return }
        pendingError = error
        changed([.error, .readable, .writable])
    }

    override func receive(
        into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ details: ReceiveDetails?
    ) throws(Errno) -> Int? {
        if flags.contains(.errorQueue) { throw .wouldBlock }
        try throwPendingError()
        guard let datagram = queue.first else { return receiveIsShut ? 0 : nil }
        if !flags.contains(.peek) {
            queue.removeFirst()
            charged -= datagram.charge
        }
        unsafe datagram.bytes.withUnsafeBytes { unsafe room.copyMemory(from: .init(rebasing: $0.prefix(room.count))) }
        if let details { describe(datagram, details) }
        return datagram.bytes.count
    }

    private func describe(_ datagram: Datagram, _ details: ReceiveDetails) {
        details.sender = shown(datagram.source, datagram.sourcePort)
        var control = ReceivedControl(details)
        if options.stampsTime { control.add(.timestamp(Timestamp(nanosecondsSince1970: kernel.now.nanoseconds))) }
        switch datagram.destination {
        case .v4(let destination):
            if options.reportsIPv4Destination {
                control.add(
                    .ipv4PacketInfo(
                        IPv4PacketInfo(
                            interfaceIndex: Int32(HostAddresses.interface(for: datagram.destination)),
                            localAddress: destination.isMulticast ? kernel.addresses.ipv4 : destination,
                            destination: destination)))
            }
            if options.reportsTimeToLive { control.add(.timeToLive(Int(datagram.hopLimit))) }
        case .v6(let destination, _):
            if options.reportsIPv6Destination {
                control.add(
                    .ipv6PacketInfo(
                        IPv6PacketInfo(
                            address: destination, interfaceIndex: HostAddresses.interface(for: datagram.destination))))
            }
            if options.reportsHopLimit { control.add(.hopLimit(Int(datagram.hopLimit))) }
        }
    }

    override var readiness: PollEvents {
        var events: PollEvents = .writable.union(.normalWritable)
        if !queue.isEmpty || receiveIsShut { events.formUnion([.readable, .normalReadable]) }
        if receiveIsShut { events.insert(.readHangUp) }
        if receiveIsShut, sendIsShut { events.insert(.hangUp) }
        if pendingError != nil { events.insert(.error) }
        return events
    }

    // MARK: The end

    override func close() {
        kernel.leaveGroups(self)
        unregister()
        queue.removeAll()
    }

    override var summary: SocketSummary {
        SocketSummary(
            protocol: family == .ipv6 ? "udp6" : "udp", receiveQueue: charged, local: "\(localAddress)",
            peer: remote.map { "\(shown($0, remotePort))" } ?? "*", state: remote == nil ? "" : "ESTABLISHED")
    }
}
