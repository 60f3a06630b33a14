internal import SocketModel

/// What the control messages of a send ask for: `ip_cmsg_send`, `ip6_datagram_send_ctl`.
///
/// As with the kernel, those of a protocol that the packet does not take are not looked at, and those of its own that it does not know
/// are refused with `EINVAL`, as are IP options and extension headers, which packets here never have.
struct SentControl {
    var source: IPAddress?
    var interface: UInt32 = 0
    var hopLimit: UInt8?
    var trafficClass: UInt8?
    var segmentSize: Int?
    var forbidsFragments = false

    /// Reads the messages of a datagram.
    init(_ messages: [ControlMessage], of socket: UDPSocket, toIPv4: Bool) throws(Errno) {
        for message in messages {
            if try Self.isSocketLevel(message) { continue }
            if try readUDP(message) { continue }
            if toIPv4 { try readIPv4(message, socket) } else { try readIPv6(message) }
        }
        guard interface == 0 || HostAddresses.interfaces.contains(where: { $0.index == interface }) else {
            throw .operationNotSupportedByDevice
        }
        try checkSource(socket)
    }

    /// Whether a message is of the level that all sockets have, which says nothing here that has an effect.
    static func isSocketLevel(_ message: ControlMessage) throws(Errno) -> Bool {
        switch message {
        case .rights, .credentials, .priority: return true
        case .mark: throw .notPermitted
        case .other(.socket, _, _), .transmitTime, .timestampIdentifier, .timestamp, .timestampNanoseconds, .timestamps,
            .droppedDatagrams, .securityLabel, .processDescriptor:
            throw .invalidArgument
        default: return false
        }
    }

    private mutating func readUDP(_ message: ControlMessage) throws(Errno) -> Bool {
        switch message {
        case .udpSegmentSize(let size): segmentSize = Int(size)
        case .udpReceiveSegmentSize, .other(.udp, _, _): throw .invalidArgument
        default: return false
        }
        return true
    }

    private mutating func readIPv4(_ message: ControlMessage, _ socket: UDPSocket) throws(Errno) {
        switch message {
        case .ipv4PacketInfo(let info):
            interface = UInt32(bitPattern: info.interfaceIndex)
            if !info.localAddress.isAny { source = .v4(info.localAddress) }
        case .ipv6PacketInfo(let info) where socket.family == .ipv6:
            guard let mapped = info.address.mappedIPv4 else { throw .invalidArgument }
            interface = info.interfaceIndex
            if !mapped.isAny { source = .v4(mapped) }
        case .timeToLive(let value):
            guard (1...255).contains(value) else { throw .invalidArgument }
            hopLimit = UInt8(value)
        case .typeOfService(let value): trafficClass = value.rawValue
        case .ipv4Error, .other(.ip, _, _): throw .invalidArgument
        default: break
        }
    }

    private mutating func readIPv6(_ message: ControlMessage) throws(Errno) {
        switch message {
        case .ipv6PacketInfo(let info):
            interface = info.interfaceIndex
            if !info.address.isAny { source = .v6(info.address) }
        case .hopLimit(let value):
            guard (-1...255).contains(value) else { throw .invalidArgument }
            hopLimit = value < 0 ? nil : UInt8(value)
        case .trafficClass(let value):
            guard (-1...255).contains(value) else { throw .invalidArgument }
            // As the kernel: -1 is sent as it is.
            trafficClass = UInt8(truncatingIfNeeded: value)
        case .other(.ipv6, 62, let bytes):
            guard let value = OptionBytes(bytes).load(Int32.self, at: 0), bytes.count == 4, (0...1).contains(value)
            else {
                throw .invalidArgument
            }
            forbidsFragments = value == 1
        case .flowInfo, .hopByHopOptions, .destinationOptions, .routingHeader, .ipv6Error, .other(.ipv6, _, _):
            throw .invalidArgument
        default: break
        }
    }

    /// Only an address of the host can be a sender's, but for those who may have any.
    private func checkSource(_ socket: UDPSocket) throws(Errno) {
        guard let source, !socket.kernel.addresses.contains(source), !socket.options.isFreeBind else { return }
        if case .v4 = source { throw .networkUnreachable }
        throw .invalidArgument
    }
}
