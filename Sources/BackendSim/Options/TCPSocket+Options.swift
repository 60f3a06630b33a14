internal import SocketModel

// Options of connections, while they live.
extension TCPSocket {
    func readLive(_ key: OptionKey, _ length: Int) throws(Errno) -> OptionBytes? {
        switch key {
        case .isListening: return OptionBytes(isListening ? 1 : 0, length: length)
        case .sendBuffer where hasConnection && !options.isSet(.sendBuffer):
            return OptionBytes(expandedSendBuffer, length: length)
        case .maximumSegment where hasConnection && connection.state != .closed:
            return OptionBytes(Int64(connection.sendSegmentSize), length: length)
        case .quickAcknowledge where hasConnection:
            return OptionBytes(connection.isQuickAcknowledge ? 1 : 0, length: length)
        case .windowClamp where hasConnection && !options.isSet(.windowClamp):
            return OptionBytes(Int64(options.receiveWindow), length: length)
        case .information:
            var bytes = information
            bytes.truncate(to: length)
            return bytes
        default: return nil
        }
    }

    /// What the kernel makes of the send buffer once the segment size is known: room for twice the first window's packets with all their
    /// bookkeeping.
    private var expandedSendBuffer: Int64 {
        let packet = (hasConnection ? connection.sendSegmentSize : 536) + 640
        let allocated = 1 << (Int.bitWidth - (packet - 1).leadingZeroBitCount)
        return max(Int64(20 * (allocated + 256)), 16384)
    }

    func checkLive(_ key: OptionKey, _ bytes: OptionBytes) throws(Errno) {
        let isOff = (bytes.load(Int32.self, at: 0) ?? 0) == 0
        if key == .windowClamp, isOff, hasConnection { throw .invalidArgument }
    }

    func performLive(_ key: OptionKey, _ bytes: OptionBytes) throws(Errno) {
        guard key == .congestionControl else { return try performInternet(key, bytes) }
        let name = Array(bytes.prefix(15).prefix { $0 != 0 })
        guard name == Array(OptionRow.reno.prefix { $0 != 0 }) else { throw .noSuchFileOrDirectory }
    }

    /// What was set reaches the connection.
    func applyLive(_ key: OptionKey) {
        guard hasConnection else { return }
        let before = connection.state
        let now = kernel.world.now
        let wanted = options.tcpParameters
        switch key {
        case .noDelay: connection.setNoDelay(wanted.noDelay)
        case .cork: connection.setCork(wanted.cork)
        case .quickAcknowledge: connection.setQuickAcknowledge(wanted.quickAcknowledge)
        case .keepAlive, .keepAliveIdle, .keepAliveInterval, .keepAliveCount:
            connection.setKeepAlive(
                wanted.keepAlive, idle: wanted.keepAliveIdle, interval: wanted.keepAliveInterval,
                count: wanted.keepAliveCount, now: now)
        case .sendBuffer, .forcedSendBuffer: connection.setSendBuffer(wanted.sendBuffer)
        case .receiveBuffer, .forcedReceiveBuffer, .windowClamp:
            connection.setReceiveBuffer(wanted.receiveBuffer)
        case .userTimeout: connection.setUserTimeout(wanted.userTimeout)
        case .finTimeout: connection.setFinTimeout(wanted.finTimeout)
        case .synRetries: connection.setSynRetries(wanted.synRetries)
        case .notSentLowWater: connection.setNotSentLowWater(wanted.notSentLowWater)
        default: return
        }
        settle(before)
    }
}

extension TCPSocket {
    /// Tells how many bytes are left, whoever wants to know: `TCP_INQ`.
    func tellQueueLength(_ details: ReceiveDetails) {
        guard options.isOn(.receiveQueueLength) else { return }
        var control = ReceivedControl(details)
        control.add(.receiveQueueLength(connection.availableBytes))
    }

    /// As the kernel: a stream looks at the messages of the level that all sockets have, and at no others.
    func checkControl(_ header: SendHeader?) throws(Errno) {
        for message in header?.control ?? [] { _ = try SentControl.isSocketLevel(message) }
    }
}

// MARK: TCP_INFO

