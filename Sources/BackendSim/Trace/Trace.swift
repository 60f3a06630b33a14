internal import SocketModel

/// What has happened in a simulation since ``Simulation/startTracing(limit:)``: packets that left, arrived or were lost, and what befell
/// hosts. A value: what happens later is not in it.
public struct Trace: Sendable {
    /// How many events were dropped because there were more than the trace holds.
    public let forgottenCount: Int
    let events: [TraceEvent]
    let hosts: [Host]
    /// The largest packet between two hosts.
    let maximumPacket: Int

    /// What a trace knows of a host.
    struct Host: Sendable {
        let name: String
        let ipv4: IPv4Address
        let ipv6: IPv6Address
    }

    init(_ world: World, _ recorder: TraceRecorder) {
        events = recorder.events
        forgottenCount = recorder.forgotten
        hosts = world.hosts.map { Host(name: $0.name, ipv4: $0.ipv4, ipv6: $0.ipv6) }
        maximumPacket = world.options.maximumPacket
    }

    /// How many events there are.
    public var count: Int { events.count }

    /// The name of a host by its number.
    func name(_ host: Int) -> String { host > 0 && host <= hosts.count ? hosts[host - 1].name : "?" }
}

extension Simulation {
    /// Takes down from now on what happens, and forgets an earlier trace.
    ///
    /// - Parameter limit: The most events that are kept, at least 2: when there are more the older half of them is dropped. An event takes some
    ///   200 bytes and its payload.
    public func startTracing(limit: Int = 1_000_000) {
        let begun: Void? = world.enter {
            let recorder = world.recorder ?? TraceRecorder(limit: limit, after: 0)
            world.recorder = recorder.successor(limit: limit)
        }
        if begun == nil { _ = world.escaped("startTracing") }
    }

    /// Puts words of one's own into the trace, at the present moment; nothing happens while none is taken down.
    ///
    /// - Parameter host: Whom they are about; nil for no host in particular.
    public func note(_ words: String, on host: SimulatedHost? = nil) {
        let world = world
        let note = { world.note(.change(words, host: host?.number)) }
        world.perform(note)
    }

    /// What has been taken down; nil before ``startTracing(limit:)``.
    public var trace: Trace? { world.enter { world.recorder.map { Trace(world, $0) } } ?? nil }
}
