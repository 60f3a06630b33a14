internal import SocketModel

/// An option's level and number, in 16 bits.
struct OptionKey: Hashable, BitwiseCopyable {
    let rawValue: UInt16

    /// nil for a level or a number that no option here has. The numbers that Linux gave the times for 2038's sake mean the same.
    init?(_ level: OptionLevel, _ name: Int32) {
        guard let code = Self.levels.firstIndex(of: level), let byte = UInt8(exactly: name) else { return nil }
        let known: UInt8 =
            switch (level, byte) {
            case (.socket, 66): 20
            case (.socket, 67): 21
            default: byte
            }
        rawValue = UInt16(code) << 8 | UInt16(known)
    }

    private init(socket name: UInt8) { rawValue = UInt16(name) }
    private init(ip name: UInt8) { rawValue = 1 << 8 | UInt16(name) }
    private init(ipv6 name: UInt8) { rawValue = 2 << 8 | UInt16(name) }
    private init(tcp name: UInt8) { rawValue = 3 << 8 | UInt16(name) }
    private init(udp name: UInt8) { rawValue = 4 << 8 | UInt16(name) }

    /// The number within its level.
    var number: UInt8 { UInt8(truncatingIfNeeded: rawValue) }
    var isIPv4: Bool { rawValue >> 8 == 1 }

    private static let levels: [OptionLevel] = [.socket, .ip, .ipv6, .tcp, .udp]
}

// Those that something here asks for by name.
extension OptionKey {
    static let reuseAddress = OptionKey(socket: 2)
    static let type = OptionKey(socket: 3)
    static let error = OptionKey(socket: 4)
    static let broadcast = OptionKey(socket: 6)
    static let sendBuffer = OptionKey(socket: 7)
    static let receiveBuffer = OptionKey(socket: 8)
    static let keepAlive = OptionKey(socket: 9)
    static let urgentInline = OptionKey(socket: 10)
    static let priority = OptionKey(socket: 12)
    static let linger = OptionKey(socket: 13)
    static let reusePort = OptionKey(socket: 15)
    static let passCredentials = OptionKey(socket: 16)
    static let peerCredentials = OptionKey(socket: 17)
    static let boundDevice = OptionKey(socket: 25)
    static let peerName = OptionKey(socket: 28)
    static let timestamp = OptionKey(socket: 29)
    static let isListening = OptionKey(socket: 30)
    static let forcedSendBuffer = OptionKey(socket: 32)
    static let forcedReceiveBuffer = OptionKey(socket: 33)
    static let timestampNanoseconds = OptionKey(socket: 35)
    static let protocolNumber = OptionKey(socket: 38)
    static let family = OptionKey(socket: 39)
    static let countDrops = OptionKey(socket: 40)
    static let peekOffset = OptionKey(socket: 42)
    static let cookie = OptionKey(socket: 57)
    static let bufferLocks = OptionKey(socket: 72)
    static let passRights = OptionKey(socket: 83)

    static let typeOfService = OptionKey(ip: 1)
    static let timeToLive = OptionKey(ip: 2)
    static let ipOptions = OptionKey(ip: 4)
    static let receivePacketInfo = OptionKey(ip: 8)
    static let pathMTUDiscovery = OptionKey(ip: 10)
    static let receiveTimeToLive = OptionKey(ip: 12)
    static let receiveTypeOfService = OptionKey(ip: 13)
    static let pathMTU = OptionKey(ip: 14)
    static let freeBind = OptionKey(ip: 15)
    static let receiveOriginalDestination = OptionKey(ip: 20)
    static let bindAddressNoPort = OptionKey(ip: 24)
    static let multicastInterface = OptionKey(ip: 32)
    static let multicastTimeToLive = OptionKey(ip: 33)
    static let multicastLoop = OptionKey(ip: 34)
    static let multicastAll = OptionKey(ip: 49)
    static let localPortRange = OptionKey(ip: 51)

    static let addressForm6 = OptionKey(ipv6: 1)
    static let unicastHops6 = OptionKey(ipv6: 16)
    static let multicastInterface6 = OptionKey(ipv6: 17)
    static let multicastHops6 = OptionKey(ipv6: 18)
    static let multicastLoop6 = OptionKey(ipv6: 19)
    static let pathMTUDiscovery6 = OptionKey(ipv6: 23)
    static let pathMTU6 = OptionKey(ipv6: 24)
    static let v6Only = OptionKey(ipv6: 26)
    static let multicastAll6 = OptionKey(ipv6: 29)
    static let receivePacketInfo6 = OptionKey(ipv6: 49)
    static let packetInfo6 = OptionKey(ipv6: 50)
    static let receiveHopLimit6 = OptionKey(ipv6: 51)
    static let hopOptions6 = OptionKey(ipv6: 54)
    static let headerOptions6 = OptionKey(ipv6: 55)
    static let routingHeader6 = OptionKey(ipv6: 57)
    static let destinationOptions6 = OptionKey(ipv6: 59)
    static let pathMTUInfo6 = OptionKey(ipv6: 61)
    static let dontFragment6 = OptionKey(ipv6: 62)
    static let receiveTrafficClass6 = OptionKey(ipv6: 66)
    static let trafficClass6 = OptionKey(ipv6: 67)
    static let receiveOriginalDestination6 = OptionKey(ipv6: 74)
    static let freeBind6 = OptionKey(ipv6: 78)

    static let noDelay = OptionKey(tcp: 1)
    static let maximumSegment = OptionKey(tcp: 2)
    static let cork = OptionKey(tcp: 3)
    static let keepAliveIdle = OptionKey(tcp: 4)
    static let keepAliveInterval = OptionKey(tcp: 5)
    static let keepAliveCount = OptionKey(tcp: 6)
    static let synRetries = OptionKey(tcp: 7)
    static let finTimeout = OptionKey(tcp: 8)
    static let deferAccept = OptionKey(tcp: 9)
    static let windowClamp = OptionKey(tcp: 10)
    static let information = OptionKey(tcp: 11)
    static let quickAcknowledge = OptionKey(tcp: 12)
    static let congestionControl = OptionKey(tcp: 13)
    static let userTimeout = OptionKey(tcp: 18)
    static let notSentLowWater = OptionKey(tcp: 25)
    static let receiveQueueLength = OptionKey(tcp: 36)

    static let udpCork = OptionKey(udp: 1)
    static let segmentSize = OptionKey(udp: 103)
    static let receiveOffload = OptionKey(udp: 104)
}
