// Fields that came after the structure's first form, in the order of the structure; nil on kernels without them.

extension TCPInfo {
    /// Rate of sending, bytes a second; all ones is no limit: `tcpi_pacing_rate`.
    public var pacingRate: UInt64? { bytes.load(UInt64.self, at: 104) }
    /// Highest such rate, bytes a second: `tcpi_max_pacing_rate`.
    public var maximumPacingRate: UInt64? { bytes.load(UInt64.self, at: 112) }
    /// Bytes acknowledged by the peer: `tcpi_bytes_acked` (Linux 4.1).
    public var bytesAcknowledged: UInt64? { bytes.load(UInt64.self, at: 120) }
    /// Bytes received in order: `tcpi_bytes_received` (Linux 4.1).
    public var bytesReceived: UInt64? { bytes.load(UInt64.self, at: 128) }
    /// Segments sent: `tcpi_segs_out` (Linux 4.2).
    public var segmentsSent: UInt32? { bytes.load(UInt32.self, at: 136) }
    /// Segments received: `tcpi_segs_in` (Linux 4.2).
    public var segmentsReceived: UInt32? { bytes.load(UInt32.self, at: 140) }
    /// Bytes written and not sent: `tcpi_notsent_bytes` (Linux 4.6).
    public var notSentBytes: UInt32? { bytes.load(UInt32.self, at: 144) }
    /// Shortest round-trip time lately: `tcpi_min_rtt` (Linux 4.6).
    public var minimumRoundTripTime: Duration? { bytes.load(UInt32.self, at: 148).map { .microseconds($0) } }
    /// Segments with data received: `tcpi_data_segs_in` (Linux 4.6).
    public var dataSegmentsReceived: UInt32? { bytes.load(UInt32.self, at: 152) }
    /// Segments with data sent: `tcpi_data_segs_out` (Linux 4.6).
    public var dataSegmentsSent: UInt32? { bytes.load(UInt32.self, at: 156) }
    /// Rate of delivery lately, bytes a second: `tcpi_delivery_rate` (Linux 4.9).
    public var deliveryRate: UInt64? { bytes.load(UInt64.self, at: 160) }
    /// Time spent with data to send: `tcpi_busy_time` (Linux 4.10).
    public var busyTime: Duration? { bytes.load(UInt64.self, at: 168).map { .microseconds($0) } }
    /// Of that, limited by the peer's window: `tcpi_rwnd_limited` (Linux 4.10).
    public var receiveWindowLimitedTime: Duration? { bytes.load(UInt64.self, at: 176).map { .microseconds($0) } }
    /// Of that, limited by the send buffer: `tcpi_sndbuf_limited` (Linux 4.10).
    public var sendBufferLimitedTime: Duration? { bytes.load(UInt64.self, at: 184).map { .microseconds($0) } }
    /// Segments delivered, retransmissions included: `tcpi_delivered` (Linux 4.18).
    public var delivered: UInt32? { bytes.load(UInt32.self, at: 192) }
    /// Of those, with congestion reported: `tcpi_delivered_ce` (Linux 4.18).
    public var deliveredCongestionExperienced: UInt32? { bytes.load(UInt32.self, at: 196) }
    /// Bytes sent, retransmissions included: `tcpi_bytes_sent` (Linux 4.19).
    public var bytesSent: UInt64? { bytes.load(UInt64.self, at: 200) }
    /// Bytes retransmitted: `tcpi_bytes_retrans` (Linux 4.19).
    public var bytesRetransmitted: UInt64? { bytes.load(UInt64.self, at: 208) }
    /// Duplicates the peer reported: `tcpi_dsack_dups` (Linux 4.19).
    public var duplicatesReported: UInt32? { bytes.load(UInt32.self, at: 216) }
    /// Reorderings seen: `tcpi_reord_seen` (Linux 4.19).
    public var reorderingsSeen: UInt32? { bytes.load(UInt32.self, at: 220) }
    /// Segments received out of order: `tcpi_rcv_ooopack` (Linux 5.4).
    public var outOfOrderReceived: UInt32? { bytes.load(UInt32.self, at: 224) }
    /// The peer's window, bytes: `tcpi_snd_wnd` (Linux 5.4).
    public var sendWindow: UInt32? { bytes.load(UInt32.self, at: 228) }
    /// Our window, bytes: `tcpi_rcv_wnd` (Linux 6.2).
    public var receiveWindow: UInt32? { bytes.load(UInt32.self, at: 232) }
    /// Changes of the flow hash: `tcpi_rehash` (Linux 6.2).
    public var rehashes: UInt32? { bytes.load(UInt32.self, at: 236) }
    /// Retransmission timeouts, SYNs included: `tcpi_total_rto` (Linux 6.7).
    public var timeouts: UInt16? { bytes.load(UInt16.self, at: 240) }
    /// Recoveries after timeouts: `tcpi_total_rto_recoveries` (Linux 6.7).
    public var timeoutRecoveries: UInt16? { bytes.load(UInt16.self, at: 242) }
    /// Time spent in them: `tcpi_total_rto_time` (Linux 6.7).
    public var timeoutRecoveryTime: Duration? { bytes.load(UInt32.self, at: 244).map { .milliseconds($0) } }
    /// Segments received with congestion marked: `tcpi_received_ce` (Linux 6.18).
    public var receivedCongestionExperienced: UInt32? { bytes.load(UInt32.self, at: 248) }
    /// Bytes delivered marked ECT(1): `tcpi_delivered_e1_bytes` (Linux 6.18).
    public var deliveredECT1Bytes: UInt32? { bytes.load(UInt32.self, at: 252) }
    /// Bytes delivered marked ECT(0): `tcpi_delivered_e0_bytes` (Linux 6.18).
    public var deliveredECT0Bytes: UInt32? { bytes.load(UInt32.self, at: 256) }
    /// Bytes delivered marked congested: `tcpi_delivered_ce_bytes` (Linux 6.18).
    public var deliveredCEBytes: UInt32? { bytes.load(UInt32.self, at: 260) }
    /// Bytes received marked ECT(1): `tcpi_received_e1_bytes` (Linux 6.18).
    public var receivedECT1Bytes: UInt32? { bytes.load(UInt32.self, at: 264) }
    /// Bytes received marked ECT(0): `tcpi_received_e0_bytes` (Linux 6.18).
    public var receivedECT0Bytes: UInt32? { bytes.load(UInt32.self, at: 268) }
    /// Bytes received marked congested: `tcpi_received_ce_bytes` (Linux 6.18).
    public var receivedCEBytes: UInt32? { bytes.load(UInt32.self, at: 272) }
    /// The state of Accurate ECN, 32 bits: in Linux 6.18 `tcpi_accecn_fail_mode` in the lower half and
    /// `tcpi_accecn_opt_seen` in the upper; later kernels divide them otherwise, so they are left together.
    public var accurateECNState: UInt32? { bytes.load(UInt32.self, at: 276) }
}
