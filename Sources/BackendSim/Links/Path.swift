internal import SocketModel

/// The way from one host to another: its conditions, and what is known of the packets on it.
final class Path {
    let world: World
    let from: SimulatedHost
    let to: SimulatedHost
    private(set) var conditions: LinkConditions { didSet { fixedLatency = conditions.latency.fixed } }
    /// What is drawn always, if that is so.
    @safe @exclusivity(unchecked) private var fixedLatency: Int64?
    private let usual: LinkConditions
    /// What keeps packets from going on.
    enum Barrier: Equatable {
        case partition(Fault.Partition)
        case hold
    }

    private var barrier: Barrier?
    private var rules: [AppliedRule] = []
    private var heldPackets: [Packet] = []
    /// Whether nothing but time happens to a packet.
    @safe @exclusivity(unchecked) private var isPlain = true
    @safe @exclusivity(unchecked) private var latencies: RandomStream
    private lazy var streams = FaultStreams(world, number)
    private var isInBurst = false
    /// When the packet that arrives last does, and when the last that has left was on its way.
    @safe @exclusivity(unchecked) private var lastArrival: Int64 = 0
    private var busyUntil: Int64 = 0

    static let largestOnLoopback = 65_536

    init(_ world: World, from: SimulatedHost, to: SimulatedHost, _ conditions: LinkConditions) {
        self.world = world
        self.from = from
        self.to = to
        usual = conditions
        self.conditions = conditions
        fixedLatency = conditions.latency.fixed
        latencies = world.stream(.latency, UInt64(from.number) << 32 | UInt64(to.number))
        applyFaults()
    }

    private var number: UInt64 { UInt64(from.number) << 32 | UInt64(to.number) }

    /// Whether it does not leave its host.
    var isLoopback: Bool { from === to }

    /// The largest packet that may take this way, with its network header.
    var maximumPacket: Int { isLoopback ? Self.largestOnLoopback : world.options.maximumPacket }

    /// The faults have changed.
    func applyFaults() {
        if from === to { return }
        conditions = world.faults.conditions(from, to, usual: usual)
        let old = barrier
        barrier = world.faults.barrier(from, to)
        let applied = rules
        rules = world.faults.rules(from, to).map { rule in
            applied.first { $0.rule == rule } ?? AppliedRule(rule, world.stream(.rules, number))
        }
        isPlain = conditions.isFaultless && barrier == nil && rules.isEmpty
        if old == .hold, barrier != .hold { releaseHeld() }
    }

    private func releaseHeld() {
        let packets = heldPackets
        heldPackets = []
        for packet in packets { forward(packet) }
    }

    /// Puts a packet on its way.
    func send(_ packet: consuming Packet) {
        packet.way = Way(self)
        if let arrival = depart(packet) { world.events.insert(consume packet, at: arrival) }
    }

    /// A packet begins its way.
    ///
    /// - Returns: When it arrives, for its sender to schedule that; nil if there are faults, which have decided what becomes of it.
    @inline(__always)
    func depart(_ packet: Packet) -> Int64? {
        note(packet)
        if let recorder = world.recorder { recorder.sent(packet, self) }
        if isPlain { return nextArrival() }
        sendUnderFaults(packet)
        return nil
    }

    private func forward(_ packet: Packet) {
        if isPlain { schedule(packet) } else { sendUnderFaults(packet) }
    }

    private func schedule(_ packet: Packet) { world.events.insert(packet, at: nextArrival()) }

    /// When what is sent now arrives, but not before those that were sent earlier.
    @inline(__always)
    private func nextArrival() -> Int64 {
        lastArrival = max(lastArrival, world.now &+ latency())
        return lastArrival
    }

    /// A packet has arrived.
    func arrive(_ packet: Packet) {
        world.hash.fold(UInt64(bitPattern: world.now), number)
        if from !== to, packet.source.isLoopback { return note(dropped: packet, because: "loopback's address") }
        if let recorder = world.recorder { record(packet, recorder) }
        deliver(packet)
    }

    /// Gives a packet to who takes it. A connection's other end is most likely known, and then nobody else is asked.
    private func deliver(_ packet: Packet) {
        if let socket = packet.sender?.peer, socket.isPeer(of: packet) { return socket.handle(packet, packet.header) }
        to.kernel?.receive(packet)
    }

    private func record(_ packet: Packet, _ recorder: TraceRecorder) {
        if to.kernel == nil {
            recorder.dropped(packet, self, because: "the host is down")
        } else {
            recorder.delivered(packet, self)
        }
    }

    // MARK: Faults

    private func sendUnderFaults(_ packet: Packet) {
        switch barrier {
        case .hold: return heldPackets.append(packet)
        case .partition(let partition):
            if partition == .unreachable { answer(packet) }
            return drop(packet, because: "partition")
        case nil: break
        }
        for index in rules.indices {
            guard let action = rules[index].action(for: packet) else { continue }
            return apply(action, packet)
        }
        if isLost(packet) { return drop(packet, because: "loss") }
        transmit(packet)
    }

    private func apply(_ action: PacketRule.Action, _ packet: Packet) {
        switch action {
        case .drop: drop(packet, because: "rule")
        case .delay(let delay): world.events.insert(packet, at: world.now &+ latency() &+ streams.draw(delay))
        case .duplicate:
            duplicate(packet)
            schedule(packet)
        case .reset:
            reset(packet)
            drop(packet, because: "reset")
        }
    }

