// How control messages and what they carry read to people: in listings, logs and errors.

extension ControlMessage: CustomStringConvertible {
    /// The case and what it carries, such as `timeToLive(64)`; bytes as two hexadecimal digits each, addresses as text.
    public var description: String {
        switch self {
        case .rights(let descriptors): "rights(\(descriptors))"
        case .credentials(let credentials): "credentials(\(credentials))"
        case .securityLabel(let label): "securityLabel(\(hexadecimal(label)))"
        case .processDescriptor(let descriptor): "processDescriptor(\(descriptor))"
        case .ipv4PacketInfo(let info): "ipv4PacketInfo(\(info))"
        case .ipv6PacketInfo(let info): "ipv6PacketInfo(\(info))"
        case .timeToLive(let hops): "timeToLive(\(hops))"
        case .hopLimit(let hops): "hopLimit(\(hops))"
        case .typeOfService(let service): "typeOfService(\(service))"
        case .trafficClass(let value): "trafficClass(\(value))"
        case .flowInfo(let info): "flowInfo(0x\(String(info, radix: 16)))"
        case .hopByHopOptions(let bytes): "hopByHopOptions(\(hexadecimal(bytes)))"
        case .destinationOptions(let bytes): "destinationOptions(\(hexadecimal(bytes)))"
        case .routingHeader(let bytes): "routingHeader(\(hexadecimal(bytes)))"
        case .originalDestination(let bytes): "originalDestination(\(socketAddress(of: bytes)))"
        case .timestamp(let stamp): "timestamp(\(stamp))"
        case .timestampNanoseconds(let stamp): "timestampNanoseconds(\(stamp))"
        case .timestamps(let stamps): "timestamps(\(stamps))"
        case .timestampIdentifier(let identifier): "timestampIdentifier(\(identifier))"
        case .transmitTime(let time): "transmitTime(\(time) ns)"
        case .udpSegmentSize(let size): "udpSegmentSize(\(size) bytes)"
        case .udpReceiveSegmentSize(let size): "udpReceiveSegmentSize(\(size) bytes)"
        case .receiveQueueLength(let count): "receiveQueueLength(\(count) bytes)"
        case .ipv4Error(let error): "ipv4Error(\(error))"
        case .ipv6Error(let error): "ipv6Error(\(error))"
        case .droppedDatagrams(let count): "droppedDatagrams(\(count))"
        case .mark(let mark): "mark(0x\(String(mark, radix: 16)))"
        case .priority(let priority): "priority(\(priority))"
        case .other(let level, let type, let bytes): "other(\(level), type \(type), \(hexadecimal(bytes)))"
        }
    }
}

extension ExtendedError: CustomStringConvertible {
    /// ``offender`` as an address; nil when there is none. Its port is 0.
    public var offenderAddress: SocketAddress? {
        let address = socketAddress(of: offender)
        return address.isUnspecified ? nil : address
    }

    /// The error, its origin and who caused it: `ECONNREFUSED, ICMP type 3 code 3, from 192.0.2.1`; of a zero-copy send
    /// and of a time stamp, the numbers it is about.
    public var description: String {
        var text = "\(errno.cName ?? "errno \(errno.rawValue)"), \(origin)"
        switch origin {
        case .icmp, .icmpv6: text += " type \(type) code \(code)"
        case .zeroCopy: text += " sends \(info)...\(data)"
        case .timestamping: text += " kind \(info) of packet \(data)"
        default: break
        }
        if errno == .messageTooLong { text += ", MTU \(info)" }
        guard let address = offenderAddress else { return text }
        return text + ", from \(address.ip?.description ?? address.description)"
    }
}

extension ExtendedError.Origin: CustomStringConvertible {
    /// What the kernel's name says, such as `ICMP` or `local`; `origin 99` for a number without a name.
    public var description: String {
        let names = ["none", "local", "ICMP", "ICMPv6", "time stamp", "zero copy", "transmit time"]
        return names.indices.contains(Int(rawValue)) ? names[Int(rawValue)] : "origin \(rawValue)"
    }
}

extension IPv4PacketInfo: CustomStringConvertible {
    /// `192.0.2.1, interface 2`, and the header's destination where it is another.
    public var description: String {
        let text = "\(localAddress), \(interfaceText(UInt64(clamping: interfaceIndex)))"
        return destination == localAddress || destination == .any ? text : "\(text), sent to \(destination)"
    }
}

extension IPv6PacketInfo: CustomStringConvertible {
    /// `2001:db8::1, interface 2`.
    public var description: String { "\(address), \(interfaceText(UInt64(interfaceIndex)))" }
}

extension Timestamp: CustomStringConvertible {
    /// Seconds with nine decimals: `1700000000.123456000 s`.
    public var description: String {
        // Nanoseconds always go forward: half a second before the epoch is -1 s and 500,000,000 ns.
        let isBorrowing = seconds < 0 && nanoseconds > 0
        let whole = (isBorrowing ? seconds + 1 : seconds).magnitude
        let decimals = String(isBorrowing ? 1_000_000_000 - nanoseconds : nanoseconds)
        let zeros = String(repeating: "0", count: max(0, 9 - decimals.count))
        return "\(seconds < 0 ? "-" : "")\(whole).\(zeros)\(decimals) s"
    }
}

extension PacketTimestamps: CustomStringConvertible {
    /// The stamps that were taken, such as `software 1700000000.000000000 s`; `none`.
    public var description: String {
        let stamps = [("software", software), ("transformed", transformed), ("hardware", hardware)]
        let taken = stamps.filter { !$0.1.isZero }.map { "\($0.0) \($0.1)" }
        return taken.isEmpty ? "none" : taken.joined(separator: ", ")
    }
}

/// The address in a `struct sockaddr`, ``SocketAddress/unspecified`` where there is none.
private func socketAddress(of bytes: [UInt8]) -> SocketAddress {
    unsafe bytes.withUnsafeBytes { unsafe SocketAddressCoding.decode($0, length: $0.count) }
}
