internal import SocketModel

/// Which sockets of a host have which ports.
struct PortTables {
    var tcp: [UInt16: [TCPSocket]] = [:]
    var udp: [UInt16: [UDPSocket]] = [:]
    /// Connections that share their listener's port, counted: they may be many.
    var accepted: [UInt16: Accepted] = [:]
    /// Connections by both ends.
    var connections: [ConnectionKey: TCPSocket] = [:]
    private var random: RandomStream

    struct Accepted {
        private(set) var count = 0
        /// Those that would not let another socket have the port.
        private(set) var withoutReuse = 0

        mutating func add(_ socket: TCPSocket) {
            count += 1
            if !socket.options.reusesAddress { withoutReuse += 1 }
        }

        mutating func remove(_ socket: TCPSocket) {
            count -= 1
            if !socket.options.reusesAddress { withoutReuse -= 1 }
        }
    }

    /// The ports that are given to those who ask for none: Linux's own range.
    static let ephemeral: ClosedRange<UInt16> = 32768...60999

    init(_ random: RandomStream) { self.random = random }

    /// A port of a range to begin the search for a free one with, and all that follow it, once around.
    mutating func ephemeralCandidates(_ range: ClosedRange<UInt16> = Self.ephemeral) -> some Sequence<UInt16> {
        let start = random.below(UInt64(range.count))
        return (0..<UInt64(range.count)).lazy.map {
            range.lowerBound + UInt16((start + $0) % UInt64(range.count))
        }
    }

    /// A first sequence number.
    mutating func initialSequence() -> UInt32 { UInt32(truncatingIfNeeded: random.next()) }
}

/// Both ends of a connection.
struct ConnectionKey: Hashable {
    var local: IPAddress
    var remote: IPAddress
    var localPort: UInt16
    var remotePort: UInt16

    /// Ports tell nearly all apart.
    func hash(into hasher: inout Hasher) {
        hasher.combine(UInt32(localPort) << 16 | UInt32(remotePort))
        if case .v4(let address) = remote { hasher.combine(address.rawValue) }
    }
}
