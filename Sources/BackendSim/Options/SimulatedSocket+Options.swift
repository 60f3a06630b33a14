internal import SocketModel

// getsockopt(2) and setsockopt(2).
extension SimulatedSocket {
    final func getOption(_ level: OptionLevel, _ name: Int32, length: Int) throws(Errno) -> OptionBytes {
        guard length >= 0 else { throw .invalidArgument }
        guard let key = OptionKey(level, name), let row = OptionRow.find(key, options.kind) else {
            throw unknownToGet(level, name)
        }
        if let bytes = try identity(key, length) { return bytes }
        if let bytes = try liveOption(key, length: length) { return bytes }
        return try options.read(row, key, length: length)
    }

    final func setOption(_ level: OptionLevel, _ name: Int32, _ bytes: OptionBytes) throws(Errno) {
        guard let key = OptionKey(level, name), let row = OptionRow.find(key, options.kind) else {
            throw unknownToSet(level, name, bytes)
        }
        guard bytes.count >= row.minimum, bytes.count <= row.maximum else { throw .invalidArgument }
        try checkOption(key, bytes)
        if case .live = row.rule { return try performOption(key, bytes) }
        try options.set(row, key, bytes)
        optionChanged(key)
    }

    // MARK: What no socket has

    /// Which levels the sockets of a family ask at all.
    private func hasLevel(_ level: OptionLevel) -> Bool {
        switch (level, family) {
        case (.socket, _), (.ip, .ipv4), (.ip, .ipv6), (.ipv6, .ipv6): true
        case (.tcp, .ipv4), (.tcp, .ipv6): type == .stream
        case (.udp, .ipv4), (.udp, .ipv6): type == .datagram
        default: false
        }
    }

    /// Whether an option is one of multicast routing's, which raw sockets have: `MRT_BASE` to `MRT_MAX`, of either family.
    private func isOfMulticastRouting(_ level: OptionLevel, _ name: Int32) -> Bool {
        (level == .ip || level == .ipv6) && hasLevel(level) && (200...212).contains(name)
    }

    private func unknownToGet(_ level: OptionLevel, _ name: Int32) -> Errno {
        if isOfMulticastRouting(level, name) { return .notSupported }
        // As the kernel: IPv4's sockets and UNIX's do not know the level, IPv6's not the option.
        return hasLevel(level) || family == .ipv6 ? .protocolNotAvailable : .notSupported
    }

    private func unknownToSet(_ level: OptionLevel, _ name: Int32, _ bytes: OptionBytes) -> Errno {
        if isOfMulticastRouting(level, name) { return .notSupported }
        guard hasLevel(level) else { return family == .unix ? .notSupported : .protocolNotAvailable }
        let readsFirst = level == .socket || level == .tcp || level == .udp
        return readsFirst && bytes.count < 4 ? .invalidArgument : .protocolNotAvailable
    }

    // MARK: What every socket knows of itself

    private func identity(_ key: OptionKey, _ length: Int) throws(Errno) -> OptionBytes? {
        switch key {
        case .type: return OptionBytes(Int64(type.rawValue), length: length)
        case .family: return OptionBytes(Int64(family.rawValue), length: length)
        case .protocolNumber: return OptionBytes(Int64(`protocol`.rawValue), length: length)
        case .error: return OptionBytes(Int64(pendingError.take()?.rawValue ?? 0), length: length)
        case .cookie: return try cookie(length)
        case .peerName: return try peerName(length)
        default: return nil
        }
    }

    private func cookie(_ length: Int) throws(Errno) -> OptionBytes {
        guard length >= 8 else { throw .invalidArgument }
        if !options.isSet(.cookie) {
            kernel.cookies += 1
            options.identify(Int64(kernel.number) << 32 | kernel.cookies)
        }
        return OptionBytes(integer: options.value(.cookie, initial: 0))
    }

    private func peerName(_ length: Int) throws(Errno) -> OptionBytes {
        guard let address = formerPeer else { throw .socketNotConnected }
        var bytes = OptionBytes(address: address)
        guard length <= bytes.count else { throw .invalidArgument }
        bytes.truncate(to: length)
        return bytes
    }
}
