internal import SocketModel

/// The way from one host to another: its conditions, and what is known of the packets on it.
final class Path {
    unowned let world: World
    unowned let from: SimulatedHost
    unowned let to: SimulatedHost
    var conditions: LinkConditions
    private var latencies: RandomStream
    /// When the packet that arrives last does.
    private var lastArrival: Int64 = 0

    static let largestOnLoopback = 65_536

    init(_ world: World, from: SimulatedHost, to: SimulatedHost, _ conditions: LinkConditions) {
        self.world = world
        self.from = from
        self.to = to
        self.conditions = conditions
        latencies = world.stream(.latency, UInt64(from.number) << 32 | UInt64(to.number))
    }

    /// The largest packet that may take this way, with its network header.
    var maximumPacket: Int { from === to ? Self.largestOnLoopback : world.options.maximumPacket }

    /// Puts a packet on its way.
    func send(_ packet: Packet) {
        packet.path = self
        if let recorder = world.recorder { recorder.sent(packet, self) }
        let arrival = max(lastArrival, world.now &+ conditions.latency.draw(&latencies))
        lastArrival = arrival
        world.events.insert(packet, at: arrival)
    }

    /// A packet has arrived.
    func arrive(_ packet: Packet) {
        note(packet)
        if let recorder = world.recorder { record(packet, recorder) }
        to.kernel?.receive(packet)
        world.fabric.recycle(packet)
    }

    private func record(_ packet: Packet, _ recorder: TraceRecorder) {
        if to.kernel == nil {
            recorder.dropped(packet, self, because: "the host is down")
        } else {
            recorder.delivered(packet, self)
        }
    }

    private func note(_ packet: Packet) {
        world.hash.fold(UInt64(bitPattern: world.now))
        world.hash.fold(UInt64(from.number) << 32 | UInt64(to.number))
        switch packet.content {
        case .tcp(let header): header.fold(into: &world.hash)
        case .udp(let source, let destination): world.hash.fold(UInt64(source) << 16 | UInt64(destination))
        case .unreachable(let error, _): world.hash.fold(UInt64(bitPattern: Int64(error.rawValue)))
        }
        unsafe packet.payload.withUnsafeBytes { unsafe world.hash.fold($0) }
    }
}

extension TCPHeader {
    func fold(into hash: inout EventHash) {
        hash.fold(
            UInt64(sourcePort) << 48 | UInt64(destinationPort) << 32 | UInt64(flags.rawValue) << 16 | UInt64(window))
        hash.fold(UInt64(sequence) << 32 | UInt64(acknowledgement))
    }
}
