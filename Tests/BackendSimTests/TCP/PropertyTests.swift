import SocketModel
import TestSupport
import Testing

@testable import BackendSim

/// Whatever the network does to segments, and whatever a peer invents.
@Suite struct PropertyTests {
    /// Loss, duplication and reordering, in both directions at once: every byte arrives once and in order, and both ends end.
    @Test(arguments: 0..<80)
    func everyByteArrivesOnceAndInOrder(seed: UInt64) {
        var conversation = Conversation(seed: seed)
        conversation.run()
        for end in [End.client, .server] {
            #expect(conversation.received[end.rawValue] == conversation.total[end.other.rawValue], "seed \(seed)")
            #expect(conversation.isInOrder[end.rawValue], "seed \(seed)")
            #expect(conversation.wire[end].tcp.error == nil, "seed \(seed)")
            #expect(conversation.wire[end].tcp.state == .closed, "seed \(seed)")
        }
    }

    @Test func theSameSeedIsTheSameConversation() {
        var logs: [[Segment]] = []
        for _ in 0..<2 {
            var conversation = Conversation(seed: 4711)
            conversation.run()
            logs.append(conversation.wire.log)
        }
        #expect(logs[0].map(\.header) == logs[1].map(\.header))
        #expect(logs[0].map(\.at) == logs[1].map(\.at))
    }

    /// Random headers near the right numbers, random times, random calls: nothing traps, and memory stays bounded.
    @Test(arguments: 0..<40)
    func nothingAPeerSendsTraps(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let parameters = TCPParameters(
            sendBuffer: 5000, receiveBuffer: 5000, initialSequence: UInt32(truncatingIfNeeded: generator.next()),
            keepAlive: seed % 2 == 0)
        let syn = TCPHeader(
            sequence: UInt32(truncatingIfNeeded: generator.next()), flags: .syn,
            window: UInt16(truncatingIfNeeded: generator.next()),
            maximumSegment: UInt16(truncatingIfNeeded: generator.next()),
            windowScale: UInt8(truncatingIfNeeded: generator.next()))
        let machine = Machine(
            seed % 3 == 0
                ? TCPConnection(connecting: parameters, now: 0) : TCPConnection(accepting: parameters, syn: syn, now: 0)
        )
        var now: Int64 = 0
        for _ in 0..<1500 {
            now += Int64.random(in: 0...second, using: &generator)
            molest(machine, &now, &generator)
            #expect(machine.poll(now: now).count < 100, "seed \(seed)")
            #expect(machine.tcp.allocatedBytes <= 3 * 8192, "seed \(seed)")
            #expect(machine.tcp.receiving.reassembly.runs.count <= Reassembly.limit, "seed \(seed)")
            #expect(machine.tcp.unacknowledgedBytes <= 5000, "seed \(seed)")
        }
    }

    private func molest(_ machine: Machine, _ now: inout Int64, _ generator: inout SeededGenerator) {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: _ = machine.send(pattern(Int.random(in: 0...3000, using: &generator)), now: now)
        case 1: _ = machine.receive(Int.random(in: 0...3000, using: &generator), now: now)
        case 2 where machine.tcp.nextDeadline < .max:
            now = max(now, machine.tcp.nextDeadline)
            machine.tcp.expire(now: now)
        case 3 where Int.random(in: 0..<50, using: &generator) == 0: machine.tcp.shutdownSending()
        case 4 where Int.random(in: 0..<50, using: &generator) == 0: machine.tcp.close(now: now)
        default:
            let (header, payload) = invent(machine, &generator)
            machine.handle(header, payload, now: now)
        }
    }

    private func invent(_ machine: Machine, _ generator: inout SeededGenerator) -> (TCPHeader, [UInt8]) {
        func near(_ number: UInt32) -> UInt32 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: UInt32(truncatingIfNeeded: generator.next())
            case 1...4: number
            default: number &+ UInt32(bitPattern: Int32.random(in: -6000...6000, using: &generator))
            }
        }
        var flags = TCPFlags(rawValue: UInt8(truncatingIfNeeded: generator.next()))
        if Int.random(in: 0..<20, using: &generator) != 0 { flags.remove(.reset) }
        if Int.random(in: 0..<4, using: &generator) != 0 { flags.remove([.syn, .fin]) }
        let header = TCPHeader(
            sequence: near(machine.tcp.receiving.next), acknowledgement: near(machine.tcp.sending.next), flags: flags,
            window: UInt16(truncatingIfNeeded: generator.next()),
            maximumSegment: UInt16(truncatingIfNeeded: generator.next() & generator.next()),
            windowScale: UInt8(truncatingIfNeeded: generator.next()))
        return (header, pattern(Int.random(in: 0...2000, using: &generator)))
    }
}

/// Two ends that send each other so many bytes and then close, over a bad wire.
struct Conversation {
    let wire: Wire
    var total: [Int]
    private(set) var received = [0, 0]
    private(set) var isInOrder = [true, true]
    private var sent = [0, 0]
    private var generator: SeededGenerator

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let parameters = (0..<2).map { _ in Self.parameters(&generator) }
        total = (0..<2).map { _ in Int.random(in: 0...60_000, using: &generator) }
        wire = Wire(client: parameters[0], server: parameters[1], simultaneous: seed % 5 == 0)
        wire.delay = Int64.random(in: 0...100, using: &generator) * millisecond
        let loss = Int.random(in: 0...20, using: &generator)
        let twice = Int.random(in: 0...10, using: &generator)
        let spread = Int64.random(in: 0...60, using: &generator)
        var dice = SeededGenerator(seed: seed ^ 0xabcdef)
        wire.drop = { _ in Int.random(in: 0..<100, using: &dice) < loss }
        wire.jitter = { _ in
            (
                Int64.random(in: 0...spread, using: &dice) * millisecond, Int.random(in: 0..<100, using: &dice) < twice
            )
        }
        self.generator = generator
    }

    private static func parameters(_ generator: inout SeededGenerator) -> TCPParameters {
        TCPParameters(
            maximumSegment: Int.random(in: 48...3000, using: &generator),
            sendBuffer: Int.random(in: 1...100_000, using: &generator),
            receiveBuffer: Int.random(in: 500...200_000, using: &generator),
            initialSequence: UInt32(truncatingIfNeeded: generator.next()) | 0xfffc_0000,
            noDelay: Bool.random(using: &generator), quickAcknowledge: Bool.random(using: &generator))
    }

    mutating func run() {
        wire.flush()
        var steps = 0
        while steps < 400_000, wire.step() {
            steps += 1
            for end in [End.client, .server] where wire.hasServer || end == .client { act(end) }
            wire.flush()
        }
    }

    private mutating func act(_ end: End) {
        let index = end.rawValue
        let machine = wire[end]
        if machine.tcp.canSend {
            let count = min(total[index] - sent[index], 10_000)
            sent[index] += machine.send(pattern(count, from: sent[index]), now: wire.now)
            if sent[index] == total[index] { machine.tcp.shutdownSending() }
        }
        let bytes = machine.receive(Int.random(in: 1...20_000, using: &generator), now: wire.now)
        if bytes != pattern(bytes.count, from: received[index]) { isInOrder[index] = false }
        received[index] += bytes.count
    }
}
