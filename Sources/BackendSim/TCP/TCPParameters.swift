/// What a connection is made with; most of it `setsockopt(2)` can change later. Times are nanoseconds.
///
/// The defaults are Linux's. Numbers out of bounds are brought into them: no parameter traps.
struct TCPParameters: BitwiseCopyable {
    /// The largest payload of a segment, from the MTU: what is announced, and never exceeded. 48...65535.
    var maximumSegment = 1460
    /// How many bytes wait for their acknowledgement, or to be sent, at most. Up to 512 MiB.
    var sendBuffer = 131_072
    /// How many bytes wait for the program at most. Up to 512 MiB.
    var receiveBuffer = 65_536
    /// The sequence number of our SYN.
    var initialSequence: UInt32 = 0
    /// `TCP_NODELAY`.
    var noDelay = false
    /// `TCP_CORK`.
    var cork = false
    /// `TCP_QUICKACK`: acknowledgements do not wait for data to travel with, until a dialogue is seen.
    var quickAcknowledge = true
    /// `SO_KEEPALIVE`.
    var keepAlive = false
    /// Probes of a silent peer before it is given up: `TCP_KEEPCNT`.
    var keepAliveCount: UInt8 = 9
    /// How often a SYN is repeated with growing pauses: `TCP_SYNCNT`.
    var synRetries: UInt8 = 6
    /// How often it is repeated before that at the same pace, since Linux 6.5: `net.ipv4.tcp_syn_linear_timeouts`.
    var synLinearRetries: UInt8 = 4
    /// How often a SYN-ACK is repeated: `net.ipv4.tcp_synack_retries`.
    var synAckRetries: UInt8 = 5
    /// How long data is repeated: as long as so many retransmissions take from 200 ms on. `net.ipv4.tcp_retries2`.
    var retries: UInt8 = 15
    /// The same for a connection whose socket is closed.
    var orphanRetries: UInt8 = 8
    /// Silence before the first keep-alive probe: `TCP_KEEPIDLE`.
    var keepAliveIdle: Int64 = 7200 * TCPTime.second
    /// Time between keep-alive probes: `TCP_KEEPINTVL`.
    var keepAliveInterval: Int64 = 75 * TCPTime.second
    /// How long data may stay unacknowledged; 0 leaves it to `retries`. `TCP_USER_TIMEOUT`.
    var userTimeout: Int64 = 0
    /// How long a closed socket waits for the peer's FIN; negative not at all. `TCP_LINGER2`.
    var finTimeout: Int64 = 60 * TCPTime.second
    /// How long TIME_WAIT lasts.
    var timeWait: Int64 = 60 * TCPTime.second
    /// So many unsent bytes and more make the socket not writable: `TCP_NOTSENT_LOWAT`.
    var notSentLowWater: UInt32 = .max

    /// The same with every size inside its bounds.
    var bounded: TCPParameters {
        var bounded = self
        bounded.maximumSegment = min(max(maximumSegment, 48), 65_535)
        bounded.sendBuffer = Self.boundedBuffer(sendBuffer)
        bounded.receiveBuffer = Self.boundedBuffer(receiveBuffer)
        return bounded
    }

    static func boundedBuffer(_ size: Int) -> Int { min(max(size, 1), ByteRing.limit) }

    /// The shift that makes the whole receive buffer a window of 16 bits (RFC 7323, 2.3).
    var windowScale: UInt8 {
        let bits = Int.bitWidth - receiveBuffer.leadingZeroBitCount
        return UInt8(min(max(bits - 16, 0), 14))
    }
}

/// Linux's times, in nanoseconds.
enum TCPTime {
    static var never: Int64 { .max }
    static var millisecond: Int64 { 1_000_000 }
    static var second: Int64 { 1_000_000_000 }
    /// The first retransmission timeout, until a round trip has been measured.
    static var initialTimeout: Int64 { second }
    /// That after a handshake whose SYN had to be repeated: there is still no measurement.
    static var fallbackTimeout: Int64 { 3 * second }
    static var minimumTimeout: Int64 { 200 * millisecond }
    static var maximumTimeout: Int64 { 120 * second }
    static var minimumDelay: Int64 { 40 * millisecond }
    static var maximumDelay: Int64 { 200 * millisecond }
    /// Between two answers to segments that do not fit, so that two ends never answer one another for ever.
    static var challengePause: Int64 { 500 * millisecond }

    /// A later instant; far ones are never.
    @inline(__always) static func after(_ delay: Int64, _ now: Int64) -> Int64 {
        let (sum, overflow) = now.addingReportingOverflow(delay)
        return overflow ? never : sum
    }
}
