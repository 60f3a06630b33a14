import SocketModel
import SystemHeaders
import Testing

private let layouts: [String: Int] = {
    var layouts: [String: Int] = [:]
    for index in 0..<option_layouts_count {
        let row = unsafe option_layout_at(index)
        layouts[unsafe String(cString: row.name)] = unsafe Int(row.value)
    }
    return layouts
}()

private let v4 = IPv4Address(rawValue: 0xe001_0203)
private let source4 = IPv4Address(rawValue: 0xc000_0207)
private let v6 = IPv6Address(high: 0xff02_0000_0000_0001, low: 0x0203_0405_0607_0809)
private let v4Bytes: [UInt8] = [0xe0, 1, 2, 3]
private let source4Bytes: [UInt8] = [0xc0, 0, 2, 7]
private let v6Bytes: [UInt8] = [0xff, 2, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

/// A value, the C structure it is, and which bytes must stand where.
private struct Layout: CustomTestStringConvertible, Sendable {
    let structure: String
    let bytes: @Sendable () throws -> OptionBytes
    var length: Int?
    let fields: [String: [UInt8]]
    var testDescription: String { structure }
}

private func native<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
    (0..<Integer.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

private func address(_ structure: String, _ field: String, _ bytes: [UInt8]) -> [UInt8] {
    let offset = layouts["\(structure).\(field)"] ?? 0
    return native(UInt16(structure == "sockaddr_in" ? 2 : 10)) + [UInt8](repeating: 0, count: offset - 2) + bytes
}

private let cases: [Layout] = [
    Layout(
        structure: "ip_mreqn",
        bytes: { try IPv4Membership(group: v4, interfaceAddress: source4, interfaceIndex: 7).optionBytes() },
        fields: ["imr_multiaddr": v4Bytes, "imr_address": source4Bytes, "imr_ifindex": native(Int32(7))]),
    Layout(
        structure: "ip_mreqn", bytes: { try IPv4MulticastInterface(address: source4, index: 7).optionBytes() },
        fields: ["imr_multiaddr": [0, 0, 0, 0], "imr_address": source4Bytes, "imr_ifindex": native(Int32(7))]),
    Layout(
        structure: "ip_mreq_source",
        bytes: { try IPv4SourceMembership(group: v4, source: source4, interfaceAddress: v4).optionBytes() },
        fields: ["imr_multiaddr": v4Bytes, "imr_sourceaddr": source4Bytes, "imr_interface": v4Bytes]),
    Layout(
        structure: "ip_msfilter",
        bytes: { try IPv4SourceFilter(group: v4, mode: .include, sources: [source4]).optionBytes() },
        fields: ["imsf_multiaddr": v4Bytes, "imsf_fmode": [1], "imsf_numsrc": [1], "imsf_slist": source4Bytes]),
    Layout(
        structure: "ipv6_mreq", bytes: { try IPv6Membership(group: v6, interfaceIndex: 9).optionBytes() },
        fields: ["ipv6mr_multiaddr": v6Bytes, "ipv6mr_interface": native(UInt32(9))]),
    Layout(
        structure: "group_req", bytes: { try GroupRequest(group: v4, interfaceIndex: 9).optionBytes() },
        fields: ["gr_interface": native(UInt32(9)), "gr_group": address("sockaddr_in", "sin_addr", v4Bytes)]),
    Layout(
        structure: "group_req", bytes: { try GroupRequest(group: v6, interfaceIndex: 9).optionBytes() },
        fields: ["gr_interface": native(UInt32(9)), "gr_group": address("sockaddr_in6", "sin6_addr", v6Bytes)]),
    Layout(
        structure: "group_source_req",
        bytes: { try SourceGroupRequest(group: v4, source: source4, interfaceIndex: 2).optionBytes() },
        fields: [
            "gsr_interface": native(UInt32(2)), "gsr_group": address("sockaddr_in", "sin_addr", v4Bytes),
            "gsr_source": address("sockaddr_in", "sin_addr", source4Bytes),
        ]),
    Layout(
        structure: "group_filter",
        bytes: { try GroupFilter(group: v6, interfaceIndex: 2, mode: .include, sources: [v6]).optionBytes() },
        fields: [
            "gf_interface": native(UInt32(2)), "gf_group": address("sockaddr_in6", "sin6_addr", v6Bytes),
            "gf_fmode": [1], "gf_numsrc": [1], "gf_slist": address("sockaddr_in6", "sin6_addr", v6Bytes),
        ]),
    Layout(
        structure: "in6_pktinfo", bytes: { try IPv6PacketInfo(address: v6, interfaceIndex: 5).optionBytes() },
        fields: ["ipi6_addr": v6Bytes, "ipi6_ifindex": native(UInt32(5))]),
    Layout(
        structure: "ip6_mtuinfo", bytes: { try PathMTU(destination: v6, mtu: 1400).optionBytes() },
        fields: ["ip6m_addr": address("sockaddr_in6", "sin6_addr", v6Bytes), "ip6m_mtu": native(UInt32(1400))]),
    Layout(
        structure: "ucred", bytes: { try PeerCredentials(processID: 1, userID: 2, groupID: 3).optionBytes() },
        fields: ["pid": native(Int32(1)), "uid": native(UInt32(2)), "gid": native(UInt32(3))]),
    Layout(
        structure: "linger", bytes: { try Linger.on(seconds: 300).optionBytes() },
        fields: ["l_onoff": native(Int32(1)), "l_linger": native(Int32(300))]),
    Layout(
        structure: "timeval", bytes: { try Duration(secondsComponent: 5, attosecondsComponent: 1).optionBytes() },
        fields: ["tv_sec": native(Int64(5)), "tv_usec": native(Int64(1))]),
    Layout(
        structure: "icmp6_filter",
        bytes: {
            var filter = ICMPv6Filter.passAll
            filter[blocks: 33] = true
            return try filter.optionBytes()
        }, fields: [:]),
    Layout(
        structure: "sock_filter",
        bytes: { try [BPFInstruction(code: 6, jumpTrue: 1, jumpFalse: 2, operand: 65535)].optionBytes() },
        fields: ["code": native(UInt16(6)), "jt": [1], "jf": [2], "k": native(UInt32(65535))]),
    Layout(
        structure: "sock_txtime", bytes: { try TransmitTime(clock: 11, flags: .reportErrors).optionBytes() },
        fields: ["clockid": native(Int32(11)), "flags": native(UInt32(2))]),
    Layout(
        structure: "tcp_md5sig", bytes: { try TCPSignatureKey(peer: v4, prefixLength: 24, key: [7, 8]).optionBytes() },
        fields: [
            "tcpm_addr": address("sockaddr_in", "sin_addr", v4Bytes), "tcpm_flags": [1], "tcpm_prefixlen": [24],
            "tcpm_keylen": native(UInt16(2)), "tcpm_key": [7, 8],
        ]),
    Layout(
        structure: "tcp_repair_opt", bytes: { try [TCPRepairOption(code: 2, value: 1460)].optionBytes() },
        fields: ["opt_code": native(UInt32(2)), "opt_val": native(UInt32(1460))]),
    Layout(
        structure: "tcp_repair_window",
        bytes: {
            try TCPRepairWindow(lastUpdate: 1, sendWindow: 2, maximumWindow: 3, receiveWindow: 4, receiveUpdate: 5)
                .optionBytes()
        }, fields: ["snd_wl1": [1], "snd_wnd": [2], "max_window": [3], "rcv_wnd": [4], "rcv_wup": [5]]),
]

@Suite struct OptionLayoutTests {
    @Test(arguments: cases)
    private func valuesAreLaidOutAsInC(_ layout: Layout) throws {
        let bytes = Array(try layout.bytes())
        #expect(bytes.count == layouts[layout.structure])
        for (field, expected) in layout.fields {
            let offset = try #require(layouts["\(layout.structure).\(field)"])
            #expect(Array(bytes[offset..<offset + expected.count]) == expected, "\(field)")
        }
    }

    @Test func storageAndTimesHaveTheSizesTheCodingAssumes() {
        let sizes = [
            "sockaddr_storage": 128, "sockaddr_in": 16, "sockaddr_in6": 28, "timespec": 16, "timeval": 16,
            "cmsghdr": 16, "sock_extended_err": 16, "scm_timestamping": 48, "in_pktinfo": 12,
        ]
        for (name, size) in sizes { #expect(layouts[name] == size, "\(name)") }
    }
}

@Suite struct TCPInfoTests {
    /// Every field once, by its C name, as a number.
    private func fields(_ info: TCPInfo) -> [String: Int64?] {
        var values: [String: Int64?] = [:]
        func put(_ name: String, _ value: (some BinaryInteger)?) {
            values[name] = .some(value.map { Int64(truncatingIfNeeded: $0) })
        }
        func put(_ name: String, _ duration: Duration?, in unit: Duration) {
            values[name] = .some(duration.map { Int64($0 / unit) })
        }
        put("state", info.state.rawValue)
        put("ca_state", info.congestionState)
        put("retransmits", info.retransmits)
        put("probes", info.probes)
        put("backoff", info.backoff)
        put("options", info.options.rawValue)
        put("rto", info.retransmissionTimeout, in: .microseconds(1))
        put("ato", info.acknowledgmentTimeout, in: .microseconds(1))
        put("snd_mss", info.sendSegmentSize)
        put("rcv_mss", info.receiveSegmentSize)
        put("unacked", info.unacknowledged)
        put("sacked", info.selectivelyAcknowledged)
        put("lost", info.lost)
        put("retrans", info.retransmitted)
        put("fackets", info.forwardAcknowledged)
        put("last_data_sent", info.sinceDataSent, in: .milliseconds(1))
        put("last_ack_sent", info.sinceAcknowledgmentSent, in: .milliseconds(1))
        put("last_data_recv", info.sinceDataReceived, in: .milliseconds(1))
        put("last_ack_recv", info.sinceAcknowledgmentReceived, in: .milliseconds(1))
        put("pmtu", info.pathMTU)
        put("rcv_ssthresh", info.receiveThreshold)
        put("rtt", info.roundTripTime, in: .microseconds(1))
        put("rttvar", info.roundTripVariation, in: .microseconds(1))
        put("snd_ssthresh", info.slowStartThreshold)
        put("snd_cwnd", info.congestionWindow)
        put("advmss", info.advertisedSegmentSize)
        put("reordering", info.reordering)
        put("rcv_rtt", info.receiverRoundTripTime, in: .microseconds(1))
        put("rcv_space", info.receiveSpace)
        put("total_retrans", info.totalRetransmissions)
        put("pacing_rate", info.pacingRate)
        put("max_pacing_rate", info.maximumPacingRate)
        put("bytes_acked", info.bytesAcknowledged)
        put("bytes_received", info.bytesReceived)
        put("segs_out", info.segmentsSent)
        put("segs_in", info.segmentsReceived)
        put("notsent_bytes", info.notSentBytes)
        put("min_rtt", info.minimumRoundTripTime, in: .microseconds(1))
        put("data_segs_in", info.dataSegmentsReceived)
        put("data_segs_out", info.dataSegmentsSent)
        put("delivery_rate", info.deliveryRate)
        put("busy_time", info.busyTime, in: .microseconds(1))
        put("rwnd_limited", info.receiveWindowLimitedTime, in: .microseconds(1))
        put("sndbuf_limited", info.sendBufferLimitedTime, in: .microseconds(1))
        put("delivered", info.delivered)
        put("delivered_ce", info.deliveredCongestionExperienced)
        put("bytes_sent", info.bytesSent)
        put("bytes_retrans", info.bytesRetransmitted)
        put("dsack_dups", info.duplicatesReported)
        put("reord_seen", info.reorderingsSeen)
        put("rcv_ooopack", info.outOfOrderReceived)
        put("snd_wnd", info.sendWindow)
        return values
    }

    @Test func everyFieldIsReadWhereCHasIt() throws {
        // Every field's first byte tells its offset, so that one read elsewhere shows.
        var bytes = [UInt8](repeating: 0, count: 280)
        for offset in bytes.indices where offset < 8 || offset.isMultiple(of: 4) {
            bytes[offset] = UInt8(offset < 8 ? offset + 1 : offset / 4)
        }
        let values = try fields(TCPInfo(optionBytes: OptionBytes(bytes)))
        let offsets = layouts.filter { $0.key.hasPrefix("tcp_info.tcpi_") }
        #expect(offsets.count == values.count)
        for (key, offset) in offsets {
            let name = String(key.dropFirst("tcp_info.tcpi_".count))
            let value: Int64? = try #require(values[name])
            let expected = Int64(offset < 8 ? offset + 1 : offset / 4)
            #expect(value.map { $0 & 0xffff_ffff } == expected, "\(key)")
        }
    }

    @Test func fieldsAKernelDoesNotHaveAreNil() throws {
        let old = try TCPInfo(optionBytes: OptionBytes(zeros: 104))
        #expect(old.pacingRate == nil && old.bytesAcknowledged == nil && old.accurateECNState == nil)
        let older = try TCPInfo(optionBytes: OptionBytes(zeros: layouts["tcp_info"] ?? 0))
        #expect(older.sendWindow == 0 && older.receiveWindow == nil && older.timeouts == nil)
        let newest = try TCPInfo(optionBytes: OptionBytes(zeros: 280))
        #expect(newest.timeoutRecoveryTime == .zero && newest.receivedCEBytes == 0)
        #expect(newest.accurateECNState == 0)
        #expect(throws: OptionValueError.self) { try TCPInfo(optionBytes: OptionBytes(zeros: 103)) }
    }
}
