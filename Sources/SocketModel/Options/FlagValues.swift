/// What a socket does about datagrams larger than the path's MTU: `IP_PMTUDISC_*`, `IPV6_PMTUDISC_*`.
public struct PathMTUDiscovery: RawRepresentable, Int32OptionValue, Codable {
    /// The number of the kernel's headers.
    public let rawValue: Int32
    /// Names any number.
    public init(rawValue: Int32) { self.rawValue = rawValue }
    /// Fragment; never set the don't-fragment flag: `IP_PMTUDISC_DONT`.
    public static let never = PathMTUDiscovery(rawValue: 0)
    /// Follow the route's setting: `IP_PMTUDISC_WANT`, the default.
    public static let perRoute = PathMTUDiscovery(rawValue: 1)
    /// Always set don't-fragment and refuse larger datagrams with `EMSGSIZE`: `IP_PMTUDISC_DO`.
    public static let always = PathMTUDiscovery(rawValue: 2)
    /// Set don't-fragment but ignore the known path MTU, to probe it: `IP_PMTUDISC_PROBE`.
    public static let probe = PathMTUDiscovery(rawValue: 3)
    /// Use the interface's MTU and ignore the path's, which may be forged: `IP_PMTUDISC_INTERFACE`.
    public static let interface = PathMTUDiscovery(rawValue: 4)
    /// Like ``interface``, but fragment larger datagrams: `IP_PMTUDISC_OMIT`.
    public static let omit = PathMTUDiscovery(rawValue: 5)
}

/// The former type-of-service byte, IPv6's traffic class: a differentiated services code point and two bits of ECN.
public struct TypeOfService: RawRepresentable, Int32OptionValue, Codable, BitwiseCopyable {
    /// The byte as it stands in the IP header.
    public let rawValue: UInt8
    /// Any byte.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Puts a byte together from a code point, whose low six bits count, and ECN, whose low two bits do (RFC 2474, RFC 3168).
    public init(codePoint: UInt8, ecn: UInt8 = 0) { rawValue = codePoint << 2 | ecn & 3 }

    /// The differentiated services code point, 0...63.
    public var codePoint: UInt8 { rawValue >> 2 }
    /// Explicit congestion notification: 0 not capable, 1 ECT(1), 2 ECT(0), 3 congestion experienced.
    public var ecn: UInt8 { rawValue & 3 }

    /// Best effort.
    public static let normal = TypeOfService(rawValue: 0)
    /// `IPTOS_LOWDELAY`.
    public static let lowDelay = TypeOfService(rawValue: 0x10)
    /// `IPTOS_THROUGHPUT`.
    public static let throughput = TypeOfService(rawValue: 0x08)
    /// `IPTOS_RELIABILITY`.
    public static let reliability = TypeOfService(rawValue: 0x04)
    /// `IPTOS_MINCOST`.
    public static let minimumCost = TypeOfService(rawValue: 0x02)
    /// Expedited forwarding (RFC 3246).
    public static let expeditedForwarding = TypeOfService(codePoint: 46)

    init(optionInteger: Int32) throws(OptionValueError) {
        self.init(rawValue: try narrow(optionInteger, to: UInt8.self))
    }
    var optionInteger: Int32 { Int32(rawValue) }
}

/// Which time stamps to take and report: `SOF_TIMESTAMPING_*`.
public struct TimestampingFlags: OptionSet, Hashable, Sendable, Codable {
    /// The bits of the kernel's headers.
    public let rawValue: UInt32
    /// Any set of bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Take a stamp when the adapter sends: `SOF_TIMESTAMPING_TX_HARDWARE`.
    public static let transmitHardware = TimestampingFlags(rawValue: 1 << 0)
    /// Take a stamp when the driver sends: `SOF_TIMESTAMPING_TX_SOFTWARE`.
    public static let transmitSoftware = TimestampingFlags(rawValue: 1 << 1)
    /// Take a stamp when the adapter receives: `SOF_TIMESTAMPING_RX_HARDWARE`.
    public static let receiveHardware = TimestampingFlags(rawValue: 1 << 2)
    /// Take a stamp when the kernel receives: `SOF_TIMESTAMPING_RX_SOFTWARE`.
    public static let receiveSoftware = TimestampingFlags(rawValue: 1 << 3)
    /// Report software stamps: `SOF_TIMESTAMPING_SOFTWARE`.
    public static let reportSoftware = TimestampingFlags(rawValue: 1 << 4)
    /// Obsolete, ignored by the kernel: `SOF_TIMESTAMPING_SYS_HARDWARE`.
    public static let reportSystemHardware = TimestampingFlags(rawValue: 1 << 5)
    /// Report hardware stamps: `SOF_TIMESTAMPING_RAW_HARDWARE`.
    public static let reportRawHardware = TimestampingFlags(rawValue: 1 << 6)
    /// Give each packet an identifier, reported with its stamps: `SOF_TIMESTAMPING_OPT_ID`.
    public static let identify = TimestampingFlags(rawValue: 1 << 7)
    /// Take a stamp before the packet scheduler: `SOF_TIMESTAMPING_TX_SCHED`.
    public static let transmitScheduled = TimestampingFlags(rawValue: 1 << 8)
    /// Take a stamp when all of the send was acknowledged (TCP): `SOF_TIMESTAMPING_TX_ACK`.
    public static let transmitAcknowledged = TimestampingFlags(rawValue: 1 << 9)
    /// Support control messages on all stamped packets: `SOF_TIMESTAMPING_OPT_CMSG`.
    public static let controlMessages = TimestampingFlags(rawValue: 1 << 10)
    /// Return transmit stamps without the packet: `SOF_TIMESTAMPING_OPT_TSONLY`.
    public static let stampOnly = TimestampingFlags(rawValue: 1 << 11)
    /// Add TCP statistics to transmit stamps: `SOF_TIMESTAMPING_OPT_STATS`.
    public static let statistics = TimestampingFlags(rawValue: 1 << 12)
    /// Report interface and length with hardware receive stamps: `SOF_TIMESTAMPING_OPT_PKTINFO`.
    public static let packetInfo = TimestampingFlags(rawValue: 1 << 13)
    /// Take both transmit stamps, hardware and software: `SOF_TIMESTAMPING_OPT_TX_SWHW`.
    public static let bothTransmitStamps = TimestampingFlags(rawValue: 1 << 14)
    /// Use the clock named by ``Timestamping/boundClock``: `SOF_TIMESTAMPING_BIND_PHC` (Linux 5.14).
    public static let bindClock = TimestampingFlags(rawValue: 1 << 15)
    /// Count identifiers of TCP from the call on: `SOF_TIMESTAMPING_OPT_ID_TCP` (Linux 6.2).
    public static let identifyTCP = TimestampingFlags(rawValue: 1 << 16)
    /// Report only receive stamps this socket asked for: `SOF_TIMESTAMPING_OPT_RX_FILTER` (Linux 6.12).
    public static let filterReceived = TimestampingFlags(rawValue: 1 << 17)
    /// Take a stamp when the device completes the send: `SOF_TIMESTAMPING_TX_COMPLETION` (Linux 6.15).
    public static let transmitCompleted = TimestampingFlags(rawValue: 1 << 18)
}

