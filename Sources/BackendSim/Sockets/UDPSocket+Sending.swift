internal import SocketModel

/// A datagram that is gathered from several sends: `UDP_CORK`, `MSG_MORE`.
final class CorkedDatagram {
    let delivery: Delivery
    let port: UInt16
    let segmentSize: Int
    var bytes: [UInt8] = []
    /// How many bytes the first send brought.
    var firstCount: Int?

    init(delivery: Delivery, port: UInt16, segmentSize: Int) {
        self.delivery = delivery
        self.port = port
        self.segmentSize = segmentSize
    }

    /// What it takes of the send buffer.
    var charge: Int { DatagramMemory.charge(bytes.count, inPiece: firstCount ?? 0, isIPv4: delivery.isIPv4) }
}

// Sending: `udp_sendmsg`.
extension UDPSocket {
    func sendDatagram(
        _ bytes: UnsafeRawBufferPointer, _ header: SendHeader?, _ flags: MessageFlags
    ) throws(Errno) -> Int? {
        // As the kernel: what fails has taken a port.
        try takeAnyPort()
        let isMoreExpected = flags.contains(.more) || options.isOn(.udpCork)
        let refusal = refusalOfIPv4(bytes.count, flags)
        if family == .ipv4 || corked?.delivery.isIPv4 == true, let refusal { throw refusal }
        if let corked { try check(header?.address, joins: corked) }
        if corked == nil {
            let target = try target(header?.address, orElse: refusal)
            let (delivery, segmentSize) = try begin(target, header?.control ?? [])
            guard bytes.count <= delivery.capacity || segmentSize > 0 else { throw .messageTooLong }
            try throwPendingError()
            if sendIsShut { throw .brokenPipe }
            guard isMoreExpected else {
                try unsafe transmit(bytes, inPiece: bytes.count, by: delivery, to: target.port, segmentSize)
                return bytes.count
            }
            corked = CorkedDatagram(delivery: delivery, port: target.port, segmentSize: segmentSize)
        }
        try unsafe append(bytes)
        if !isMoreExpected { try uncork() }
        return bytes.count
    }

    private func begin(
        _ target: DatagramTarget, _ messages: [ControlMessage]
    ) throws(Errno) -> (Delivery, segmentSize: Int) {
        let isIPv4 = target.address.family == .ipv4
        let control = try SentControl(messages, of: self, toIPv4: isIPv4)
        let delivery = try Delivery(self, to: target, control)
        if target.address.isBroadcastAddress, !options.broadcasts { throw .permissionDenied }
        return (delivery, control.segmentSize ?? Int(options.value(.segmentSize, initial: 0)))
    }

    /// As the kernel: what was begun by IPv6 is not gone on with by IPv4.
    private func check(_ address: SocketAddress?, joins corked: CorkedDatagram) throws(Errno) {
        guard family == .ipv6, !corked.delivery.isIPv4, let address, !address.isUnspecified else { return }
        if try destination(address).0.family == .ipv4 { throw .invalidArgument }
    }

    /// What IPv4 does not send.
    private func refusalOfIPv4(_ count: Int, _ flags: MessageFlags) -> Errno? {
        count > 0xFFFF ? .messageTooLong : flags.contains(.outOfBand) ? .notSupported : nil
    }

    private func target(_ address: SocketAddress?, orElse refusal: Errno?) throws(Errno) -> DatagramTarget {
        guard let address, !(address.isUnspecified && family == .ipv6) else {
            guard let remote else { throw .addressRequired }
            if family == .ipv6, remote.family == .ipv4 {
                // As the kernel: no address, where there could be one, is one of IPv6.
                if address != nil { throw .networkUnreachable }
                try checkIPv4(remotePort, refusal)
            }
            return DatagramTarget(address: remote, port: remotePort)
        }
        let scoped = try kernel.scoped(address)
        let (ip, port) = try destination(scoped)
        if ip.family == .ipv4 { try checkIPv4(port, refusal) }
        if port == 0 { throw .invalidArgument }
        try checkFamily(of: ip)
        var target = DatagramTarget(address: ip, port: port)
        if case .index(let number) = scoped.zone { target.interface = number }
        return target
    }

    /// As the kernel: IPv6's sockets name the IPv4 peer, also the one they are connected to, and then IPv4's rules come first.
    private func checkIPv4(_ port: UInt16, _ refusal: Errno?) throws(Errno) {
        if let refusal { throw refusal }
        if port == 0 { throw .invalidArgument }
    }

    /// The most datagrams that one send is split into: `UDP_MAX_SEGMENTS`.
    private static let mostSegments = 128

    private func transmit(
        _ bytes: UnsafeRawBufferPointer, inPiece: Int, by delivery: Delivery, to port: UInt16, _ segmentSize: Int
    ) throws(Errno) {
        // Segments are never fragmented.
        let most = segmentSize > 0 ? delivery.mtu - (delivery.isIPv4 ? 28 : 48) : .max
        guard min(bytes.count, segmentSize) <= most else { throw .messageTooLong }
        guard segmentSize > 0, bytes.count > segmentSize else {
            guard bytes.count <= delivery.capacity else { throw .messageTooLong }
            let form = DatagramForm(inPiece: segmentSize > 0 ? 0 : inPiece)
            return unsafe delivery.send(bytes, from: localPort, to: port, form)
        }
        guard bytes.count <= Self.mostSegments * segmentSize else { throw .invalidArgument }
        let form = DatagramForm(inPiece: 0, batch: number(ofBatch: bytes.count, delivery))
        for start in stride(from: 0, to: bytes.count, by: segmentSize) {
            let end = min(start + segmentSize, bytes.count)
            unsafe delivery.send(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), from: localPort, to: port, form)
        }
    }

    /// Those who receive segments joined know them by a number. What does not go into one packet is cut before it leaves: it has none.
    private func number(ofBatch count: Int, _ delivery: Delivery) -> UInt32 {
        guard count <= (delivery.isIPv4 ? 65_493 : 65_473) else { return 0 }
        batches = batches == .max ? 1 : batches + 1
        return batches
    }

    // MARK: Gathering

    private func append(_ bytes: UnsafeRawBufferPointer) throws(Errno) {
        guard let corked else { return }
        guard corked.bytes.count + bytes.count <= corked.delivery.capacity else {
            self.corked = nil
            throw .messageTooLong
        }
        if corked.firstCount == nil { corked.firstCount = bytes.count }
        unsafe corked.bytes.append(contentsOf: bytes)
    }

    /// What was gathered is sent.
    func uncork() throws(Errno) {
        guard let ready = corked.take() else { return }
        let (delivery, port, size) = (ready.delivery, ready.port, ready.segmentSize)
        let first = ready.firstCount ?? 0
        try unsafe ready.bytes.withMutableRun { run throws(Errno) in
            try unsafe transmit(UnsafeRawBufferPointer(run), inPiece: first, by: delivery, to: port, size)
        }
    }
}
