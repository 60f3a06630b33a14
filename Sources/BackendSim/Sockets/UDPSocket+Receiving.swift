internal import SocketModel

/// A datagram that has arrived and waits to be taken.
struct Datagram {
    var bytes: [UInt8]
    var source: IPAddress
    var sourcePort: UInt16
    var destination: IPAddress
    var destinationPort: UInt16
    var interface: UInt32
    var hopLimit: UInt8
    var trafficClass: UInt8
    /// When it arrived by the host's clock, nanoseconds.
    var arrival: Int64
    /// How many before it found no room.
    var drops: UInt32 = 0
    /// What it takes of the receive buffer.
    var charge: Int
    /// Of one that was joined of several, how long those were; 0 of others.
    var segmentSize = 0
}

// Receiving: `udp_recvmsg`.
extension UDPSocket {
    /// A datagram has arrived for it.
    func deliver(_ packet: Packet, sourcePort: UInt16, isShared: Bool = false) {
        let charge = DatagramMemory.charge(
            packet.payload.count, inPiece: packet.inPiece, isIPv4: packet.destination.family == .ipv4)
        if packet.batch != 0, options.isOn(.receiveOffload) {
            return join(take(packet, sourcePort, charge, isShared), packet)
        }
        endJoining()
        if admits(charge) { append(take(packet, sourcePort, charge, isShared)) }
    }

    /// The bytes are taken, not copied: the packet is not anybody else's, unless it was for many.
    private func take(_ packet: Packet, _ sourcePort: UInt16, _ charge: Int, _ isShared: Bool) -> Datagram {
        var bytes: [UInt8] = []
        if isShared { bytes = packet.payload } else { swap(&bytes, &packet.payload) }
        return Datagram(
            bytes: bytes, source: packet.source, sourcePort: sourcePort, destination: packet.destination,
            destinationPort: localPort, interface: packet.interface, hopLimit: packet.hopLimit,
            trafficClass: packet.trafficClass, arrival: kernel.now.nanoseconds, drops: drops, charge: charge)
    }

    /// Whether there is room for a datagram. The kernel lets the only one exceed the limit.
    private func admits(_ charge: Int) -> Bool {
        if charged == 0 || charged + charge <= options.receiveBuffer { return true }
        drops &+= 1
        return false
    }

    private func append(_ datagram: Datagram) {
        charged += datagram.charge
        queue.append(datagram)
        changed(.readable)
    }

    // MARK: Joining

    /// Those that follow a segment at its instant may be joined to it: until then nobody sees it.
    private func join(_ datagram: Datagram, _ packet: Packet) {
        if joined?.append(datagram, packet) == true { return }
        endJoining()
        joined = JoinedDatagram(datagram, packet, overLink: !kernel.addresses.contains(packet.source))
        if position < 0 { kernel.world.events.insert(self, at: kernel.world.now) }
    }

    func endJoining() {
        guard var datagram = joined.take()?.datagram, admits(datagram.charge) else { return }
        datagram.drops = drops
        append(datagram)
    }

    /// Whether it takes what comes from there: a connected socket has one peer.
    func accepts(from source: IPAddress, _ port: UInt16) -> Bool {
        // As the kernel: one that is connected to port 0 takes what comes from any.
        remote == nil || remote == source && (remotePort == port || remotePort == 0)
    }

    /// Nobody was there to take what it sent.
    func unreachable(_ error: Errno, to address: IPAddress, _ port: UInt16) {
        guard remote == address, remotePort == port || remotePort == 0 else { return }
        pendingError = error
        changed([.error, .readable, .writable])
    }

    func receiveDatagram(
        into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ details: ReceiveDetails?
    ) throws(Errno) -> Int? {
        if flags.contains(.errorQueue) { throw .wouldBlock }
        try throwPendingError()
        let isPeek = flags.contains(.peek)
        guard let (datagram, offset) = next(skipping: isPeek ? options.peekOffset : 0) else {
            return receiveIsShut ? 0 : nil
        }
        if readied == 0 { readied = queue.count }
        if !isPeek {
            queue.removeFirst()
            giveBack(datagram.charge)
        }
        let rest = datagram.bytes.count - offset
        let taken = min(rest, room.count)
        unsafe datagram.bytes.withUnsafeBytes {
            unsafe room.copyMemory(from: .init(rebasing: $0[offset..<offset + taken]))
        }
        options.movePeekOffset(by: isPeek ? taken : -datagram.bytes.count)
        if let details { describe(datagram, details) }
        return rest
    }

