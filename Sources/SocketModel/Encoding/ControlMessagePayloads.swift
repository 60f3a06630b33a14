// Levels, types and payloads of the messages: the one table both directions go by, except that a message received
// under a second number (the `_NEW` time stamps, `SCM_INQ`) is sent under its first.

extension ControlMessage {
    /// The bytes the payload takes when encoded.
    var payloadLength: Int {
        switch self {
        case .rights(let descriptors): 4 * descriptors.count
        case .credentials, .ipv4PacketInfo: 12
        case .ipv6PacketInfo: 20
        case .securityLabel(let bytes), .hopByHopOptions(let bytes), .destinationOptions(let bytes),
            .routingHeader(let bytes), .originalDestination(let bytes), .other(_, _, let bytes):
            bytes.count
        case .typeOfService: 1
        case .udpSegmentSize: 2
        case .processDescriptor, .timeToLive, .hopLimit, .trafficClass, .flowInfo, .timestampIdentifier,
            .udpReceiveSegmentSize, .receiveQueueLength, .droppedDatagrams, .mark, .priority:
            4
        case .transmitTime: 8
        case .timestamp, .timestampNanoseconds: 16
        case .timestamps: 48
        case .ipv4Error(let error), .ipv6Error(let error): 16 + error.offender.count
        }
    }

    /// Level, type and payload for the kernel.
    func wire() throws(ControlMessageError) -> (level: Int32, type: Int32, payload: OptionBytes) {
        switch self {
        case .rights(let descriptors): (1, 1, rightsBytes(descriptors))
        case .credentials(let credentials): (1, 2, credentials.encoded)
        case .securityLabel(let label): (1, 3, OptionBytes(label))
        case .processDescriptor(let descriptor): (1, 4, OptionBytes(integer: descriptor))
        case .ipv4PacketInfo(let info): (0, 8, info.encoded)
        case .ipv6PacketInfo(let info): (41, 50, info.encoded)
        case .timeToLive(let hops): (0, 2, try integer(hops, "IP_TTL"))
        case .hopLimit(let hops): (41, 52, try integer(hops, "IPV6_HOPLIMIT"))
        case .typeOfService(let service): (0, 1, OptionBytes(integer: service.rawValue))
        case .trafficClass(let number): (41, 67, try integer(number, "IPV6_TCLASS"))
        case .flowInfo(let info): (41, 11, OptionBytes(integer: info.bigEndian))
        case .hopByHopOptions(let bytes): (41, 54, OptionBytes(bytes))
        case .destinationOptions(let bytes): (41, 59, OptionBytes(bytes))
        case .routingHeader(let bytes): (41, 57, OptionBytes(bytes))
        case .originalDestination(let bytes): originalDestinationWire(OptionBytes(bytes))
        case .timestamp(let stamp): (1, 29, timestampBytes(stamp, perSecond: 1_000_000))
        case .timestampNanoseconds(let stamp): (1, 35, timestampBytes(stamp, perSecond: 1_000_000_000))
        case .timestamps(let stamps): (1, 37, stamps.encoded)
        case .timestampIdentifier(let number): (1, 81, OptionBytes(integer: number))
        case .transmitTime(let time): (1, 61, OptionBytes(integer: time))
        case .udpSegmentSize(let size): (17, 103, OptionBytes(integer: size))
        case .udpReceiveSegmentSize(let size): (17, 104, try integer(size, "UDP_GRO"))
        case .receiveQueueLength(let length): (6, 36, try integer(length, "TCP_CM_INQ"))
        case .ipv4Error(let error): (0, 11, error.encoded)
        case .ipv6Error(let error): (41, 25, error.encoded)
        case .droppedDatagrams(let count): (1, 40, OptionBytes(integer: count))
        case .mark(let mark): (1, 36, OptionBytes(integer: mark))
        case .priority(let priority): (1, 12, OptionBytes(integer: priority))
        case .other(let level, let type, let bytes): (level.rawValue, type, OptionBytes(bytes))
        }
    }

    /// Reads a payload; one that has not the form its type should have makes an ``other(level:type:bytes:)``.
    init(level: Int32, type: Int32, payload: OptionBytes) {
        let known: ControlMessage? =
            switch level {
            case 0: .ipv4(type, payload)
            case 1: .socket(type, payload)
            case 6: type == 36 ? payload.exactly(Int32.self).map { .receiveQueueLength(Int($0)) } : nil
            case 17: .udp(type, payload)
            case 41: .ipv6(type, payload)
            default: nil
            }
        self = known ?? .other(level: OptionLevel(rawValue: level), type: type, bytes: Array(payload))
    }

