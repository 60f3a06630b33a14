internal import SocketModel

/// What has happened in a run, step by step, in 32 bytes each: so that another run can be compared with it.
final class Witness {
    /// One step as it begins.
    struct Step: Equatable, BitwiseCopyable {
        /// What has happened before, in short.
        var hash: UInt64
        var time: Int64
        var what: What
    }

    /// Who runs, or what occurs.
    enum What: Equatable, BitwiseCopyable {
        case task(host: UInt32)
        case thread(host: UInt32)
        case calls(host: UInt32)
        case arrival(from: UInt16, to: UInt16, length: UInt16)
        case deadline, timer, alarm
    }

    private(set) var steps: [Step] = []
    private let limit: Int
    /// How many steps there were in all.
    private(set) var count = 0

    init(limit: Int) { self.limit = max(limit, 0) }

    /// A step is about to begin, if there is one until `end`.
    func look(at world: World, until end: Int64) {
        guard let (time, what) = next(in: world), time <= end else { return }
        count += 1
        if steps.count < limit { steps.append(Step(hash: world.hash.value, time: time, what: what)) }
    }

    private func next(in world: World) -> (time: Int64, what: What)? {
        switch world.isEventNext ? nil : world.ready.first {
        case .job(_, let kernel): return (world.now, .task(host: UInt32(truncatingIfNeeded: kernel.number)))
        case .thread(let thread): return (world.now, .thread(host: UInt32(truncatingIfNeeded: thread.kernel.number)))
        case .place(let place): return (world.now, .calls(host: UInt32(truncatingIfNeeded: place.kernel.number)))
        case .timer: return (world.now, .timer)
        case nil:
            guard let entry = world.events.first else { return nil }
            return (max(entry.instant, world.now), Self.what(entry.event))
        }
    }

    private static func what(_ event: Event) -> What {
        switch event {
        case let packet as Packet:
            .arrival(
                from: UInt16(truncatingIfNeeded: packet.way?.from.number ?? 0),
                to: UInt16(truncatingIfNeeded: packet.way?.to.number ?? 0),
                length: UInt16(truncatingIfNeeded: packet.payload.count))
        case is HostAlarm: .timer
        case is Parking, is WaitingCall: .deadline
        default: .alarm
        }
    }
}

extension Witness.What {
    /// What it is, with the hosts' names.
    func words(_ name: (Int) -> String) -> String {
        switch self {
        case .task(let host): "a task of \(name(Int(host))) goes on"
        case .thread(let host): "a thread of \(name(Int(host))) goes on"
        case .calls(let host): "calls of \(name(Int(host))) that were put off are tried"
        case .arrival(let from, let to, let length):
            "a packet from \(name(Int(from))) to \(name(Int(to))) arrives with \(length) bytes"
        case .deadline: "a call's deadline passes"
        case .timer: "a sleep ends"
        case .alarm: "a timer of the network's occurs"
        }
    }
}
