/// What `tcp_info` and the queries of `ioctl(2)` tell. Times are nanoseconds.
extension TCPConnection {
    /// Bytes that were written and never sent.
    var unsentBytes: Int { max(sending.unsentCount, 0) }
    /// Bytes that were written and are not acknowledged: `SIOCOUTQ`.
    var unacknowledgedBytes: Int { sending.ring.count }
    /// Segments in flight, taken to be full ones: `tcpi_unacked`.
    var unacknowledgedSegments: Int { (sending.inFlight + sending.segment - 1) / sending.segment }
    /// The smoothed round trip; 0 before the first measurement.
    var smoothedRoundTrip: Int64 { roundTrip.mean }
    var roundTripVariation: Int64 { roundTrip.deviationMean }
    var retransmissionTimeout: Int64 { roundTrip.timeout }
    /// How long acknowledgements wait: `tcpi_ato`.
    var acknowledgementDelay: Int64 { policy.delay }
    /// Segments.
    var congestionWindow: UInt32 { congestion.size }
    /// Segments; 2147483647 is none.
    var slowStartThreshold: UInt32 { congestion.threshold }
    /// `tcpi_ca_state`.
    var congestionState: UInt8 { congestion.phase.rawValue }
    /// The largest payload we send: `tcpi_snd_mss`.
    var sendSegmentSize: Int { sending.fittingSegment }
    /// The largest the peer seems to send: `tcpi_rcv_mss`.
    var receiveSegmentSize: Int { receiving.segment }
    /// The largest we announced: `tcpi_advmss`.
    var advertisedSegmentSize: Int { parameters.maximumSegment }
    /// How many of a FIN, and a SYN that was no answer, are acknowledged: the kernel counts them among the bytes.
    var acknowledgedSignals: UInt64 {
        (isActive && sending.isSynAcknowledged ? 1 : 0) + (sending.isFinAcknowledged ? 1 : 0)
    }
    /// Whether both ends scale their windows: `TCPI_OPT_WSCALE`.
    var hasWindowScaling: Bool { hasScaling }
    /// The shift of the windows that the peer tells.
    var sendWindowScale: UInt8 { sending.scale }
    /// The shift of the windows that we tell.
    var receiveWindowScale: UInt8 { receiving.scale }
    /// Bytes that the peer takes, and that we take.
    var windows: (send: UInt32, receive: UInt32) { (sending.window, receiving.window) }

    /// Bytes of memory that the connection has allocated for data.
    var allocatedBytes: Int { sending.ring.allocated + receiving.ring.allocated }
}
