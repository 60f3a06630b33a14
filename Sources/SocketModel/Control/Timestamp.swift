/// A moment a packet was stamped with: `struct timespec`, or `struct timeval`. Which clock it is of depends on the
/// stamp: software stamps are of the system's wall clock, hardware stamps of the adapter's.
public struct Timestamp: Hashable, Sendable, Codable {
    /// Seconds since the clock's epoch.
    public let seconds: Int64
    /// Nanoseconds beyond them, 0...999999999.
    public let nanoseconds: Int32

    /// Names a moment. Nanoseconds outside 0...999999999 are held to that range.
    public init(seconds: Int64, nanoseconds: Int32) {
        self.seconds = seconds
        self.nanoseconds = min(max(nanoseconds, 0), 999_999_999)
    }

    /// Reads two 64-bit numbers, the second in units of which `perSecond` make a second.
    init?(_ bytes: OptionBytes, at offset: Int, perSecond: Int64) {
        guard let seconds = bytes.load(Int64.self, at: offset), let fraction = bytes.load(Int64.self, at: offset + 8),
            (0..<perSecond).contains(fraction)
        else { return nil }
        self.init(seconds: seconds, nanoseconds: Int32(fraction * (1_000_000_000 / perSecond)))
    }

    /// Whether it is the zero the kernel puts where there is no stamp.
    public var isZero: Bool { seconds == 0 && nanoseconds == 0 }
}

/// The stamps of one packet: `struct scm_timestamping`. Those that were not taken are zero.
public struct PacketTimestamps: Hashable, Sendable, Codable {
    /// By the kernel: `ts[0]`.
    public let software: Timestamp
    /// No longer used by the kernel, zero: `ts[1]`.
    public let transformed: Timestamp
    /// By the adapter: `ts[2]`.
    public let hardware: Timestamp

    /// Puts the stamps of a packet together.
    public init(
        software: Timestamp, transformed: Timestamp = Timestamp(seconds: 0, nanoseconds: 0), hardware: Timestamp
    ) {
        self.software = software
        self.transformed = transformed
        self.hardware = hardware
    }

    init?(_ bytes: OptionBytes) {
        guard bytes.count == 48, let software = Timestamp(bytes, at: 0, perSecond: 1_000_000_000),
            let transformed = Timestamp(bytes, at: 16, perSecond: 1_000_000_000),
            let hardware = Timestamp(bytes, at: 32, perSecond: 1_000_000_000)
        else { return nil }
        self.init(software: software, transformed: transformed, hardware: hardware)
    }

    var encoded: OptionBytes {
        var bytes = OptionBytes(zeros: 48)
        for (position, stamp) in [software, transformed, hardware].enumerated() {
            bytes.store(stamp.seconds, at: position * 16)
            bytes.store(Int64(stamp.nanoseconds), at: position * 16 + 8)
        }
        return bytes
    }
}
