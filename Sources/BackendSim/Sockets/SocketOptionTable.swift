internal import SocketModel

/// The options of a socket, with Linux's own rules for their values.
struct SocketOptionTable {
    private var values: [Key: OptionBytes] = [:]
    private let family: AddressFamily
    private let type: SocketType

    private struct Key: Hashable {
        var level: OptionLevel
        var name: Int32
    }

    init(_ family: AddressFamily, _ type: SocketType, _ number: IPProtocol) {
        self.family = family
        self.type = type
    }

    var reusesAddress: Bool { integer(.socket, 2) != 0 }
    var reusesPort: Bool { integer(.socket, 15) != 0 }
    var broadcasts: Bool { integer(.socket, 6) != 0 }
    var isFreeBind = false
    var isIPv6Only: Bool { integer(.ipv6, 26) != 0 }
    var linger: Linger {
        guard let bytes = self[.socket, 13], let value = try? Linger(optionBytes: bytes) else { return .off }
        return value
    }
    var receiveBuffer = 212_992
    var sendBuffer = 212_992
    var receiveLowWater = 1
    var hops = 64
    var multicastHops = 1
    var trafficClass = 0
    var stampsTime = false
    var reportsIPv4Destination = false
    var reportsIPv6Destination = false
    var reportsTimeToLive = false
    var reportsHopLimit = false
    var tcpParameters = TCPParameters()

    subscript(level: OptionLevel, name: Int32) -> OptionBytes? {
        get { values[Key(level: level, name: name)] }
        set { values[Key(level: level, name: name)] = newValue }
    }

    private func integer(_ level: OptionLevel, _ name: Int32) -> Int32 {
        self[level, name]?.load(Int32.self, at: 0) ?? 0
    }
}

extension SimulatedSocket {
    final func getOption(_ level: OptionLevel, _ name: Int32, length: Int) throws(Errno) -> OptionBytes {
        try liveOption(level, name, length: length) ?? options[level, name] ?? OptionBytes(zeros: 4)
    }

    final func setOption(_ level: OptionLevel, _ name: Int32, _ bytes: OptionBytes) throws(Errno) {
        options[level, name] = bytes
    }
}
