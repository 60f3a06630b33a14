/// The state and counters of a TCP connection: `struct tcp_info`, the value of `TCP_INFO`.
///
/// It keeps the kernel's bytes and reads fields when asked. Fields newer than the running kernel are nil; since which
/// kernel a field exists is said where that is newer than 4.0. Bytes beyond what this type knows are kept.
public struct TCPInfo: SocketOptionValue {
    /// The structure as the kernel gave it, at least ``minimumLength`` bytes.
    public let bytes: OptionBytes

    /// The size of the structure up to `tcpi_total_retrans`, which every kernel gives: 104.
    public static var minimumLength: Int { 104 }

    /// 512: more than the 280 bytes of Linux 6.18, so that later fields are kept too.
    public static var optionLength: Int { 512 }

    /// Keeps a `struct tcp_info` of any version.
    ///
    /// - Throws: ``OptionValueError/Reason/tooShort(count:minimum:)`` below ``minimumLength`` bytes.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        try bytes.require(count: Self.minimumLength)
        self.bytes = bytes
    }

    /// The structure as it was read.
    public func optionBytes() throws(OptionValueError) -> OptionBytes { bytes }

    // Fields of the part every kernel gives: the initializer has checked that it is there.
    func byte(_ offset: Int) -> UInt8 { bytes.load(UInt8.self, at: offset) ?? 0 }
    func word(_ offset: Int) -> UInt32 { bytes.load(UInt32.self, at: offset) ?? 0 }
}

extension TCPInfo: CustomStringConvertible {
    /// State, round-trip time, congestion window and retransmissions.
    public var description: String {
        "\(state), rtt \(roundTripTime), cwnd \(congestionWindow), \(totalRetransmissions) retransmitted"
    }
}

/// A state of the TCP state machine: `TCP_ESTABLISHED` and so on.
public struct TCPState: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The number of the kernel's headers.
    public let rawValue: UInt8
    /// Names any number.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// `TCP_ESTABLISHED`.
    public static let established = TCPState(rawValue: 1)
    /// `TCP_SYN_SENT`.
    public static let synSent = TCPState(rawValue: 2)
    /// `TCP_SYN_RECV`.
    public static let synReceived = TCPState(rawValue: 3)
    /// `TCP_FIN_WAIT1`.
    public static let finWait1 = TCPState(rawValue: 4)
    /// `TCP_FIN_WAIT2`.
    public static let finWait2 = TCPState(rawValue: 5)
    /// `TCP_TIME_WAIT`.
    public static let timeWait = TCPState(rawValue: 6)
    /// `TCP_CLOSE`.
    public static let closed = TCPState(rawValue: 7)
    /// `TCP_CLOSE_WAIT`.
    public static let closeWait = TCPState(rawValue: 8)
    /// `TCP_LAST_ACK`.
    public static let lastAcknowledgment = TCPState(rawValue: 9)
    /// `TCP_LISTEN`.
    public static let listening = TCPState(rawValue: 10)
    /// `TCP_CLOSING`.
    public static let closing = TCPState(rawValue: 11)
    /// `TCP_NEW_SYN_RECV`.
    public static let newSynReceived = TCPState(rawValue: 12)

    /// The state's name in C's headers without `TCP_`, or its number.
    public var description: String {
        let names = [
            "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "CLOSE", "CLOSE_WAIT",
            "LAST_ACK", "LISTEN", "CLOSING", "NEW_SYN_RECV",
        ]
        return (1...names.count).contains(Int(rawValue)) ? names[Int(rawValue) - 1] : "state \(rawValue)"
    }
}

/// What a TCP connection negotiated: `TCPI_OPT_*`.
public struct TCPInfoOptions: OptionSet, Hashable, Sendable, Codable {
    /// The bits of the kernel's headers.
    public let rawValue: UInt8
    /// Any set of bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Timestamps: `TCPI_OPT_TIMESTAMPS`.
    public static let timestamps = TCPInfoOptions(rawValue: 1)
    /// Selective acknowledgment: `TCPI_OPT_SACK`.
    public static let selectiveAcknowledgment = TCPInfoOptions(rawValue: 2)
    /// Window scaling: `TCPI_OPT_WSCALE`.
    public static let windowScaling = TCPInfoOptions(rawValue: 4)
    /// Explicit congestion notification: `TCPI_OPT_ECN`.
    public static let ecn = TCPInfoOptions(rawValue: 8)
    /// A packet came marked capable of it: `TCPI_OPT_ECN_SEEN`.
    public static let ecnSeen = TCPInfoOptions(rawValue: 16)
    /// Data in the SYN was acknowledged: `TCPI_OPT_SYN_DATA`.
    public static let synData = TCPInfoOptions(rawValue: 32)
    /// Timestamps in microseconds (Linux 6.7): `TCPI_OPT_USEC_TS`.
    public static let microsecondTimestamps = TCPInfoOptions(rawValue: 64)
    /// The child of a Fast Open request that is not acknowledged yet (Linux 6.14): `TCPI_OPT_TFO_CHILD`.
    public static let fastOpenChild = TCPInfoOptions(rawValue: 128)
}
