internal import SocketModel

/// What IP carries: a segment, a datagram or a message of ICMP, with its checksum.
struct Transport {
    /// IP's number of the protocol.
    let number: UInt8
    let bytes: [UInt8]

    init(_ packet: TracedPacket) {
        switch packet.content {
        case .tcp(let header): self.init(tcp: header, packet.payload, packet.source, packet.destination)
        case .udp(let source, let destination):
            self.init(udp: source, destination, packet.payload, packet.source, packet.destination)
        case .unreachable(let error, let original): self.init(unreachable: error, original, packet)
        }
    }

    // MARK: TCP

    private init(tcp header: TCPHeader, _ payload: [UInt8], _ source: IPAddress, _ destination: IPAddress) {
        var options = WireBytes()
        if header.maximumSegment != 0 {
            options.append(contentsOf: [2, 4])
            options.append(header.maximumSegment)
        }
        // One byte that does nothing aligns it.
        if header.windowScale != 255 { options.append(contentsOf: [1, 3, 3, header.windowScale]) }
        var segment = WireBytes()
        segment.append(header.sourcePort)
        segment.append(header.destinationPort)
        segment.append(header.sequence)
        segment.append(header.acknowledgement)
        segment.append(UInt8(5 + options.count / 4) << 4)
        segment.append(header.flags.rawValue)
        segment.append(header.window)
        segment.append(UInt32(0))
        segment.append(contentsOf: options.bytes)
        segment.append(contentsOf: payload)
        segment.put(Self.checksum(6, segment.bytes, source, destination), at: 16)
        number = 6
        bytes = segment.bytes
    }

    // MARK: UDP

    private init(
        udp sourcePort: UInt16, _ port: UInt16, _ payload: [UInt8], _ source: IPAddress, _ destination: IPAddress
    ) {
        var datagram = WireBytes()
        datagram.append(sourcePort)
        datagram.append(port)
        datagram.append(UInt16(truncatingIfNeeded: 8 + payload.count))
        datagram.append(UInt16(0))
        datagram.append(contentsOf: payload)
        // A checksum of 0 means that there is none.
        let checksum = Self.checksum(17, datagram.bytes, source, destination)
        datagram.put(checksum == 0 ? 0xFFFF : checksum, at: 6)
        number = 17
        bytes = datagram.bytes
    }

    // MARK: ICMP

    /// The error's original follows it as far as the simulation knows it: its header, and no payload.
    private init(unreachable error: Errno, _ original: Packet.Original, _ packet: TracedPacket) {
        let (source, destination) = (packet.destination, original.destinationAddress)
        let isIPv6 = packet.isIPv6
        let inner =
            original.isTCP
            ? Transport(
                tcp: TCPHeader(sourcePort: original.source, destinationPort: original.destination, flags: .syn), [],
                source,
                destination)
            : Transport(udp: original.source, original.destination, [], source, destination)
        var message = WireBytes()
        message.append(isIPv6 ? UInt8(1) : 3)
        message.append(isIPv6 ? Self.codeOfICMPv6(error) : Self.codeOfICMP(error))
        message.append(UInt16(0))
        message.append(UInt32(0))
        message.append(contentsOf: IPHeader(source, destination, inner.number).bytes(before: inner.bytes.count))
        message.append(contentsOf: inner.bytes)
        number = isIPv6 ? 58 : 1
        message.put(
            isIPv6
                ? Self.checksum(58, message.bytes, packet.source, packet.destination)
                : Self.checksum(message.bytes), at: 2)
        bytes = message.bytes
    }

    private static func codeOfICMP(_ error: Errno) -> UInt8 {
        switch error {
        case .networkUnreachable: 0
        case .noRouteToHost: 1
        default: 3
        }
    }

    private static func codeOfICMPv6(_ error: Errno) -> UInt8 {
        switch error {
        case .networkUnreachable: 0
        case .noRouteToHost: 3
        default: 4
        }
    }

    // MARK: Checksums

    private static func checksum(_ bytes: [UInt8]) -> UInt16 {
        var checksum = InternetChecksum()
        checksum.add(bytes)
        return checksum.value
    }

    /// The checksum over the bytes and what TCP and UDP call the pseudo-header.
    private static func checksum(
        _ number: UInt8, _ bytes: [UInt8], _ source: IPAddress, _ destination: IPAddress
    ) -> UInt16 {
        var head = WireBytes()
        head.append(source)
        head.append(destination)
        head.append(UInt32(truncatingIfNeeded: bytes.count))
        head.append(UInt32(number))
        var checksum = InternetChecksum()
        checksum.add(head.bytes)
        checksum.add(bytes)
        return checksum.value
    }
}

extension WireBytes {
    mutating func append(_ address: IPAddress) {
        switch address {
        case .v4(let address): append(address.rawValue)
        case .v6(let address, _):
            append(address.high)
            append(address.low)
        }
    }
}