    private static func socket(_ type: Int32, _ payload: OptionBytes) -> ControlMessage? {
        switch type {
        case 1: .rights(payload.descriptors)
        case 2: payload.count == 12 ? (try? PeerCredentials(optionBytes: payload)).map { .credentials($0) } : nil
        case 3: .securityLabel(Array(payload))
        case 4: payload.exactly(Int32.self).map { .processDescriptor($0) }
        case 12: payload.exactly(UInt32.self).map { .priority($0) }
        case 29, 63: payload.exactTimestamp(perSecond: 1_000_000).map { .timestamp($0) }
        case 35, 64: payload.exactTimestamp(perSecond: 1_000_000_000).map { .timestampNanoseconds($0) }
        case 36: payload.exactly(UInt32.self).map { .mark($0) }
        case 37, 65: PacketTimestamps(payload).map { .timestamps($0) }
        case 40: payload.exactly(UInt32.self).map { .droppedDatagrams($0) }
        case 61: payload.exactly(UInt64.self).map { .transmitTime($0) }
        case 81: payload.exactly(UInt32.self).map { .timestampIdentifier($0) }
        case 84: payload.exactly(Int32.self).map { .receiveQueueLength(Int($0)) }
        default: nil
        }
    }

    private static func ipv4(_ type: Int32, _ payload: OptionBytes) -> ControlMessage? {
        switch type {
        case 1: payload.exactly(UInt8.self).map { .typeOfService(TypeOfService(rawValue: $0)) }
        case 2: payload.exactly(Int32.self).map { .timeToLive(Int($0)) }
        case 8: IPv4PacketInfo(payload).map { .ipv4PacketInfo($0) }
        case 11: ExtendedError(payload).map { .ipv4Error($0) }
        case 20: payload.load(UInt16.self, at: 0) == 2 ? .originalDestination(Array(payload)) : nil
        default: nil
        }
    }

    private static func ipv6(_ type: Int32, _ payload: OptionBytes) -> ControlMessage? {
        switch type {
        case 11: payload.exactly(UInt32.self).map { .flowInfo(UInt32(bigEndian: $0)) }
        case 25: ExtendedError(payload).map { .ipv6Error($0) }
        case 50: IPv6PacketInfo(payload).map { .ipv6PacketInfo($0) }
        case 52: payload.exactly(Int32.self).map { .hopLimit(Int($0)) }
        case 54: .hopByHopOptions(Array(payload))
        case 57: .routingHeader(Array(payload))
        case 59: .destinationOptions(Array(payload))
        case 67: payload.exactly(Int32.self).map { .trafficClass(Int($0)) }
        case 74: payload.load(UInt16.self, at: 0) == 10 ? .originalDestination(Array(payload)) : nil
        default: nil
        }
    }

    private static func udp(_ type: Int32, _ payload: OptionBytes) -> ControlMessage? {
        switch type {
        case 103: payload.exactly(UInt16.self).map { .udpSegmentSize($0) }
        case 104: payload.exactly(Int32.self).map { .udpReceiveSegmentSize(Int($0)) }
        default: nil
        }
    }
}

extension OptionBytes {
    /// The integer these bytes are, when they are exactly one.
    fileprivate func exactly<Integer: FixedWidthInteger & BitwiseCopyable>(_ type: Integer.Type) -> Integer? {
        count == MemoryLayout<Integer>.size ? load(type, at: 0) : nil
    }

    fileprivate func exactTimestamp(perSecond: Int64) -> Timestamp? {
        count == 16 ? Timestamp(self, at: 0, perSecond: perSecond) : nil
    }

    /// All whole descriptors.
    fileprivate var descriptors: [Int32] {
        (0..<count / 4).compactMap { load(Int32.self, at: $0 * 4) }
    }
}

private func rightsBytes(_ descriptors: [Int32]) -> OptionBytes {
    var bytes = OptionBytes(zeros: 4 * descriptors.count)
    for (position, descriptor) in descriptors.enumerated() { bytes.store(descriptor, at: 4 * position) }
    return bytes
}

private func timestampBytes(_ stamp: Timestamp, perSecond: Int64) -> OptionBytes {
    var bytes = OptionBytes(zeros: 16)
    bytes.store(stamp.seconds, at: 0)
    bytes.store(Int64(stamp.nanoseconds) / (1_000_000_000 / perSecond), at: 8)
    return bytes
}

private func originalDestinationWire(_ address: OptionBytes) -> (level: Int32, type: Int32, payload: OptionBytes) {
    address.load(UInt16.self, at: 0) == 10 ? (41, 74, address) : (0, 20, address)
}

private func integer(_ value: Int, _ name: StaticString) throws(ControlMessageError) -> OptionBytes {
    do throws(OptionValueError) {
        return OptionBytes(integer: try narrow(value, to: Int32.self))
    } catch {
        throw .outOfRange(error.about(name))
    }
}