/// Which time stamps a socket takes, and by which clock: `struct so_timestamping`, the value of `SO_TIMESTAMPING`.
public struct Timestamping: SocketOptionValue, Codable {
    /// What to stamp and report.
    public let flags: TimestampingFlags
    /// The PTP virtual clock to use with ``TimestampingFlags/bindClock``: `bind_phc`.
    public let boundClock: Int32

    /// Asks for time stamps; no flags turn them off.
    public init(_ flags: TimestampingFlags, boundClock: Int32 = 0) {
        self.flags = flags
        self.boundClock = boundClock
    }

    /// Eight.
    public static var optionLength: Int { 8 }

    /// Reads a `struct so_timestamping`, or the `int` older kernels give.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        let flags = TimestampingFlags(rawValue: try bytes.require(UInt32.self, at: 0))
        self.init(flags, boundClock: bytes.load(Int32.self, at: 4) ?? 0)
    }

    /// A `struct so_timestamping`, which begins with the `int` older kernels take.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        var bytes = OptionBytes(zeros: 8)
        bytes.store(flags.rawValue, at: 0)
        bytes.store(boundClock, at: 4)
        return bytes
    }
}

/// Which buffer sizes the kernel may not adjust: `SOCK_SNDBUF_LOCK`, `SOCK_RCVBUF_LOCK`, the value of `SO_BUF_LOCK`.
public struct BufferLocks: OptionSet, Int32OptionValue, Codable {
    /// The bits of the kernel's headers.
    public let rawValue: Int32
    /// Any set of bits; the kernel refuses others than these two.
    public init(rawValue: Int32) { self.rawValue = rawValue }
    /// The send buffer: `SOCK_SNDBUF_LOCK`.
    public static let send = BufferLocks(rawValue: 1)
    /// The receive buffer: `SOCK_RCVBUF_LOCK`.
    public static let receive = BufferLocks(rawValue: 2)
}

/// Which of a host's IPv6 addresses to prefer as source: `IPV6_PREFER_SRC_*` (RFC 5014).
public struct AddressPreferences: OptionSet, Int32OptionValue, Codable {
    /// The bits of the kernel's headers.
    public let rawValue: Int32
    /// Any set of bits.
    public init(rawValue: Int32) { self.rawValue = rawValue }
    /// Temporary (privacy) addresses: `IPV6_PREFER_SRC_TMP`.
    public static let temporary = AddressPreferences(rawValue: 0x0001)
    /// Public addresses: `IPV6_PREFER_SRC_PUBLIC`.
    public static let publicAddress = AddressPreferences(rawValue: 0x0002)
    /// The system's default between the two: `IPV6_PREFER_SRC_PUBTMP_DEFAULT`.
    public static let temporaryOrPublicDefault = AddressPreferences(rawValue: 0x0100)
    /// Care-of addresses: `IPV6_PREFER_SRC_COA`.
    public static let careOf = AddressPreferences(rawValue: 0x0004)
    /// Home addresses: `IPV6_PREFER_SRC_HOME`.
    public static let home = AddressPreferences(rawValue: 0x0400)
    /// Cryptographically generated addresses: `IPV6_PREFER_SRC_CGA`.
    public static let cryptographic = AddressPreferences(rawValue: 0x0008)
    /// Others than those: `IPV6_PREFER_SRC_NONCGA`.
    public static let nonCryptographic = AddressPreferences(rawValue: 0x0800)
}
