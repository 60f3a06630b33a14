internal import SocketModel

extension TracedPacket {
    /// The packet as frames of Ethernet II: one, or if it is larger than a link takes the fragments of IP.
    func frames(maximumPacket: Int) -> [[UInt8]] {
        let transport = Transport(self)
        var header = IPHeader(source, destination, transport.number)
        header.hopLimit = hopLimit
        header.trafficClass = trafficClass
        if header.length + transport.bytes.count <= maximumPacket {
            return [frame(header, transport.bytes[...])]
        }
        header.fragment = IPHeader.Fragment(
            identification: UInt32(truncatingIfNeeded: number), offset: 0, isLast: false)
        let largest = (maximumPacket - header.length) & ~7
        return stride(from: 0, to: transport.bytes.count, by: largest).map { offset in
            let end = min(offset + largest, transport.bytes.count)
            header.fragment?.offset = offset
            header.fragment?.isLast = end == transport.bytes.count
            return frame(header, transport.bytes[offset..<end])
        }
    }

    private func frame(_ header: IPHeader, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var frame = WireBytes()
        frame.append(contentsOf: target)
        frame.append(contentsOf: Self.station(from))
        frame.append(UInt16(isIPv6 ? 0x86DD : 0x0800))
        frame.append(contentsOf: header.bytes(before: bytes.count))
        frame.append(contentsOf: bytes)
        return frame.bytes
    }

    /// The address of a host's interface: administered locally, with the host's number.
    private static func station(_ host: Int) -> [UInt8] {
        var station = WireBytes()
        station.append(UInt16(0x0200))
        station.append(UInt32(truncatingIfNeeded: host))
        return station.bytes
    }

    private var target: [UInt8] {
        var group = WireBytes()
        switch destination {
        case .v4 where destination.isBroadcastAddress: return [UInt8](repeating: 0xFF, count: 6)
        case .v4(let address) where address.isMulticast:
            group.append(UInt16(0x0100))
            group.append(0x5E00_0000 | address.rawValue & 0x7F_FFFF)
        case .v6(let address, _) where address.isMulticast:
            group.append(UInt16(0x3333))
            group.append(UInt32(truncatingIfNeeded: address.low))
        default: return Self.station(to)
        }
        return group.bytes
    }
}
