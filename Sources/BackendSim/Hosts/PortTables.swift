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

    /// By what decides whether another socket may have the port: how many there are of each.
    struct Accepted {
        struct Kind: Hashable {
            let address: IPAddress
            let mayHaveIPv4: Bool
            let reusesAddress: Bool
            let reusesPort: Bool
        }

        private var kinds: [(kind: Kind, count: Int)] = []

        var isEmpty: Bool { kinds.isEmpty }

        mutating func add(_ kind: Kind) {
            guard let index = kinds.firstIndex(where: { $0.kind == kind }) else { return kinds.append((kind, 1)) }
            kinds[index].count += 1
        }

        mutating func remove(_ kind: Kind) {
            guard let index = kinds.firstIndex(where: { $0.kind == kind }) else { return }
            kinds[index].count -= 1
            if kinds[index].count == 0 { kinds.remove(at: index) }
        }

        /// Whether they let a socket have its address and the port.
        func letIn(_ socket: TCPSocket) -> Bool {
            kinds.allSatisfy { kind, _ in
                !socket.accepts(kind.address) && !(socket.isAnyOfIPv4 && kind.mayHaveIPv4)
                    || socket.options.reusesAddress && kind.reusesAddress
                    || socket.options.reusesPort && kind.reusesPort
            }
        }
    }

    /// The ports that are given to those who ask for none: Linux's own range.
    static let ephemeral: ClosedRange<UInt16> = 32768...60999

    /// What only this host knows, for first sequence numbers.
    private let secret: UInt64

    init(_ random: RandomStream) {
        self.random = random
        secret = self.random.next()
    }

    /// A port of a range to begin the search for a free one with, and all that follow it, once around.
    mutating func ephemeralCandidates(_ range: ClosedRange<UInt16> = Self.ephemeral) -> some Sequence<UInt16> {
        let start = random.below(UInt64(range.count))
        return (0..<UInt64(range.count)).lazy.map {
            range.lowerBound + UInt16((start + $0) % UInt64(range.count))
        }
    }

    /// A first sequence number: one that grows with time between the same ends (RFC 6528), so that a connection is told from the one before.
    func initialSequence(_ key: ConnectionKey?, at now: Int64) -> UInt32 {
        var value = secret
        if let key {
            value.mix(UInt64(key.localPort) << 16 | UInt64(key.remotePort))
            value.mix(key.local)
            value.mix(key.remote)
        }
        return UInt32(truncatingIfNeeded: value) &+ UInt32(truncatingIfNeeded: now >> 6)
    }
}

/// Both ends of a connection.
struct ConnectionKey: Hashable {
    var local: IPAddress
    var remote: IPAddress
    var localPort: UInt16
    var remotePort: UInt16

    /// Whether it is a socket's connection to itself.
    var isOfOneEnd: Bool { local == remote && localPort == remotePort }

    /// Ports tell nearly all apart.
    func hash(into hasher: inout Hasher) {
        hasher.combine(UInt32(localPort) << 16 | UInt32(remotePort))
        if case .v4(let address) = remote { hasher.combine(address.rawValue) }
    }
}

extension UInt64 {
    fileprivate mutating func mix(_ part: UInt64) {
        self = (self ^ part) &* 0x9e37_79b9_7f4a_7c15
        self ^= self >> 29
    }

    fileprivate mutating func mix(_ address: IPAddress) {
        switch address {
        case .v4(let address): mix(UInt64(address.rawValue))
        case .v6(let address, _):
            mix(address.high)
            mix(address.low)
        }
    }
}
