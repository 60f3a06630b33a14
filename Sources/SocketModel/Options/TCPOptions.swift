/// Options of TCP: level `IPPROTO_TCP`, `TCP_*`. Reached as `.tcp`, as in `try socket.set(.tcp.noDelay, true)`.
public struct TCPOptions: Sendable {
    /// Sends small segments at once: turns Nagle's algorithm off. `TCP_NODELAY`.
    public let noDelay = option(Bool.self, 1, "TCP_NODELAY")
    /// Largest segment, 88...32767 bytes; set before connecting, it is offered to the peer. `TCP_MAXSEG`.
    public let maximumSegmentSize = option(Int.self, 2, "TCP_MAXSEG")
    /// Holds partial segments back until cleared, at most 200 ms. `TCP_CORK`.
    public let cork = option(Bool.self, 3, "TCP_CORK")
    /// Idle time before the first keep-alive probe, 1...32767 s. `TCP_KEEPIDLE`.
    public let keepAliveIdle = option(Int.self, 4, "TCP_KEEPIDLE")
    /// Time between keep-alive probes, 1...32767 s. `TCP_KEEPINTVL`.
    public let keepAliveInterval = option(Int.self, 5, "TCP_KEEPINTVL")
    /// Unanswered probes before the connection is dropped, 1...127. `TCP_KEEPCNT`.
    public let keepAliveCount = option(Int.self, 6, "TCP_KEEPCNT")
    /// Retransmissions of SYN before connecting fails, 1...127. `TCP_SYNCNT`.
    public let synRetries = option(Int.self, 7, "TCP_SYNCNT")
    /// How long a closed connection waits for the peer's FIN, s; 0 is the system's default, negative not at all.
    /// `TCP_LINGER2`.
    public let finWaitTimeout = option(Int.self, 8, "TCP_LINGER2")
    /// Accepts only once data has come, waiting about this many seconds; 0 is off. `TCP_DEFER_ACCEPT`.
    public let deferAccept = option(Int.self, 9, "TCP_DEFER_ACCEPT")
    /// Largest window to advertise, bytes. `TCP_WINDOW_CLAMP`.
    public let windowClamp = option(Int.self, 10, "TCP_WINDOW_CLAMP")
    /// The connection's state and counters. `TCP_INFO`.
    public let info = option(TCPInfo.self, 11, "TCP_INFO", .readOnly)
    /// Acknowledges at once, until the kernel thinks otherwise. `TCP_QUICKACK`.
    public let quickAcknowledgment = option(Bool.self, 12, "TCP_QUICKACK")
    /// The congestion control algorithm, at most 15 bytes, such as "cubic". `TCP_CONGESTION`.
    public let congestionControl = option(String.self, 13, "TCP_CONGESTION")
    /// Signs an IPv4 peer's segments (RFC 2385). `TCP_MD5SIG`.
    public let signatureKey = option(TCPSignatureKey<IPv4Address>.self, 14, "TCP_MD5SIG", .writeOnly, kinds: .tcp4)
    /// Signs an IPv6 peer's segments (RFC 2385). `TCP_MD5SIG`.
    public let signatureKeyIPv6 = option(TCPSignatureKey<IPv6Address>.self, 14, "TCP_MD5SIG", .writeOnly, kinds: .tcp6)
    /// Backs off linearly on thin streams. `TCP_THIN_LINEAR_TIMEOUTS`.
    public let thinLinearTimeouts = option(Bool.self, 16, "TCP_THIN_LINEAR_TIMEOUTS")
    /// Without effect since Linux 4.11, always reads false. `TCP_THIN_DUPACK`.
    public let thinDuplicateAcknowledgment = option(Bool.self, 17, "TCP_THIN_DUPACK")
    /// How long data may stay unacknowledged, ms; 0 is the system's default. `TCP_USER_TIMEOUT`.
    public let userTimeout = option(Int.self, 18, "TCP_USER_TIMEOUT")
    /// Repair for checkpointing: 1 on, 0 off, -1 off without a window probe; needs `CAP_NET_ADMIN`. `TCP_REPAIR`.
    public let repair = option(Int.self, 19, "TCP_REPAIR")
    /// The queue under repair: 0 none, 1 receive, 2 send. `TCP_REPAIR_QUEUE`.
    public let repairQueue = option(Int.self, 20, "TCP_REPAIR_QUEUE")
    /// The next sequence number of the queue under repair. `TCP_QUEUE_SEQ`.
    public let queueSequence = option(UInt32.self, 21, "TCP_QUEUE_SEQ")
    /// The TCP options a connection under repair had negotiated. `TCP_REPAIR_OPTIONS`.
    public let repairOptions = option([TCPRepairOption].self, 22, "TCP_REPAIR_OPTIONS", .writeOnly)
    /// Listens for Fast Open (RFC 7413) with so many pending requests; 0 is off. `TCP_FASTOPEN`.
    public let fastOpen = option(Int.self, 23, "TCP_FASTOPEN")
    /// The clock of TCP's own timestamps; settable under repair. `TCP_TIMESTAMP`.
    public let timestamp = option(UInt32.self, 24, "TCP_TIMESTAMP")
    /// Unsent bytes below which the socket is writable; 4294967295 is no limit. `TCP_NOTSENT_LOWAT`.
    public let notSentLowWater = option(UInt32.self, 25, "TCP_NOTSENT_LOWAT")
    /// What the congestion control tells of itself, `union tcp_cc_info`; may be empty. `TCP_CC_INFO`.
    public let congestionInfo = option([UInt8].self, 26, "TCP_CC_INFO", .readOnly)
    /// Keeps the headers of accepted connections' SYN: 0 off, 1 from IP on, 2 from the link on. `TCP_SAVE_SYN`.
    public let saveSYN = option(Int.self, 27, "TCP_SAVE_SYN")
    /// The headers kept; reading drops them, empty when none are. `TCP_SAVED_SYN`.
    public let savedSYN = option([UInt8].self, 28, "TCP_SAVED_SYN", .readOnly, capacity: 512)
    /// The windows of a connection under repair. `TCP_REPAIR_WINDOW`.
    public let repairWindow = option(TCPRepairWindow.self, 29, "TCP_REPAIR_WINDOW")
    /// Connects by Fast Open: the SYN leaves with the first data. `TCP_FASTOPEN_CONNECT`.
    public let fastOpenConnect = option(Bool.self, 30, "TCP_FASTOPEN_CONNECT")
    /// Puts a protocol on top in the kernel, such as "tls"; at most 15 bytes. `TCP_ULP`.
    public let upperLayerProtocol = option(String.self, 31, "TCP_ULP")
    /// Signs the segments of a range of IPv4 peers. `TCP_MD5SIG_EXT`.
    public let signatureKeyRange = option(
        TCPSignatureKey<IPv4Address>.self, 32, "TCP_MD5SIG_EXT", .writeOnly, kinds: .tcp4)
    /// Signs the segments of a range of IPv6 peers. `TCP_MD5SIG_EXT`.
    public let signatureKeyRangeIPv6 = option(
        TCPSignatureKey<IPv6Address>.self, 32, "TCP_MD5SIG_EXT", .writeOnly, kinds: .tcp6)
    /// The key of Fast Open cookies, 16 bytes, or 32 with a backup key. `TCP_FASTOPEN_KEY`.
    public let fastOpenKey = option([UInt8].self, 33, "TCP_FASTOPEN_KEY", capacity: 32)
    /// Fast Open without cookies. `TCP_FASTOPEN_NO_COOKIE`.
    public let fastOpenNoCookie = option(Bool.self, 34, "TCP_FASTOPEN_NO_COOKIE")
    /// Receives the count of bytes still unread, as ``ControlMessage/receiveQueueLength(_:)``. `TCP_INQ`.
    public let receiveQueueLength = option(Bool.self, 36, "TCP_INQ")
    /// Delays every packet sent, µs (Linux 5.3). `TCP_TX_DELAY`.
    public let transmitDelay = option(Int.self, 37, "TCP_TX_DELAY")
    /// Adds an authentication key (RFC 5925): a `struct tcp_ao_add` (Linux 6.7). `TCP_AO_ADD_KEY`.
    public let addAuthenticationKey = option([UInt8].self, 38, "TCP_AO_ADD_KEY", .writeOnly, capacity: 512)
    /// Removes an authentication key: a `struct tcp_ao_del` (Linux 6.7). `TCP_AO_DEL_KEY`.
    public let removeAuthenticationKey = option([UInt8].self, 39, "TCP_AO_DEL_KEY", .writeOnly, capacity: 512)
    /// Authentication flags and counters to set: a `struct tcp_ao_info_opt` (Linux 6.7). `TCP_AO_INFO`.
    public let authenticationInfo = option([UInt8].self, 40, "TCP_AO_INFO", capacity: 256)
    /// Authentication state under repair: a `struct tcp_ao_repair` (Linux 6.7). `TCP_AO_REPAIR`.
    public let authenticationRepair = option([UInt8].self, 42, "TCP_AO_REPAIR")
    /// Whether the connection really is multipath TCP (Linux 6.9). `TCP_IS_MPTCP`.
    public let isMultipath = option(Bool.self, 43, "TCP_IS_MPTCP", .readOnly)
    /// Longest retransmission timeout, 1000...120000 ms (Linux 6.15). `TCP_RTO_MAX_MS`.
    public let maximumRetransmissionTimeout = option(Int.self, 44, "TCP_RTO_MAX_MS")
    /// Shortest retransmission timeout, µs (Linux 6.15). `TCP_RTO_MIN_US`.
    public let minimumRetransmissionTimeout = option(Int.self, 45, "TCP_RTO_MIN_US")
    /// Longest delay of an acknowledgment, µs (Linux 6.15). `TCP_DELACK_MAX_US`.
    public let maximumAcknowledgmentDelay = option(Int.self, 46, "TCP_DELACK_MAX_US")

    static let shared = TCPOptions()

    private static func option<Value>(
        _ type: Value.Type, _ name: Int32, _ cName: StaticString, _ access: OptionAccess = .readWrite,
        capacity: Int? = nil, kinds: SocketKinds = .tcp
    ) -> SocketOption<Value> {
        SocketOption(level: .tcp, name: name, cName: cName, access, capacity: capacity, kinds: kinds)
    }
}

extension SocketOption {
    /// Options of TCP: `TCP_*`.
    public static var tcp: TCPOptions { .shared }
}
