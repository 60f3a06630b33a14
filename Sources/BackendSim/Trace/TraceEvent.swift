internal import SocketModel

/// Something that a trace tells: a packet that leaves, arrives or is lost, or what befalls a host.
struct TraceEvent: Sendable {
    /// Nanoseconds of virtual time.
    let time: Int64
    let what: What

    enum What: Sendable {
        case packet(TracedPacket, Fate)
        case happening(Happening)
    }

    /// How far a packet has got.
    enum Fate: Hashable, Sendable {
        case sent, delivered
        /// It gets no further, for a reason.
        case dropped(String)
    }
}

/// A packet as it was, by value.
struct TracedPacket: Sendable {
    /// The same for all that becomes of it, and for no other.
    let number: Int
    /// The numbers of the hosts.
    let from: Int
    let to: Int
    let source: IPAddress
    let destination: IPAddress
    let content: Packet.Content
    let payload: [UInt8]
    let hopLimit: UInt8
    let trafficClass: UInt8

    init(_ packet: Packet, _ path: Path) {
        number = packet.number
        from = path.from.number
        to = path.to.number
        source = packet.source
        destination = packet.destination
        content = packet.content
        payload = packet.payload
        hopLimit = packet.hopLimit
        trafficClass = packet.trafficClass
    }

    var isIPv6: Bool {
        if case .v6 = source { true } else { false }
    }

    /// The ports, where it has any.
    var ports: (source: UInt16, destination: UInt16)? {
        switch content {
        case .tcp(let header): (header.sourcePort, header.destinationPort)
        case .udp(let source, let destination): (source, destination)
        case .unreachable: nil
        }
    }
}

/// What befalls a host, or all.
enum Happening: Sendable {
    case start(host: Int)
    case crash(host: Int)
    case restart(host: Int)
    /// Something else, in words, such as a fault that is set or healed.
    case change(String, host: Int?)

    var host: Int? {
        switch self {
        case .start(let host), .crash(let host), .restart(let host): host
        case .change(_, let host): host
        }
    }

    /// What it is, but for the host's name.
    var words: String {
        switch self {
        case .start: "starts"
        case .crash: "crashes"
        case .restart: "restarts"
        case .change(let words, _): words
        }
    }
}
