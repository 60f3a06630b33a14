internal import SocketModel

/// One option: which sockets have it, what it is at first, and what it takes.
struct OptionRow: Sendable {
    let level: OptionLevel
    let name: Int32
    /// The name in C's headers, for whoever reads the tables.
    let cName: StaticString
    let kinds: SocketKinds
    let rule: OptionRule
    let initial: Int64
    let reading: OptionReading
    /// Values of fewer bytes are refused.
    let minimum: Int
    /// Values of more bytes are refused, too.
    let maximum: Int

    init(
        _ level: OptionLevel, _ name: Int32, _ cName: StaticString, _ kinds: SocketKinds, _ rule: OptionRule,
        initial: Int64 = 0, reading: OptionReading? = nil, minimum: Int? = nil, maximum: Int = .max
    ) {
        self.level = level
        self.name = name
        self.cName = cName
        self.kinds = kinds
        self.rule = rule
        self.initial = initial
        self.reading = reading ?? (level == .ip ? .integerOrByte : .integer)
        self.minimum = minimum ?? (level == .ip ? 0 : 4)
        self.maximum = maximum
    }
}

/// How a value is told.
enum OptionReading: Sendable {
    /// A C `int`, or as many bytes of it as there is room for.
    case integer
    /// A C `int`, or one byte if there is no room for it and the value fits.
    case integerOrByte
    /// 64 bits, or if there is no room for them 32.
    case wide
    /// A `struct timeval`.
    case time
    /// A `struct linger`.
    case linger
    /// Always these bytes, or as many as there is room for.
    case bytes([UInt8])
    /// It cannot be read.
    case error(Errno)
}

/// What setting a value comes to.
enum OptionRule: Sendable {
    /// Anything but 0 is 1.
    case flag
    /// Only these; others are `EINVAL`.
    case integer(ClosedRange<Int64>)
    /// Only these, or -1 for what it is at first; others are `EINVAL`.
    case orInitial(ClosedRange<Int64>)
    /// A value that is made another.
    case number(@Sendable (Int32) throws(Errno) -> Int64)
    /// Taken, and without effect with Linux, too.
    case ignored
    /// Anything but what it is at first: the simulation does not have it.
    case refused(Errno)
    /// Always.
    case error(Errno)
    /// More than one value: ``SocketOptionTable`` knows.
    case special
    /// The socket itself carries it out.
    case live

    /// Any C `int`.
    static let anyInteger = OptionRule.integer(Int64(Int32.min)...Int64(Int32.max))
    static let byte = OptionRule.integer(0...255)
    /// 0 or 1, nothing else.
    static let strictFlag = OptionRule.integer(0...1)
    static let readOnly = OptionRule.error(.protocolNotAvailable)
}

extension OptionRow {
    /// The row for a socket of that kind.
    static func find(_ key: OptionKey, _ kind: SocketKinds) -> OptionRow? {
        table[key]?.first { !$0.kinds.isDisjoint(with: kind) }
    }

    private static let table: [OptionKey: [OptionRow]] = {
        var table: [OptionKey: [OptionRow]] = [:]
        for row in all {
            if let key = OptionKey(row.level, row.name) { table[key, default: []].append(row) }
        }
        return table
    }()

    /// All options of simulated sockets, as Linux 6.18 has them for a program that may do everything in its network namespace.
    ///
    /// What a simulated network has no counterpart of is refused, with the error of a kernel that was built without it: BPF programs and
    /// locked filters, `SO_BINDTODEVICE`, `SO_BINDTOIFINDEX`, `IP_UNICAST_IF`, marks, pacing, zero-copy sends, transmit times, packet stamps beside those of
    /// `SO_TIMESTAMP` and `SO_TIMESTAMPNS`, Wi-Fi status, security labels, checksums, IP options and extension headers, flow labels,
    /// RFC 2292's numbers, the error queue (`IP_RECVERR`), transparent sockets, minimal hop counts, IPsec, anycast, signatures, repair, Fast
    /// Open, saved SYNs, upper layers, transmit delays and other retransmission bounds, UDP encapsulation. The congestion
    /// control is `reno`.
    static let all = socketRows + ipRows + ipv6Rows + tcpRows + udpRows
}
