/// A kind of control message to make room for.
public enum ControlMessageKind: Hashable, Sendable {
    /// ``ControlMessage/rights(_:)``, at most so many descriptors; held to 0...253.
    case rights(Int)
    /// ``ControlMessage/credentials(_:)``.
    case credentials
    /// ``ControlMessage/processDescriptor(_:)``.
    case processDescriptor
    /// ``ControlMessage/ipv4PacketInfo(_:)`` or ``ControlMessage/ipv6PacketInfo(_:)``.
    case packetInfo
    /// ``ControlMessage/timeToLive(_:)`` or ``ControlMessage/hopLimit(_:)``.
    case hopLimit
    /// ``ControlMessage/typeOfService(_:)`` or ``ControlMessage/trafficClass(_:)``.
    case trafficClass
    /// ``ControlMessage/timestamp(_:)`` or ``ControlMessage/timestampNanoseconds(_:)``.
    case timestamp
    /// ``ControlMessage/timestamps(_:)``.
    case timestamps
    /// ``ControlMessage/originalDestination(_:)``.
    case originalDestination
    /// ``ControlMessage/ipv4Error(_:)`` or ``ControlMessage/ipv6Error(_:)``.
    case error
    /// A message of one number: a mark, a count, a segment size, a time.
    case number
    /// Any other, with at most so many bytes of payload.
    case other(payload: Int)

    /// The most bytes of payload such a message has.
    var payloadLength: Int {
        switch self {
        case .rights(let count): 4 * min(max(count, 0), ControlMessage.maximumRights)
        case .credentials: 12
        case .processDescriptor, .hopLimit, .trafficClass: 4
        case .packetInfo: 20
        case .timestamp: 16
        case .timestamps: 48
        case .originalDestination: 28
        case .error: 16 + 28
        case .number: 8
        case .other(let payload): payload
        }
    }
}

extension ControlMessage {
    /// How many bytes to offer to a receive so that one message of each of these kinds fits.
    ///
    /// ```swift
    /// let capacity = ControlMessage.capacity(for: [.rights(3), .credentials])
    /// ```
    public static func capacity(for kinds: [ControlMessageKind]) -> Int {
        kinds.reduce(0) { saturatingSum($0, space(forPayload: $1.payloadLength)) }
    }

    /// How many bytes a message with so many bytes of payload takes, with header and padding: `CMSG_SPACE`.
    ///
    /// A negative payload counts as none; what would exceed `Int.max` stays there.
    public static func space(forPayload length: Int) -> Int {
        let padded = saturatingSum(max(length, 0), headerLength + 7)
        return padded & ~7
    }

    /// The size of `struct cmsghdr` on 64-bit Linux: a 64-bit length, the level and the type.
    static var headerLength: Int { 16 }

    static func saturatingSum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }
}
