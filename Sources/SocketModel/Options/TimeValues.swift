/// Whether `close(2)` waits for unsent data, and how long: `struct linger`, the value of `SO_LINGER`.
public enum Linger: SocketOptionValue, Codable {
    /// `close` returns at once and the kernel sends the rest in the background: the default.
    case off
    /// `close` waits until the data is sent, at most this many seconds (0...2147483647).
    ///
    /// With zero seconds a TCP connection is reset and unsent data thrown away.
    case on(seconds: Int)

    /// Eight.
    public static var optionLength: Int { 8 }

    /// Reads a `struct linger`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        let isOn = try bytes.require(Int32.self, at: 0)
        let seconds = try bytes.require(Int32.self, at: 4)
        self = isOn == 0 ? .off : .on(seconds: Int(seconds))
    }

    /// A `struct linger`.
    ///
    /// - Throws: ``OptionValueError/Reason/outOfRange(value:lowest:highest:)`` for negative or too many seconds.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        var bytes = OptionBytes(zeros: 8)
        guard case .on(let seconds) = self else { return bytes }
        guard seconds >= 0, let wide = Int32(exactly: seconds) else {
            throw OptionValueError(.outOfRange(value: String(seconds), lowest: 0, highest: Int64(Int32.max)))
        }
        bytes.store(Int32(1), at: 0)
        bytes.store(wide, at: 4)
        return bytes
    }
}

extension Duration: SocketOptionValue {
    /// Sixteen: `struct timeval` of a 64-bit system.
    public static var optionLength: Int { 16 }

    /// Reads a `struct timeval`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        let seconds = try bytes.require(Int64.self, at: 0)
        let microseconds = try bytes.require(Int64.self, at: 8)
        guard (0..<1_000_000).contains(microseconds) else {
            throw OptionValueError(.malformed("microseconds below a million, not \(microseconds)"))
        }
        self = Duration(secondsComponent: seconds, attosecondsComponent: microseconds * 1_000_000_000_000)
    }

    /// A `struct timeval`, rounded up to whole microseconds, so that a tiny timeout does not become zero, which means none.
    ///
    /// - Throws: ``OptionValueError/Reason/outOfRange(value:lowest:highest:)`` for negative durations.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        guard self >= .zero else {
            throw OptionValueError(.outOfRange(value: "\(self)", lowest: 0, highest: .max))
        }
        let perMicrosecond: Int64 = 1_000_000_000_000
        var (seconds, attoseconds) = components
        var microseconds = attoseconds / perMicrosecond + (attoseconds % perMicrosecond == 0 ? 0 : 1)
        if microseconds == 1_000_000 {
            let (carried, overflow) = seconds.addingReportingOverflow(1)
            (seconds, microseconds) = overflow ? (seconds, 999_999) : (carried, 0)
        }
        attoseconds = 0
        var bytes = OptionBytes(zeros: 16)
        bytes.store(seconds, at: 0)
        bytes.store(microseconds, at: 8)
        return bytes
    }
}

/// The clock and flags of timed transmission: `struct sock_txtime`, the value of `SO_TXTIME`.
public struct TransmitTime: SocketOptionValue, Codable {
    /// What `flags` may say: `SOF_TXTIME_*`.
    public struct Flags: OptionSet, Hashable, Sendable, Codable {
        /// The bits of the kernel's headers.
        public let rawValue: UInt32
        /// Any set of bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// The time is a deadline, not the moment to send at: `SOF_TXTIME_DEADLINE_MODE`.
        public static let deadline = Flags(rawValue: 1)
        /// Report packets that could not be sent in time through the error queue: `SOF_TXTIME_REPORT_ERRORS`.
        public static let reportErrors = Flags(rawValue: 2)
    }

    /// The clock the times are of, such as 1, `CLOCK_MONOTONIC`, or 11, `CLOCK_TAI`.
    public let clock: Int32
    /// How times are meant.
    public let flags: Flags

    /// Names a clock by its `CLOCK_*` number.
    public init(clock: Int32, flags: Flags = []) {
        self.clock = clock
        self.flags = flags
    }

    /// Eight.
    public static var optionLength: Int { 8 }

    /// Reads a `struct sock_txtime`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        self.init(
            clock: try bytes.require(Int32.self, at: 0), flags: Flags(rawValue: try bytes.require(UInt32.self, at: 4)))
    }

    /// A `struct sock_txtime`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        var bytes = OptionBytes(zeros: 8)
        bytes.store(clock, at: 0)
        bytes.store(flags.rawValue, at: 4)
        return bytes
    }
}