extension TCPSocket {
    private var information: OptionBytes {
        let largest = path?.maximumPacket ?? 0
        // IPv4's packets are not longer than their length can say.
        let mtu = UInt32(truncatingIfNeeded: remote?.family == .ipv4 ? min(largest, 0xFFFF) : largest)
        if hasConnection {
            var bytes = connection.information(pathMTU: mtu, now: kernel.world.now)
            // As the kernel: something else than the socket remembers the connection.
            if connection.state == .timeWait { bytes.store(TCPState.closed.rawValue, at: 0) }
            return bytes
        }
        var bytes = OptionBytes(zeros: TCPConnection.informationLength)
        bytes.store(UInt8(isListening ? 10 : TCPState.closed.rawValue), at: 0)
        bytes.store(UInt32(truncatingIfNeeded: queue?.count ?? 0), at: 24)
        bytes.store(UInt32(truncatingIfNeeded: queue?.backlog ?? 0), at: 28)
        bytes.store(CongestionWindow.initial, at: 80)
        bytes.store(TCPConnection.reordering, at: 88)
        if !isListening {
            bytes.store(TCPConnection.isLimitedByProgram, at: 7)
            bytes.store(UInt32(1_000_000), at: 8)
            bytes.store(UInt32(536), at: 16)
            bytes.store(CongestionWindow.unlimited, at: 76)
        }
        return bytes
    }
}

extension TCPConnection {
    /// No rate is measured, as before there was enough to send.
    static var isLimitedByProgram: UInt8 { 1 }

    /// How many segments may be late before one is taken for lost: `net.ipv4.tcp_reordering`.
    static var reordering: UInt32 { 3 }

    /// The size of Linux 6.18's `struct tcp_info`.
    static var informationLength: Int { 280 }

    /// A `struct tcp_info`; what the machine does not have (selective acknowledgements, rates, pacing) is zero.
    func information(pathMTU: UInt32, now: Int64) -> OptionBytes {
        var bytes = OptionBytes(zeros: Self.informationLength)
        bytes.store(state.rawValue, at: 0)
        bytes.store(congestionState, at: 1)
        bytes.store(timeouts, at: 2)
        bytes.store(probes, at: 3)
        bytes.store(backoff, at: 4)
        bytes.store(UInt8(hasWindowScaling ? 4 : 0), at: 5)
        bytes.store(sendWindowScale | receiveWindowScale << 4, at: 6)
        bytes.store(Self.isLimitedByProgram, at: 7)
        storeTimes(in: &bytes, now)
        storeSizes(in: &bytes, pathMTU)
        storeCounters(in: &bytes)
        return bytes
    }

    private func storeTimes(in bytes: inout OptionBytes, _ now: Int64) {
        let microsecond: Int64 = 1000
        bytes.store(UInt32(clamping: retransmissionTimeout / microsecond), at: 8)
        bytes.store(UInt32(clamping: acknowledgementDelay / microsecond), at: 12)
        bytes.store(UInt32(clamping: (now - lastSent) / TCPTime.millisecond), at: 44)
        bytes.store(UInt32(clamping: (now - lastReceived) / TCPTime.millisecond), at: 52)
        bytes.store(UInt32(clamping: (now - lastAcknowledged) / TCPTime.millisecond), at: 56)
        bytes.store(UInt32(clamping: smoothedRoundTrip / microsecond), at: 68)
        bytes.store(UInt32(clamping: roundTripVariation / microsecond), at: 72)
    }

    private func storeSizes(in bytes: inout OptionBytes, _ pathMTU: UInt32) {
        bytes.store(UInt32(clamping: sendSegmentSize), at: 16)
        bytes.store(UInt32(clamping: receiveSegmentSize), at: 20)
        bytes.store(UInt32(clamping: unacknowledgedSegments), at: 24)
        bytes.store(pathMTU, at: 60)
        bytes.store(slowStartThreshold, at: 76)
        bytes.store(congestionWindow, at: 80)
        bytes.store(UInt32(clamping: advertisedSegmentSize), at: 84)
        bytes.store(Self.reordering, at: 88)
        bytes.store(UInt32(clamping: unsentBytes), at: 144)
        bytes.store(windows.send, at: 228)
        bytes.store(windows.receive, at: 232)
    }

    private func storeCounters(in bytes: inout OptionBytes) {
        bytes.store(counters.retransmissions, at: 100)
        bytes.store(counters.bytesAcknowledged &+ acknowledgedSignals, at: 120)
        bytes.store(counters.bytesReceived &+ (isReceiveEnded ? 1 : 0), at: 128)
        bytes.store(counters.segmentsSent, at: 136)
        bytes.store(counters.segmentsReceived, at: 140)
        bytes.store(counters.dataSegmentsReceived, at: 152)
        bytes.store(counters.dataSegmentsSent, at: 156)
        bytes.store(counters.bytesSent, at: 200)
        bytes.store(counters.bytesRetransmitted, at: 208)
    }
}
