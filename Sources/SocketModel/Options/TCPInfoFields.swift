extension TCPInfo {
    /// The connection's state: `tcpi_state`.
    public var state: TCPState { TCPState(rawValue: byte(0)) }
    /// What congestion control is at: 0 open, 1 disorder, 2 reduced window, 3 recovery, 4 loss: `tcpi_ca_state`.
    public var congestionState: UInt8 { byte(1) }
    /// Timeouts of the segment being retransmitted: `tcpi_retransmits`.
    public var retransmits: UInt8 { byte(2) }
    /// Unanswered window or keep-alive probes: `tcpi_probes`.
    public var probes: UInt8 { byte(3) }
    /// How often the timeout has been doubled: `tcpi_backoff`.
    public var backoff: UInt8 { byte(4) }
    /// What was negotiated: `tcpi_options`.
    public var options: TCPInfoOptions { TCPInfoOptions(rawValue: byte(5)) }
    /// The peer's window shift, 0...14: `tcpi_snd_wscale`.
    public var sendWindowScale: UInt8 { byte(6) & 15 }
    /// Our window shift, 0...14: `tcpi_rcv_wscale`.
    public var receiveWindowScale: UInt8 { byte(6) >> 4 }
    /// Whether the rate was measured while the program had too little to send: `tcpi_delivery_rate_app_limited`
    /// (Linux 4.9, false before).
    public var isDeliveryRateLimitedByProgram: Bool { byte(7) & 1 == 1 }
    /// Why Fast Open failed, 0 unspecified, 1 no cookie, 2 data not acknowledged, 3 the SYN was retransmitted:
    /// `tcpi_fastopen_client_fail` (Linux 5.5, 0 before).
    public var fastOpenFailure: UInt8 { byte(7) >> 1 & 3 }
    /// Retransmission timeout: `tcpi_rto`.
    public var retransmissionTimeout: Duration { .microseconds(word(8)) }
    /// Predicted delay of acknowledgments: `tcpi_ato`.
    public var acknowledgmentTimeout: Duration { .microseconds(word(12)) }
    /// Segment size for sending, bytes: `tcpi_snd_mss`.
    public var sendSegmentSize: UInt32 { word(16) }
    /// Segment size of the peer, estimated, bytes: `tcpi_rcv_mss`.
    public var receiveSegmentSize: UInt32 { word(20) }
    /// Segments sent and not acknowledged; of a listening socket, connections waiting: `tcpi_unacked`.
    public var unacknowledged: UInt32 { word(24) }
    /// Segments selectively acknowledged; of a listening socket, the backlog's limit: `tcpi_sacked`.
    public var selectivelyAcknowledged: UInt32 { word(28) }
    /// Segments thought lost: `tcpi_lost`.
    public var lost: UInt32 { word(32) }
    /// Segments retransmitted and not acknowledged: `tcpi_retrans`.
    public var retransmitted: UInt32 { word(36) }
    /// Always 0 since Linux 4.15: `tcpi_fackets`.
    public var forwardAcknowledged: UInt32 { word(40) }
    /// Since data was last sent: `tcpi_last_data_sent`.
    public var sinceDataSent: Duration { .milliseconds(word(44)) }
    /// Not kept by the kernel, always zero: `tcpi_last_ack_sent`.
    public var sinceAcknowledgmentSent: Duration { .milliseconds(word(48)) }
    /// Since data was last received: `tcpi_last_data_recv`.
    public var sinceDataReceived: Duration { .milliseconds(word(52)) }
    /// Since an acknowledgment was last received: `tcpi_last_ack_recv`.
    public var sinceAcknowledgmentReceived: Duration { .milliseconds(word(56)) }
    /// MTU of the path, bytes: `tcpi_pmtu`.
    public var pathMTU: UInt32 { word(60) }
    /// Current limit of the receive window, bytes: `tcpi_rcv_ssthresh`.
    public var receiveThreshold: UInt32 { word(64) }
    /// Smoothed round-trip time: `tcpi_rtt`.
    public var roundTripTime: Duration { .microseconds(word(68)) }
    /// Variation of the round-trip time: `tcpi_rttvar`.
    public var roundTripVariation: Duration { .microseconds(word(72)) }
    /// Slow start's threshold, segments; 2147483647 is none: `tcpi_snd_ssthresh`.
    public var slowStartThreshold: UInt32 { word(76) }
    /// Congestion window, segments: `tcpi_snd_cwnd`.
    public var congestionWindow: UInt32 { word(80) }
    /// Segment size we advertise, bytes: `tcpi_advmss`.
    public var advertisedSegmentSize: UInt32 { word(84) }
    /// Reordering that is not taken for loss, segments: `tcpi_reordering`.
    public var reordering: UInt32 { word(88) }
    /// Round-trip time seen by the receiver: `tcpi_rcv_rtt`.
    public var receiverRoundTripTime: Duration { .microseconds(word(92)) }
    /// Room the receiver aims at, bytes: `tcpi_rcv_space`.
    public var receiveSpace: UInt32 { word(96) }
    /// Segments ever retransmitted: `tcpi_total_retrans`.
    public var totalRetransmissions: UInt32 { word(100) }
}
