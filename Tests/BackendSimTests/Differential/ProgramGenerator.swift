import SocketModel
import TestSupport

/// Programs of socket calls that a seed decides: scenes that lead somewhere, and then calls at random.
struct ProgramGenerator {
    private var random: SeededGenerator
    private var steps: [Step] = []

    private let hostCount: Int

    static func program(seed: UInt64, hostCount: Int = 1, length: Int = 30) -> [Step] {
        var generator = ProgramGenerator(random: SeededGenerator(seed: seed), hostCount: hostCount)
        generator.scene()
        while generator.steps.count < length {
            if generator.pick(12) == 0 { generator.scene() } else { generator.step() }
        }
        return generator.steps
    }

    private init(random: SeededGenerator, hostCount: Int) { (self.random, self.hostCount) = (random, hostCount) }

    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func pick<Value>(_ values: [Value]) -> Value { values[pick(values.count)] }
    private mutating func place() -> Int { pick(Stage.places) }

    // MARK: Scenes

    private mutating func scene() {
        switch pick(4) {
        case 0, 1: connection()
        case 2: datagrams()
        default: for place in 0..<3 { steps.append(.open(place, pick(Kind.internet), on: host())) }
        }
    }

    /// One host's chance of any is not asked for, so that seeds stay what they are.
    private mutating func host() -> Int { hostCount == 1 ? 0 : pick(hostCount) }

    /// How a peer addresses what is on that host.
    private func address(_ host: Int, isIPv4: Bool) -> Target.Host {
        if hostCount == 1 { return isIPv4 ? .loopback4 : .loopback6 }
        return isIPv4 ? [.hostA4, .hostB4, .hostC4][host] : [.hostA6, .hostB6, .hostC6][host]
    }

    private mutating func connection() {
        let isDual = pick(4) == 0
        let kind: Kind = pick([.tcp4, .tcp6])
        let port: Target.Port = pick([.zero, .own(pick(2))])
        let server = host()
        let address = address(server, isIPv4: kind == .tcp4)
        steps += [.open(0, isDual ? .tcp6 : kind, on: server), .open(1, kind, on: host())]
        if pick(2) == 0 { steps.append(.set(0, .reuseAddress, 1)) }
        steps.append(.bind(0, Target(isDual ? .any6 : address, port)))
        steps.append(.listen(0, pick([0, 1, 5])))
        if pick(4) == 0 { steps.append(.bind(1, Target(kind == .tcp4 ? .any4 : .any6, .own(2)))) }
        steps.append(.connect(1, Target(address, .of(0)), waiting: pick(2) == 0))
        if pick(6) > 0 { steps.append(.accept(0, into: 2)) }
    }

    private mutating func datagrams() {
        let kind: Kind = pick([.udp4, .udp6])
        let receiver = host()
        let address = address(receiver, isIPv4: kind == .udp4)
        let isDual = pick(4) == 0
        steps += [.open(3, isDual ? .udp6 : kind, on: receiver), .open(4, kind, on: host())]
        steps.append(.bind(3, Target(isDual ? .any6 : address, pick([.zero, .own(pick(2))]))))
        if pick(2) == 0 { steps.append(.connect(4, Target(address, .of(3)))) }
        steps.append(.sendTo(4, pick([0, 1, 100]), Target(address, .of(3))))
    }

    // MARK: Calls

    private mutating func step() {
        let place = place()
        switch pick(26) {
        case 0: steps.append(.open(place, pick(Kind.internet), on: host()))
        case 1, 2: steps.append(.bind(place, target()))
        case 3: steps.append(.listen(place, pick([-1, 0, 1, 5])))
        case 4, 5, 6: steps.append(.connect(place, target(), waiting: pick(4) == 0))
        case 7, 8: steps.append(.accept(place, into: self.place()))
        case 9, 10, 11: steps.append(.send(place, pick([0, 1, 10, 1000]), sendFlags()))
        case 12, 13: sendSomewhere(place)
        case 14, 15, 16: receive(place)
        case 17, 18: steps.append(.shutdown(place, pick(ShutdownDirection.allCases)))
        case 19, 20: steps.append(.close(place))
        case 21: steps.append(.names(place))
        case 22: steps.append(.get(place, pick([.error, .error, .reuseAddress, .v6Only])))
        case 23: set(place)
        case 24: steps.append(pick([.duplicate(place, into: self.place()), .detach(place)]))
        default: steps.append(pick([.flood(pick(3)), .drain(place), .names(place)]))
        }
    }

    private mutating func target() -> Target {
        let hosts: [Target.Host] =
            hostCount == 1
            ? [.any4, .loopback4, .loopback4, .any6, .loopback6, .loopback6, .mappedLoopback]
            : [.any4, .any6, .hostA4, .hostA4, .hostB4, .hostB4, .hostC4, .hostA6, .hostB6, .hostC6, .mappedHostB]
        let host = pick(4) > 0 ? pick(hosts) : pick(hostCount == 1 ? Target.Host.alone : Target.Host.drawn)
        return Target(host, pick([.zero, .own(pick(Stage.ports)), .own(0), .of(place()), .of(pick(2))]))
    }

    private mutating func sendFlags() -> MessageFlags {
        pick(4) > 0 ? [] : pick([.doNotWait, .more, .outOfBand, .doNotRoute, .endOfRecord])
    }

    private mutating func sendSomewhere(_ place: Int) {
        let (count, target) = (pick([0, 1, 10, 1000, 65_507, 65_508, 70_000]), target())
        if pick(3) > 0 { return steps.append(.sendTo(place, min(count, pick([1000, 70_000])), target, sendFlags())) }
        let control: [[ControlMessage]] = [
            [], [.timeToLive(7)], [.hopLimit(9)],
            [.ipv4PacketInfo(IPv4PacketInfo(localAddress: IPv4Address(127, 0, 0, 5)))],
        ]
        let to = pick(2) == 0 && !target.host.isRemote ? target : nil
        steps.append(.sendMessage(place, 10, to, pick(control)))
    }

    private mutating func receive(_ place: Int) {
        let flags: MessageFlags = pick(2) == 0 ? [] : pick([.peek, .truncated, .waitForAll, .outOfBand, .errorQueue])
        let count = pick([0, 1, 5, 100, 5000])
        switch pick(6) {
        case 0: steps.append(.wait(place, count, flags))
        case 1, 2: steps.append(.receiveMessage(place, count, room: pick([0, 100]), flags))
        default: steps.append(.receive(place, count, flags))
        }
    }

    private mutating func set(_ place: Int) {
        let settings: [Setting] = [
            .reuseAddress, .reuseAddress, .reusePort, .v6Only, .linger, .linger, .broadcast, .noDelay, .packetInfo,
            .timeToLive,
        ]
        let setting = pick(settings)
        steps.append(.set(place, setting, setting == .linger ? pick([-1, 0, 0]) : Int32(pick(2))))
    }
}
