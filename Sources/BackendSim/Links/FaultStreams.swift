/// The random numbers of a way's faults, a stream each.
struct FaultStreams {
    var loss: RandomStream
    var burst: RandomStream
    var duplication: RandomStream
    var reordering: RandomStream
    var corruption: RandomStream
    private var delays: RandomStream

    init(_ world: World, _ path: UInt64) {
        loss = world.stream(.loss, path)
        burst = world.stream(.burst, path)
        duplication = world.stream(.duplication, path)
        reordering = world.stream(.reordering, path)
        corruption = world.stream(.corruption, path)
        delays = world.stream(.delays, path)
    }

    /// Draws how long a packet is held back.
    mutating func draw(_ delay: Distribution) -> Int64 { delay.draw(&delays) }
}

/// A packet rule with what it has seen.
struct AppliedRule {
    let rule: PacketRule
    private var seen = 0
    private var stream: RandomStream

    init(_ rule: PacketRule, _ stream: RandomStream) {
        self.rule = rule
        self.stream = stream
    }

    /// What happens to a packet; nil for nothing.
    mutating func action(for packet: Packet) -> PacketRule.Action? {
        guard rule.kind.fits(packet), rule.port.map(packet.has(port:)) ?? true else { return nil }
        seen += 1
        let taken = seen - max(rule.skip, 0)
        if taken <= 0 || taken > rule.limit ?? .max { return nil }
        return rule.probability >= 1 || stream.happens(rule.probability) ? rule.action : nil
    }
}
