internal import SocketModel

// SOL_SOCKET: `net/core/sock.c`.
extension OptionRow {
    private static let internet: SocketKinds = [.tcp, .udp]

    static let socketRows: [OptionRow] = [
        // Nobody reads what is recorded.
        socket(1, "SO_DEBUG", .all, .flag),
        socket(2, "SO_REUSEADDR", .all, .flag),
        socket(3, "SO_TYPE", .all, .readOnly),
        socket(4, "SO_ERROR", .all, .readOnly),
        // All hosts are neighbours: there are no routes to do without.
        socket(5, "SO_DONTROUTE", .all, .flag),
        socket(6, "SO_BROADCAST", .all, .flag),
        socket(7, "SO_SNDBUF", .tcp, .special, initial: 16384),
        socket(7, "SO_SNDBUF", .all, .special, initial: 212_992),
        socket(8, "SO_RCVBUF", .tcp, .special, initial: 131_072),
        socket(8, "SO_RCVBUF", .all, .special, initial: 212_992),
        socket(9, "SO_KEEPALIVE", .all, .flag),
        // A stream of TCP refuses urgent data where it is sent.
        socket(10, "SO_OOBINLINE", .all, .flag),
        socket(11, "SO_NO_CHECK", .all, .refused(.protocolNotAvailable)),
        // Queues are first in, first out, as those of loopback are.
        socket(12, "SO_PRIORITY", .all, .anyInteger),
        socket(13, "SO_LINGER", .all, .special, initial: -1, reading: .linger),
        socket(14, "SO_BSDCOMPAT", .all, .ignored),
        socket(15, "SO_REUSEPORT", internet, .flag),
        socket(15, "SO_REUSEPORT", .unix, .refused(.notSupported)),
        socket(16, "SO_PASSCRED", .unix, .flag),
        socket(16, "SO_PASSCRED", internet, .error(.notSupported), reading: .error(.notSupported)),
        socket(17, "SO_PEERCRED", .all, .readOnly, reading: .bytes([0, 0, 0, 0] + [UInt8](repeating: 255, count: 8))),
        // As the other backends: receives try before they wait, and would take fewer.
        socket(18, "SO_RCVLOWAT", .all, .number(lowWater), initial: 1),
        socket(19, "SO_SNDLOWAT", .all, .readOnly, initial: 1),
        socket(20, "SO_RCVTIMEO", .all, .special, reading: .time),
        socket(21, "SO_SNDTIMEO", .all, .special, reading: .time),
        socket(25, "SO_BINDTODEVICE", .all, .special, reading: .bytes([]), minimum: 0),
        absent(26, "SO_ATTACH_FILTER"),
        socket(27, "SO_DETACH_FILTER", .all, .error(.noSuchFileOrDirectory), reading: .error(.protocolNotAvailable)),
        socket(28, "SO_PEERNAME", .all, .readOnly, reading: .error(.socketNotConnected)),
        socket(29, "SO_TIMESTAMP", .all, .special),
        socket(30, "SO_ACCEPTCONN", .all, .readOnly),
        socket(31, "SO_PEERSEC", .all, .readOnly, reading: .error(.protocolNotAvailable)),
        socket(32, "SO_SNDBUFFORCE", .all, .special, reading: .error(.protocolNotAvailable)),
        socket(33, "SO_RCVBUFFORCE", .all, .special, reading: .error(.protocolNotAvailable)),
        socket(34, "SO_PASSSEC", .unix, .refused(.notSupported)),
        socket(34, "SO_PASSSEC", internet, .error(.notSupported), reading: .error(.notSupported)),
        socket(35, "SO_TIMESTAMPNS", .all, .special),
        socket(36, "SO_MARK", .all, .refused(.notPermitted)),
        socket(37, "SO_TIMESTAMPING", .all, .refused(.notSupported), reading: .bytes([UInt8](repeating: 0, count: 8))),
        socket(38, "SO_PROTOCOL", .all, .readOnly),
        socket(39, "SO_DOMAIN", .all, .readOnly),
        socket(40, "SO_RXQ_OVFL", .all, .flag),
        socket(41, "SO_WIFI_STATUS", .all, .refused(.protocolNotAvailable)),
        socket(42, "SO_PEEK_OFF", .all, .anyInteger, initial: -1),
        socket(43, "SO_NOFCS", .all, .refused(.protocolNotAvailable)),
        socket(44, "SO_LOCK_FILTER", .all, .refused(.protocolNotAvailable)),
        // The error queue is always empty.
        socket(45, "SO_SELECT_ERR_QUEUE", .all, .flag),
        // A hint: virtual time does not pass while a processor polls.
        socket(46, "SO_BUSY_POLL", .all, .integer(0...Int64(Int32.max))),
        socket(47, "SO_MAX_PACING_RATE", .all, .refused(.notSupported), initial: -1, reading: .wide),
        absent(48, "SO_BPF_EXTENSIONS"),
        // A hint: a simulated host has one processor.
        socket(49, "SO_INCOMING_CPU", .all, .anyInteger, initial: -1),
        absent(50, "SO_ATTACH_BPF"),
        absent(51, "SO_ATTACH_REUSEPORT_CBPF"),
        absent(52, "SO_ATTACH_REUSEPORT_EBPF"),
        socket(53, "SO_CNX_ADVICE", .all, .ignored, reading: .error(.protocolNotAvailable)),
        absent(55, "SO_MEMINFO"),
        socket(56, "SO_INCOMING_NAPI_ID", .all, .readOnly),
        socket(57, "SO_COOKIE", .all, .readOnly),
        socket(59, "SO_PEERGROUPS", .all, .readOnly, reading: .error(.noData)),
        socket(60, "SO_ZEROCOPY", internet, .refused(.notSupported)),
        socket(60, "SO_ZEROCOPY", .unix, .error(.notSupported)),
        socket(61, "SO_TXTIME", .all, .error(.invalidArgument), reading: .bytes([UInt8](repeating: 0, count: 8))),
        socket(62, "SO_BINDTOIFINDEX", .all, .refused(.notSupported)),
        absent(68, "SO_DETACH_REUSEPORT_BPF"),
        socket(69, "SO_PREFER_BUSY_POLL", .all, .flag),
        socket(70, "SO_BUSY_POLL_BUDGET", .all, .integer(0...65535), reading: .error(.protocolNotAvailable)),
        absent(71, "SO_NETNS_COOKIE"),
        socket(72, "SO_BUF_LOCK", .all, .integer(0...3)),
        socket(73, "SO_RESERVE_MEM", .all, .number(reservedMemory)),
        // There is one way between two hosts, whatever the hash.
        socket(74, "SO_TXREHASH", .tcp, .orInitial(0...1), initial: 1),
        socket(74, "SO_TXREHASH", .all, .error(.notSupported), reading: .error(.notSupported)),
        socket(75, "SO_RCVMARK", .all, .refused(.notSupported)),
        socket(76, "SO_PASSPIDFD", .unix, .refused(.notSupported)),
        socket(76, "SO_PASSPIDFD", internet, .error(.notSupported), reading: .error(.notSupported)),
        socket(77, "SO_PEERPIDFD", .all, .readOnly, reading: .error(.noData)),
        absent(80, "SO_DEVMEM_DONTNEED"),
        socket(82, "SO_RCVPRIORITY", .all, .refused(.notSupported)),
        socket(83, "SO_PASSRIGHTS", .unix, .flag, initial: 1),
        socket(83, "SO_PASSRIGHTS", internet, .error(.notSupported), reading: .error(.notSupported)),
    ]

    private static func socket(
        _ name: Int32, _ cName: StaticString, _ kinds: SocketKinds, _ rule: OptionRule, initial: Int64 = 0,
        reading: OptionReading? = nil, minimum: Int? = nil
    ) -> OptionRow {
        OptionRow(.socket, name, cName, kinds, rule, initial: initial, reading: reading, minimum: minimum)
    }

    /// The kernel was built without it.
    private static func absent(_ name: Int32, _ cName: StaticString) -> OptionRow {
        socket(name, cName, .all, .readOnly, reading: .error(.protocolNotAvailable))
    }

    private static func lowWater(_ value: Int32) throws(Errno) -> Int64 {
        guard value == 0 || value == 1 else { throw .notSupported }
        return 1
    }

    private static func reservedMemory(_ value: Int32) throws(Errno) -> Int64 {
        throw value < 0 ? .invalidArgument : .notSupported
    }
}
