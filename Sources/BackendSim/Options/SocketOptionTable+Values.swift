internal import SocketModel

// What the rest of the simulator asks for.
extension SocketOptionTable {
    var reusesAddress: Bool { isOn(.reuseAddress) }
    var reusesPort: Bool { isOn(.reusePort) }
    var broadcasts: Bool { isOn(.broadcast) }
    var isFreeBind: Bool { isOn(.freeBind) }
    var isIPv6Only: Bool { isOn(.v6Only) }
    var passesCredentials: Bool { isOn(.passCredentials) }
    var refusesRights: Bool { value(.passRights, initial: 1) == 0 }
    var sendBuffer: Int { Int(value(.sendBuffer, initial: kind.isSubset(of: .tcp) ? 16384 : 212_992)) }

    var linger: Linger {
        let seconds = value(.linger, initial: -1)
        return seconds < 0 ? .off : .on(seconds: Int(seconds))
    }

    /// The stamp of a received message, if it is to have one.
    func stamp(_ nanoseconds: Int64) -> ControlMessage? {
        if isOn(.timestampNanoseconds) { return .timestampNanoseconds(Timestamp(nanosecondsSince1970: nanoseconds)) }
        guard isOn(.timestamp) else { return nil }
        return .timestamp(Timestamp(nanosecondsSince1970: nanoseconds / 1000 * 1000))
    }

    /// How many hops a packet to an address may take.
    func hopLimit(to address: IPAddress) -> UInt8 {
        switch (address, address.isMulticast) {
        case (.v4, true): UInt8(truncatingIfNeeded: value(.multicastTimeToLive, initial: 1))
        case (.v6, true): UInt8(truncatingIfNeeded: value(.multicastHops6, initial: 1))
        case (_, false): marks(to: address).hopLimit
        }
    }

    /// The type of service, or traffic class, of a packet to an address.
    func trafficClass(to address: IPAddress) -> UInt8 { marks(to: address).trafficClass }

    /// The hop limit and the traffic class of a packet to an address that is no group's, as a stream's peer is: two fields are all it takes.
    @inline(__always)
    func marks(to peer: IPAddress) -> (hopLimit: UInt8, trafficClass: UInt8) {
        if case .v4 = peer { (hops, typeOfService) } else { (hops6, trafficClass6) }
    }

    /// Whether a datagram that exceeds the path's MTU is refused instead of fragmented.
    func forbidsFragments(to address: IPAddress) -> Bool {
        if case .v4 = address { return (2...4).contains(value(.pathMTUDiscovery, initial: 1)) }
        return (2...4).contains(value(.pathMTUDiscovery6, initial: 1)) || isOn(.dontFragment6)
    }

    /// The ports that are given to it when it asks for none.
    var automaticPorts: ClosedRange<UInt16> {
        let range = UInt32(truncatingIfNeeded: value(.localPortRange, initial: 0))
        let (first, last) = (UInt16(truncatingIfNeeded: range), UInt16(truncatingIfNeeded: range >> 16))
        let all = PortTables.ephemeral
        let lowest = max(first, all.lowerBound)
        let highest = last == 0 ? all.upperBound : min(last, all.upperBound)
        // As the kernel: ends that leave nothing of the system's range are not heard.
        return lowest <= highest ? lowest...highest : all
    }

    /// What a connection is made with.
    var tcpParameters: TCPParameters {
        var parameters = TCPParameters()
        parameters.noDelay = isOn(.noDelay)
        parameters.cork = isOn(.cork)
        parameters.quickAcknowledge = value(.quickAcknowledge, initial: 1) != 0
        parameters.keepAlive = isOn(.keepAlive)
        parameters.keepAliveIdle = value(.keepAliveIdle, initial: 7200) * TCPTime.second
        parameters.keepAliveInterval = value(.keepAliveInterval, initial: 75) * TCPTime.second
        parameters.keepAliveCount = UInt8(truncatingIfNeeded: value(.keepAliveCount, initial: 9))
        parameters.synRetries = UInt8(truncatingIfNeeded: value(.synRetries, initial: 6))
        parameters.userTimeout = value(.userTimeout, initial: 0) * TCPTime.millisecond
        parameters.finTimeout = value(.finTimeout, initial: 60) * TCPTime.second
        parameters.notSentLowWater = notSentLowWater
        parameters.maximumSegment = Int(value(.maximumSegment, initial: 0))
        if isSet(.sendBuffer) { parameters.sendBuffer = sendBuffer }
        parameters.receiveBuffer = receiveWindow
        return parameters
    }

    /// Half of the receive buffer is for bookkeeping, as the kernel reckons before it knows better.
    var receiveWindow: Int {
        let clamp = Int(value(.windowClamp, initial: 0))
        return clamp == 0 ? receiveBuffer / 2 : min(receiveBuffer / 2, clamp)
    }

    /// 0 leaves it to the system, which has no limit.
    var notSentLowWater: UInt32 {
        let bytes = UInt32(truncatingIfNeeded: value(.notSentLowWater, initial: 0))
        return bytes == 0 ? .max : bytes
    }
}
