/// An error from a socket's error queue: `struct sock_extended_err` and the address that follows it.
public struct ExtendedError: Hashable, Sendable, Codable {
    /// Where an error came from: `SO_EE_ORIGIN_*`.
    public struct Origin: RawRepresentable, Hashable, Sendable, Codable {
        /// The number of the kernel's headers.
        public let rawValue: UInt8
        /// Names any number.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// No error: `SO_EE_ORIGIN_NONE`.
        public static let none = Origin(rawValue: 0)
        /// This host: `SO_EE_ORIGIN_LOCAL`.
        public static let local = Origin(rawValue: 1)
        /// An ICMP message: `SO_EE_ORIGIN_ICMP`.
        public static let icmp = Origin(rawValue: 2)
        /// An ICMPv6 message: `SO_EE_ORIGIN_ICMP6`.
        public static let icmpv6 = Origin(rawValue: 3)
        /// A transmit time stamp: `SO_EE_ORIGIN_TXSTATUS`, `SO_EE_ORIGIN_TIMESTAMPING`.
        public static let timestamping = Origin(rawValue: 4)
        /// The end of a zero-copy send: `SO_EE_ORIGIN_ZEROCOPY`.
        public static let zeroCopy = Origin(rawValue: 5)
        /// A timed send that failed: `SO_EE_ORIGIN_TXTIME`.
        public static let transmitTime = Origin(rawValue: 6)
    }

    /// The error: `ee_errno`.
    public let errno: Errno
    /// Where it came from: `ee_origin`.
    public let origin: Origin
    /// The ICMP type: `ee_type`.
    public let type: UInt8
    /// The ICMP code: `ee_code`.
    public let code: UInt8
    /// For `EMSGSIZE` the path's MTU; for zero-copy the first send done; for time stamps which one it is: `ee_info`.
    public let info: UInt32
    /// For zero-copy the last send done; for time stamps the packet's identifier: `ee_data`.
    public let data: UInt32
    /// The `struct sockaddr` of the node that caused the error; empty, or of family 0, when there is none: `SO_EE_OFFENDER`.
    /// ``offenderAddress`` reads it.
    public let offender: [UInt8]

    /// Puts an error together.
    public init(
        errno: Errno, origin: Origin, type: UInt8 = 0, code: UInt8 = 0, info: UInt32 = 0, data: UInt32 = 0,
        offender: [UInt8] = []
    ) {
        self.errno = errno
        self.origin = origin
        self.type = type
        self.code = code
        self.info = info
        self.data = data
        self.offender = offender
    }

    init?(_ bytes: OptionBytes) {
        guard bytes.count >= 16, bytes.load(UInt8.self, at: 7) == 0, let number = bytes.load(Int32.self, at: 0),
            let origin = bytes.load(UInt8.self, at: 4), let type = bytes.load(UInt8.self, at: 5),
            let code = bytes.load(UInt8.self, at: 6), let info = bytes.load(UInt32.self, at: 8),
            let data = bytes.load(UInt32.self, at: 12)
        else { return nil }
        self.init(
            errno: Errno(rawValue: number), origin: Origin(rawValue: origin), type: type, code: code, info: info,
            data: data, offender: Array(bytes.slice(at: 16)))
    }

    var encoded: OptionBytes {
        var bytes = OptionBytes(zeros: 16 + offender.count)
        bytes.store(errno.rawValue, at: 0)
        bytes.store(origin.rawValue, at: 4)
        bytes.store(type, at: 5)
        bytes.store(code, at: 6)
        bytes.store(info, at: 8)
        bytes.store(data, at: 12)
        bytes.store(contentsOf: offender, at: 16)
        return bytes
    }
}
