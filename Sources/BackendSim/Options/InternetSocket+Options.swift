internal import SocketModel

// Options of TCP and UDP alike.
extension InternetSocket {
    func readInternet(_ key: OptionKey, _ length: Int) throws(Errno) -> OptionBytes? {
        switch key {
        // IPv4's packets are not longer than their length can say, loopback's neither.
        case .pathMTU: return OptionBytes(Int64(min(try connectedMTU(), 0xFFFF)), length: length)
        case .pathMTU6: return OptionBytes(Int64(try connectedMTU()), length: length)
        case .pathMTUInfo6: return try mtuInfo(length)
        case .addressForm6 where remote != nil: return OptionBytes(Int64(family.rawValue), length: length)
        default: return nil
        }
    }

    private func connectedMTU() throws(Errno) -> Int {
        guard remote != nil else { throw .socketNotConnected }
        return path?.maximumPacket ?? kernel.world.options.maximumPacket
    }

    /// A `struct ip6_mtuinfo`: the peer's address, and the MTU.
    private func mtuInfo(_ length: Int) throws(Errno) -> OptionBytes {
        guard length >= 32 else { throw .invalidArgument }
        let mtu = try connectedMTU()
        var bytes = OptionBytes(zeros: 32)
        bytes.store(contentsOf: OptionBytes(address: shown(remote ?? local, 0)), at: 0)
        bytes.store(UInt32(truncatingIfNeeded: mtu), at: 28)
        return bytes
    }

    func checkInternet(_ key: OptionKey) throws(Errno) {
        if key == .v6Only, hasNumber { throw .invalidArgument }
    }

    /// What is no stored value, and not of one of the two kinds only.
    func performInternet(_ key: OptionKey, _ bytes: OptionBytes) throws(Errno) {
        let number = bytes.load(Int32.self, at: 0) ?? 0
        switch key {
        case .ipOptions, .hopOptions6, .headerOptions6, .routingHeader6, .destinationOptions6:
            // None is all that can be set.
            if !bytes.isEmpty { throw .protocolNotAvailable }
        case .addressForm6:
            throw number != 2 ? .invalidArgument : remote == nil ? .socketNotConnected : .protocolNotAvailable
        case .pathMTU6:
            // There is nothing to fragment differently: datagrams arrive whole.
            guard number == 0 else { throw number < 1280 ? .invalidArgument : .protocolNotAvailable }
        case .packetInfo6: try checkPacketInfo(bytes)
        default: throw .protocolNotAvailable
        }
    }

    /// A socket has no source address but its own: only none can be set, and others with each message.
    private func checkPacketInfo(_ bytes: OptionBytes) throws(Errno) {
        guard let info = try? IPv6PacketInfo(optionBytes: bytes) else { throw .invalidArgument }
        guard info.address.isAny, info.interfaceIndex == 0 else { throw .protocolNotAvailable }
    }
}
