/// What happens to certain packets: data, as all faults are.
public struct PacketRule: Hashable, Sendable, Codable {
    /// Which packets: all that fit every choice made here.
    public var from: HostSelection
    /// To which hosts.
    public var to: HostSelection
    /// Of which kind.
    public var kind: Kind
    /// With which port at either end; nil for any.
    public var port: UInt16?
    /// How many such packets pass unharmed before the rule takes hold. Each direction between two hosts counts for itself.
    public var skip: Int
    /// How many it takes hold of then; nil for all.
    public var limit: Int?
    /// How likely it takes hold of one, 0...1.
    public var probability: Double
    /// What happens to them.
    public var action: Action

    /// A kind of packet.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case any, udp, tcp
        /// A TCP segment that asks for a connection, or grants one.
        case synchronize
        /// A TCP segment that ends a direction.
        case finish
        /// A TCP segment with data.
        case data
        /// A TCP segment that only acknowledges.
        case acknowledgement
    }

    /// What a rule does to a packet.
    public enum Action: Hashable, Sendable, Codable {
        /// It is lost.
        case drop
        /// It arrives so much later, and others overtake it.
        case delay(Distribution)
        /// It arrives twice.
        case duplicate
        /// A TCP segment's connection is reset, at both ends; other packets are lost.
        case reset
    }

    /// A rule for packets of one kind.
    public init(
        _ action: Action, _ kind: Kind = .any, from: HostSelection = .all, to: HostSelection = .all,
        port: UInt16? = nil, skip: Int = 0, limit: Int? = nil, probability: Double = 1
    ) {
        self.action = action
        self.kind = kind
        self.from = from
        self.to = to
        self.port = port
        self.skip = skip
        self.limit = limit
        self.probability = probability
    }
}

extension PacketRule.Kind {
    func fits(_ packet: Packet) -> Bool {
        switch (self, packet.content) {
        case (.any, _), (.udp, .udp), (.tcp, .tcp): true
        case (.synchronize, .tcp(let header)): header.flags.contains(.syn)
        case (.finish, .tcp(let header)): header.flags.contains(.fin)
        case (.data, .tcp): !packet.payload.isEmpty
        case (.acknowledgement, .tcp(let header)): packet.payload.isEmpty && header.flags == .acknowledge
        default: false
        }
    }
}
