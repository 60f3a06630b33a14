/// A control message: what travels beside the data of `sendmsg(2)` and `recvmsg(2)`.
///
/// What this type has no case for is kept as ``other(level:type:bytes:)``, and so is a known message whose payload
/// has not the form it should have: decoding loses nothing.
public enum ControlMessage: Hashable, Sendable {
    /// Descriptors, as plain numbers, at most ``maximumRights`` in one send. Received ones are open, and the
    /// receiver's to close. `SCM_RIGHTS`.
    case rights([Int32])
    /// The sender. Sending another than one's own needs `CAP_SYS_ADMIN`, `CAP_SETUID` or `CAP_SETGID`. `SCM_CREDENTIALS`.
    case credentials(PeerCredentials)
    /// The sender's security label, received. `SCM_SECURITY`.
    case securityLabel([UInt8])
    /// A descriptor of the sender's process, received open and the receiver's to close; or, negative, an errno
    /// (Linux 6.5). `SCM_PIDFD`.
    case processDescriptor(Int32)

    /// Where an IPv4 packet arrived or shall leave. `IP_PKTINFO`.
    case ipv4PacketInfo(IPv4PacketInfo)
    /// Where an IPv6 packet arrived or shall leave. `IPV6_PKTINFO`.
    case ipv6PacketInfo(IPv6PacketInfo)
    /// IPv4's time to live, 1...255 when sent. `IP_TTL`.
    case timeToLive(Int)
    /// IPv6's hop limit, -1...255 when sent, -1 for the default. `IPV6_HOPLIMIT`.
    case hopLimit(Int)
    /// IPv4's type of service. `IP_TOS`.
    case typeOfService(TypeOfService)
    /// IPv6's traffic class, -1...255 when sent, -1 for the default. `IPV6_TCLASS`.
    case trafficClass(Int)
    /// IPv6's flow label and traffic class, in host byte order. `IPV6_FLOWINFO`.
    case flowInfo(UInt32)
    /// Hop-by-hop options, with their header. `IPV6_HOPOPTS`.
    case hopByHopOptions([UInt8])
    /// Destination options, with their header. `IPV6_DSTOPTS`.
    case destinationOptions([UInt8])
    /// A routing header. `IPV6_RTHDR`.
    case routingHeader([UInt8])
    /// Where the packet was headed before redirection, as a `struct sockaddr`. `IP_ORIGDSTADDR`, `IPV6_ORIGDSTADDR`.
    case originalDestination([UInt8])

    /// When the packet came, in whole microseconds. `SCM_TIMESTAMP`, `SO_TIMESTAMP_NEW`.
    case timestamp(Timestamp)
    /// When the packet came. `SCM_TIMESTAMPNS`, `SO_TIMESTAMPNS_NEW`.
    case timestampNanoseconds(Timestamp)
    /// The packet's software and hardware stamps. `SCM_TIMESTAMPING`, `SO_TIMESTAMPING_NEW`.
    case timestamps(PacketTimestamps)
    /// The identifier of the packet's transmit stamps, sent (Linux 6.13). `SCM_TS_OPT_ID`.
    case timestampIdentifier(UInt32)
    /// When to send, in nanoseconds of the clock chosen by `.socket.transmitTime`. `SCM_TXTIME`.
    case transmitTime(UInt64)

    /// Into datagrams of how many bytes to split the data, sent. `UDP_SEGMENT`.
    case udpSegmentSize(UInt16)
    /// Of how many bytes the datagrams were that the kernel joined, received. `UDP_GRO`.
    case udpReceiveSegmentSize(Int)
    /// Bytes still unread, received. `TCP_CM_INQ`; `SCM_INQ` of UNIX streams.
    case receiveQueueLength(Int)

    /// An error of an IPv4 socket, from the error queue. `IP_RECVERR`.
    case ipv4Error(ExtendedError)
    /// An error of an IPv6 socket, from the error queue. `IPV6_RECVERR`.
    case ipv6Error(ExtendedError)
    /// Datagrams dropped since the socket was made, modulo 2³², received. `SO_RXQ_OVFL`.
    case droppedDatagrams(UInt32)
    /// The packet's mark; sending one needs `CAP_NET_ADMIN` or `CAP_NET_RAW`. `SO_MARK`.
    case mark(UInt32)
    /// The packet's queueing priority (received since Linux 6.14). `SO_PRIORITY`.
    case priority(UInt32)

    /// A message this type has no case for, with its payload.
    case other(level: OptionLevel, type: Int32, bytes: [UInt8])

    /// The most descriptors one send may carry: the kernel's `SCM_MAX_FD`.
    public static let maximumRights = 253
}

/// Why control messages could not be encoded.
public enum ControlMessageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The memory offered is too small; see ``ControlMessage/encodedLength(of:)``.
    case bufferTooSmall(needed: Int, available: Int)
    /// The messages carry more descriptors than one send may: the kernel would answer `EINVAL`.
    case tooManyRights(count: Int, limit: Int)
    /// A number does not fit its 32 bits.
    case outOfRange(OptionValueError)

    /// A sentence for people.
    public var description: String {
        switch self {
        case .bufferTooSmall(let needed, let available):
            "control messages need \(needed) bytes, only \(available) were offered"
        case .tooManyRights(let count, let limit):
            "\(count) descriptors are too many for one send, the limit is \(limit)"
        case .outOfRange(let error): "\(error)"
        }
    }
}

/// What `recvmsg(2)` put into the memory for control messages.
public struct ReceivedControlMessages: Hashable, Sendable {
    /// The messages, in order.
    public let messages: [ControlMessage]
    /// Whether the last message is cut short or the bytes after it are no message. Of a cut ``ControlMessage/rights(_:)``
    /// every whole descriptor is kept, so that none leaks. The kernel sets `MSG_CTRUNC` when it had more to tell than
    /// memory, which is not seen here.
    public let isTruncated: Bool

    /// Puts messages together.
    public init(messages: [ControlMessage] = [], isTruncated: Bool = false) {
        self.messages = messages
        self.isTruncated = isTruncated
    }
}
