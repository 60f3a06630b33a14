/// Takes down what happens: the last events, in two halves of which the older one is dropped when the newer is full.
final class TraceRecorder {
    private let limit: Int
    private var older: [TraceEvent] = []
    private var newer: [TraceEvent] = []
    /// How many events have been dropped.
    private(set) var forgotten = 0
    /// What left before is not this trace's.
    private let first: Int
    private var last: Int

    /// A recorder that gives numbers to packets after `last`.
    init(limit: Int, after last: Int) {
        self.limit = max(limit, 2)
        first = last + 1
        self.last = last
    }

    /// What is to follow it.
    func successor(limit: Int) -> TraceRecorder { TraceRecorder(limit: limit, after: last) }

    var events: [TraceEvent] { older + newer }

    /// A packet has left.
    func sent(_ packet: Packet, _ path: Path) {
        last += 1
        packet.number = last
        add(packet, path, .sent)
    }

    /// A packet has arrived.
    func delivered(_ packet: Packet, _ path: Path) { add(packet, path, .delivered) }

    /// A packet gets no further.
    func dropped(_ packet: Packet, _ path: Path, because reason: String) { add(packet, path, .dropped(reason)) }

    func add(_ event: TraceEvent) {
        if newer.count >= limit / 2 {
            forgotten += older.count
            older = newer
            newer = []
        }
        newer.append(event)
    }

    private func add(_ packet: Packet, _ path: Path, _ fate: TraceEvent.Fate) {
        guard packet.number >= first else { return }
        add(TraceEvent(time: path.world.now, what: .packet(TracedPacket(packet, path), fate)))
    }
}

extension World {
    /// Lets a trace know what befalls a host, if one is on.
    @inline(__always)
    func note(_ happening: @autoclosure () -> Happening) {
        if let recorder { recorder.add(TraceEvent(time: now, what: .happening(happening()))) }
    }
}