    private func latency() -> Int64 { fixedLatency ?? conditions.latency.draw(&latencies) }

    private func isLost(_ packet: Packet) -> Bool {
        if let burst = conditions.burstLoss {
            isInBurst = isInBurst ? !streams.burst.happens(burst.ending) : streams.burst.happens(burst.beginning)
            if isInBurst, streams.burst.happens(burst.loss) { return true }
        }
        let fragments = (packet.wireLength + maximumPacket - 1) / maximumPacket
        for _ in 0..<fragments where streams.loss.happens(conditions.loss) { return true }
        return false
    }

    private func transmit(_ packet: Packet) {
        if streams.corruption.happens(conditions.corruption), !corrupt(packet) {
            return drop(packet, because: "damaged")
        }
        guard let departure = departure(of: packet) else { return drop(packet, because: "queue full") }
        if streams.duplication.happens(conditions.duplication) { duplicate(packet) }
        if streams.reordering.happens(conditions.reordering) {
            world.events.insert(packet, at: departure &+ latency() &+ streams.draw(conditions.reorderingDelay))
            return
        }
        lastArrival = max(lastArrival, departure &+ latency())
        world.events.insert(packet, at: lastArrival)
    }

    /// When a packet is on its way, behind those that wait; nil if there is no room to wait.
    private func departure(of packet: Packet) -> Int64? {
        guard let rate = conditions.bitsPerSecond else { return world.now }
        let rate128 = Int128(max(1, rate))
        let start = max(world.now, busyUntil)
        let waiting = Int128(start - world.now) * rate128 / 8_000_000_000
        guard waiting + Int128(packet.wireLength) <= Int128(conditions.queueLimit) else { return nil }
        busyUntil = min(
            start &+ Int64(Int128(packet.wireLength) * 8_000_000_000 / rate128), world.now &+ World.longestDelay)
        return busyUntil
    }

    /// Changes a byte of a datagram; false for what has a checksum that sees it.
    private func corrupt(_ packet: Packet) -> Bool {
        guard case .udp = packet.content, !packet.payload.isEmpty else { return false }
        let place = Int(streams.corruption.below(UInt64(packet.payload.count)))
        packet.payload[place] ^= UInt8(1 + streams.corruption.below(255))
        world.hash.fold(UInt64(place), UInt64(packet.payload[place]))
        return true
    }

    private func duplicate(_ packet: Packet) {
        let copy = world.fabric.takePacket()
        copy.copy(packet)
        copy.way = Way(self)
        world.events.insert(copy, at: world.now &+ latency())
    }

    /// Tells both ends of a connection that it is over.
    private func reset(_ packet: Packet) {
        guard case .tcp(let header) = packet.content else { return }
        var forward = header
        forward.flags = [.reset, .acknowledge]
        let packetForward = world.fabric.takePacket()
        packetForward.copy(packet)
        packetForward.payload = []
        packetForward.content = .tcp(forward)
        packetForward.way = Way(self)
        if let recorder = world.recorder { recorder.sent(packetForward, self) }
        schedule(packetForward)
        guard header.flags.contains(.acknowledge) else { return }
        var back = TCPHeader(sourcePort: header.destinationPort, destinationPort: header.sourcePort)
        back.flags = .reset
        back.sequence = header.acknowledgement
        let packetBack = world.fabric.takePacket()
        packetBack.source = packet.destination
        packetBack.destination = packet.source
        packetBack.content = .tcp(back)
        let wayBack = to.path(to: from)
        packetBack.way = Way(wayBack)
        if let recorder = world.recorder { recorder.sent(packetBack, wayBack) }
        world.events.insert(packetBack, at: world.now &+ latency())
    }

    /// Tells whoever sent a packet that it cannot be delivered.
    private func answer(_ packet: Packet) {
        guard let original = packet.original else { return }
        let answer = world.fabric.takePacket()
        answer.source = packet.source
        answer.destination = packet.source
        answer.content = .unreachable(.noRouteToHost, original)
        from.path(to: from).send(answer)
    }

    private func note(dropped packet: Packet, because reason: String) {
        if let recorder = world.recorder { recorder.dropped(packet, self, because: reason) }
    }

    private func drop(_ packet: Packet, because reason: String) {
        note(dropped: packet, because: reason)
        world.fabric.recycle(packet)
    }

    /// What is sent has happened, whether or not it arrives.
    private func note(_ packet: Packet) {
        world.hash.fold(UInt64(bitPattern: world.now), number)
        if packet.isSegment { packet.header.fold(into: &world.hash) } else { packet.content.fold(into: &world.hash) }
        unsafe packet.payload.withUnsafeBytes { unsafe world.hash.fold($0) }
    }
}

extension Packet.Content {
    fileprivate func fold(into hash: inout EventHash) {
        switch self {
        case .tcp(let header): header.fold(into: &hash)
        case .udp(let source, let destination): hash.fold(UInt64(source) << 16 | UInt64(destination))
        case .unreachable(let error, _): hash.fold(UInt64(bitPattern: Int64(error.rawValue)))
        }
    }
}

extension TCPHeader {
    @inline(__always)
    fileprivate func fold(into hash: inout EventHash) {
        hash.fold(
            UInt64(sourcePort) << 48 | UInt64(destinationPort) << 32 | UInt64(flags.rawValue) << 16 | UInt64(window),
            UInt64(sequence) << 32 | UInt64(acknowledgement))
    }
}