    /// As the kernel: as long as there are more of those that were there, room is given back only by the quarter of the buffer.
    private func giveBack(_ charge: Int) {
        readied -= 1
        owed += charge
        if readied > 0, owed < options.receiveBuffer >> 2 { return }
        charged -= owed
        owed = 0
    }

    /// The first datagram, or the one that so many bytes of peeked ones lead to.
    private func next(skipping offset: Int) -> (Datagram, offset: Int)? {
        if offset == 0 { return queue.first.map { ($0, 0) } }
        var rest = offset
        for datagram in queue {
            if rest < datagram.bytes.count || datagram.bytes.isEmpty {
                return (datagram, min(rest, datagram.bytes.count))
            }
            rest -= datagram.bytes.count
        }
        return nil
    }

    // MARK: What comes beside the bytes

    private func describe(_ datagram: Datagram, _ details: ReceiveDetails) {
        details.sender = sender(datagram)
        var control = ReceivedControl(details)
        if let stamp = options.stamp(datagram.arrival) { control.add(stamp) }
        if options.isOn(.countDrops), datagram.drops > 0 { control.add(.droppedDatagrams(datagram.drops)) }
        if datagram.segmentSize > 0, options.isOn(.receiveOffload) {
            control.add(.udpReceiveSegmentSize(datagram.segmentSize))
        }
        if family == .ipv6, options.isOn(.receivePacketInfo6) {
            let address = datagram.destination.mappedIPv6
            control.add(.ipv6PacketInfo(IPv6PacketInfo(address: address, interfaceIndex: datagram.interface)))
        }
        switch datagram.destination {
        case .v4(let destination): describeIPv4(datagram, destination, &control)
        case .v6: describeIPv6(datagram, &control)
        }
    }

    /// An address of a link is told with the interface it is on.
    private func sender(_ datagram: Datagram) -> SocketAddress {
        let sender = shown(datagram.source, datagram.sourcePort)
        guard case .v6(let address, _) = datagram.source, address.isLinkLocal else { return sender }
        return sender.with(zone: .index(datagram.interface))
    }

    private func describeIPv4(_ datagram: Datagram, _ destination: IPv4Address, _ control: inout ReceivedControl) {
        if options.isOn(.receivePacketInfo) {
            let info = IPv4PacketInfo(
                interfaceIndex: Int32(datagram.interface), localAddress: localAddress(datagram, destination),
                destination: destination)
            control.add(.ipv4PacketInfo(info))
        }
        if options.isOn(.receiveTimeToLive) { control.add(.timeToLive(Int(datagram.hopLimit))) }
        if options.isOn(.receiveTypeOfService) {
            control.add(.typeOfService(TypeOfService(rawValue: datagram.trafficClass)))
        }
        if options.isOn(.receiveOriginalDestination) { control.add(originalDestination(datagram)) }
    }

    /// The host's address that an answer would be sent from.
    private func localAddress(_ datagram: Datagram, _ destination: IPv4Address) -> IPv4Address {
        guard datagram.destination.isMulticast || datagram.destination.isBroadcastAddress else {
            // All of 127.0.0.0/8 is the host's, by the one address.
            return destination.isLoopback ? .loopback : destination
        }
        guard case .v4(let source) = datagram.source, kernel.addresses.contains(datagram.source) else {
            return kernel.addresses.ipv4
        }
        return source
    }

    private func describeIPv6(_ datagram: Datagram, _ control: inout ReceivedControl) {
        if options.isOn(.receiveHopLimit6) { control.add(.hopLimit(Int(datagram.hopLimit))) }
        if options.isOn(.receiveTrafficClass6) { control.add(.trafficClass(Int(datagram.trafficClass))) }
        if options.isOn(.receiveOriginalDestination6) { control.add(originalDestination(datagram)) }
    }

    private func originalDestination(_ datagram: Datagram) -> ControlMessage {
        let address = SocketAddress(datagram.destination, port: datagram.destinationPort)
        return .originalDestination(Array(OptionBytes(address: address)))
    }
}

extension IPAddress {
    /// The address as IPv6 writes it.
    fileprivate var mappedIPv6: IPv6Address {
        guard case .v6(let address, _) = mapped else { return .any }
        return address
    }
}

extension Timestamp {
    /// A stamp of virtual time, whose beginning counts as that of the year 1970.
    init(nanosecondsSince1970 nanoseconds: Int64) {
        self.init(seconds: nanoseconds / 1_000_000_000, nanoseconds: Int32(nanoseconds % 1_000_000_000))
    }
}
