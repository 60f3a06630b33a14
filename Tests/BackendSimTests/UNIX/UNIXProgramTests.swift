import Sockets
import TestSupport
import Testing

/// Programs that nobody has thought of: random calls on a few sockets, on the kernel and on the simulator.
@Suite struct `Random programs of UNIX sockets` {
    @Test(arguments: 0..<10) func `come to the same`(group: UInt64) throws {
        for seed in group * 10..<group * 10 + 10 {
            try compare { ground in
                var program = UNIXProgram(ground, seed: seed)
                ground.step("seed \(seed)") { () throws(SocketError) in }
                for _ in 0..<60 { program.step() }
            }
        }
    }
}

/// A program that its seed decides, and what the calls come to.
private struct UNIXProgram {
    private let ground: Ground
    private var random: SeededGenerator
    private var sockets: [Socket] = []

    private static let types: [SocketType] = [.stream, .datagram, .sequencedPacket]
    private static let names = ["a", "b", "@a", "@b", ""]
    private static let directions = ShutdownDirection.allCases

    init(_ ground: Ground, seed: UInt64) {
        self.ground = ground
        random = SeededGenerator(seed: seed)
        add()
        add()
    }

    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func pick<Value>(_ values: [Value]) -> Value { values[pick(values.count)] }

    private mutating func add() {
        let type = pick(Self.types)
        if pick(3) > 0 {
            let (a, b) = ground.pair(type)
            sockets += [a, b]
        } else {
            sockets.append(ground.open(type))
        }
    }

    mutating func step() {
        if sockets.count < 4 { add() }
        let socket = pick(sockets)
        switch pick(17) {
        case 0: add()
        case 16: duplicate(socket)
        case 1: ground.bind(socket, pick(Self.names))
        case 2: ground.listen(socket, pick(3))
        case 3, 4: connect(socket)
        case 5: sockets += ground.accept(socket).map { [$0] } ?? []
        case 6, 7, 8: send(socket)
        case 9, 10, 11: receive(socket)
        case 12: ground.shut(socket, pick(Self.directions))
        case 13: close(socket)
        case 14: look(at: socket)
        default: pass(socket)
        }
        ground.poll(pick(sockets), pick(sockets))
    }

    private mutating func connect(_ socket: Socket) {
        if pick(8) == 0 { return ground.connect(socket, to: .unspecified) }
        ground.connect(socket, pick(Self.names))
    }

    private mutating func send(_ socket: Socket) {
        let bytes = [UInt8](repeating: UInt8(pick(256)), count: pick([0, 1, 3, 700, 50_000]))
        ground.send(socket, bytes, to: pick(4) == 0 ? pick(Self.names) : nil)
    }

    private mutating func receive(_ socket: Socket) {
        let flags: MessageFlags = pick([[], [], .peek, .truncated, .waitForAll])
        let count = pick([1, 2, 100, 60_000])
        if pick(2) == 0 { return ground.receive(socket, count, flags: flags) }
        ground.message(socket, count, room: pick([0, 24, 100]), flags: flags)
    }

    private mutating func close(_ socket: Socket) {
        sockets.removeAll { $0 === socket }
        ground.close(socket)
        if sockets.isEmpty { add() }
    }

    private mutating func duplicate(_ socket: Socket) {
        let copy = ground.step("duplicate") { () throws(SocketError) in try socket.duplicate() }
        sockets += copy.map { [$0] } ?? []
    }

    private mutating func look(at socket: Socket) {
        ground.names(socket)
        switch pick(4) {
        case 0: ground.remove(pick(["a", "b"]))
        case 1: ground.step("ask") { () throws(SocketError) in try socket.set(.socket.passCredentials, true) }
        case 2: ground.step("peer") { () throws(SocketError) in try socket.get(.socket.peerCredentials) }
        default: ground.step("peer") { () throws(SocketError) in try socket.get(.socket.isListening) }
        }
    }

    /// Never a socket into itself or its peer: the kernel collects such garbage when it sees fit.
    private mutating func pass(_ socket: Socket) {
        let (one, _) = ground.pair()
        ground.pass(socket, [1], [one])
        ground.close(one)
    }
}
