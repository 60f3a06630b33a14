internal import SocketModel

// IPPROTO_TCP: `net/ipv4/tcp.c`; IPPROTO_UDP: `net/ipv4/udp.c`.
extension OptionRow {
    static let tcpRows: [OptionRow] = [
        tcp(1, "TCP_NODELAY", .flag),
        tcp(2, "TCP_MAXSEG", .number(segment), initial: 536),
        tcp(3, "TCP_CORK", .flag),
        tcp(4, "TCP_KEEPIDLE", .integer(1...32767), initial: 7200),
        tcp(5, "TCP_KEEPINTVL", .integer(1...32767), initial: 75),
        tcp(6, "TCP_KEEPCNT", .integer(1...127), initial: 9),
        tcp(7, "TCP_SYNCNT", .integer(1...127), initial: 6),
        tcp(
            8, "TCP_LINGER2",
            .number { value throws(Errno) in value < 0 ? -1 : value == 0 ? 60 : min(Int64(value), 120) }, initial: 60),
        tcp(9, "TCP_DEFER_ACCEPT", .number(deferral)),
        tcp(10, "TCP_WINDOW_CLAMP", .number { value throws(Errno) in value == 0 ? 0 : max(Int64(value), 1152) }),
        tcp(11, "TCP_INFO", .readOnly),
        tcp(12, "TCP_QUICKACK", .flag, initial: 1),
        tcp(13, "TCP_CONGESTION", .live, reading: .bytes(reno), minimum: 1),
        absent(14, "TCP_MD5SIG"),
        tcp(16, "TCP_THIN_LINEAR_TIMEOUTS", .refused(.invalidArgument)),
        tcp(17, "TCP_THIN_DUPACK", .number { value throws(Errno) in try without(value, in: 0...1) }),
        tcp(18, "TCP_USER_TIMEOUT", .integer(0...Int64(Int32.max))),
        tcp(19, "TCP_REPAIR", .refused(.notPermitted)),
        tcp(20, "TCP_REPAIR_QUEUE", .error(.notPermitted), reading: .error(.invalidArgument)),
        tcp(21, "TCP_QUEUE_SEQ", .error(.invalidArgument), reading: .error(.invalidArgument)),
        tcp(22, "TCP_REPAIR_OPTIONS", .error(.invalidArgument), reading: .error(.protocolNotAvailable)),
        tcp(23, "TCP_FASTOPEN", .number { value throws(Errno) in try refusing(value, .protocolNotAvailable) }),
        absent(24, "TCP_TIMESTAMP"),
        tcp(25, "TCP_NOTSENT_LOWAT", .anyInteger),
        // Reno tells nothing of itself.
        tcp(26, "TCP_CC_INFO", .readOnly, reading: .bytes([])),
        tcp(
            27, "TCP_SAVE_SYN",
            .number { value throws(Errno) in try refusing(value, value > 2 ? .invalidArgument : .protocolNotAvailable) }
        ),
        tcp(28, "TCP_SAVED_SYN", .readOnly, reading: .bytes([])),
        tcp(29, "TCP_REPAIR_WINDOW", .error(.notPermitted), reading: .error(.invalidArgument)),
        tcp(
            30, "TCP_FASTOPEN_CONNECT",
            .number { value throws(Errno) in try refusing(value, value > 1 ? .invalidArgument : .notSupported) }),
        tcp(31, "TCP_ULP", .error(.noSuchFileOrDirectory), reading: .bytes([]), minimum: 1),
        absent(32, "TCP_MD5SIG_EXT"),
        tcp(33, "TCP_FASTOPEN_KEY", .error(.invalidArgument), reading: .bytes([])),
        tcp(34, "TCP_FASTOPEN_NO_COOKIE", .refused(.invalidArgument)),
        tcp(36, "TCP_INQ", .strictFlag),
        tcp(37, "TCP_TX_DELAY", .refused(.invalidArgument)),
        tcp(43, "TCP_IS_MPTCP", .readOnly),
        tcp(44, "TCP_RTO_MAX_MS", .refused(.invalidArgument), initial: 120_000),
        tcp(45, "TCP_RTO_MIN_US", .refused(.invalidArgument), initial: 200_000),
        tcp(46, "TCP_DELACK_MAX_US", .refused(.invalidArgument), initial: 200_000),
    ]

    static let udpRows: [OptionRow] = [
        udp(1, "UDP_CORK", .flag),
        udp(10, "UDPLITE_SEND_CSCOV", .readOnly),
        udp(11, "UDPLITE_RECV_CSCOV", .readOnly),
        udp(100, "UDP_ENCAP", .refused(.protocolNotAvailable)),
        udp(101, "UDP_NO_CHECK6_TX", .refused(.protocolNotAvailable)),
        udp(102, "UDP_NO_CHECK6_RX", .refused(.protocolNotAvailable)),
        udp(103, "UDP_SEGMENT", .integer(0...65535)),
        udp(104, "UDP_GRO", .flag),
    ]

    private static func tcp(
        _ name: Int32, _ cName: StaticString, _ rule: OptionRule, initial: Int64 = 0, reading: OptionReading? = nil,
        minimum: Int? = nil
    ) -> OptionRow {
        OptionRow(.tcp, name, cName, .tcp, rule, initial: initial, reading: reading, minimum: minimum)
    }

    private static func udp(_ name: Int32, _ cName: StaticString, _ rule: OptionRule) -> OptionRow {
        OptionRow(.udp, name, cName, .udp, rule)
    }

    /// The kernel was built without it.
    private static func absent(_ name: Int32, _ cName: StaticString) -> OptionRow {
        tcp(name, cName, .readOnly, reading: .error(.protocolNotAvailable))
    }

    /// The name of the congestion control as the kernel tells it.
    static let reno: [UInt8] = Array("reno".utf8) + [UInt8](repeating: 0, count: 12)

    private static func segment(_ value: Int32) throws(Errno) -> Int64 {
        guard value == 0 || (88...32767).contains(value) else { throw .invalidArgument }
        return value == 0 ? 536 : Int64(value)
    }

    /// Seconds, as many as whole repetitions of a SYN-ACK take, each after twice the time of the one before.
    private static func deferral(_ value: Int32) throws(Errno) -> Int64 {
        guard value > 0 else { return 0 }
        var (period, pause): (Int64, Int64) = (1, 1)
        for _ in 1..<255 where Int64(value) > period {
            pause = min(pause * 2, 120)
            period += pause
        }
        return period
    }

    /// Taken, and without effect with Linux, too.
    private static func without(_ value: Int32, in range: ClosedRange<Int32>) throws(Errno) -> Int64 {
        guard range.contains(value) else { throw .invalidArgument }
        return 0
    }

    /// Only off.
    private static func refusing(_ value: Int32, _ error: Errno) throws(Errno) -> Int64 {
        if value < 0 { throw .invalidArgument }
        if value > 0 { throw error }
        return 0
    }
}
