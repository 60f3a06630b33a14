import SocketModel
import Testing

/// Something that Linux does: steps, and how what comes of the last one begins.
struct LinuxBehaviour: CustomTestStringConvertible, Sendable {
    let name: String
    let steps: [Step]
    let expected: String

    init(_ name: String, _ steps: [Step], _ expected: String) {
        self.name = name
        self.steps = steps
        self.expected = expected
    }

    init(_ name: String, _ steps: [Step], _ expected: Errno) { self.init(name, steps, "\(expected)") }

    var testDescription: String { name }
}

extension [UInt8] {
    /// Several of C's `int`.
    static func ints(_ numbers: Int32...) -> [UInt8] {
        numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    }
}

extension [Step] {
    /// A listener at 0, a client at 1, and at 2 what was accepted.
    static let pair: [Step] = listener + [.connect(1, Target(.loopback4, .of(0)), waiting: true), .accept(0, into: 2)]

    /// A listener at 0, on the first of the program's own ports, and a client at 1.
    static let listener: [Step] = [
        .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))), .listen(0, 5), .open(1, .tcp4),
    ]

    /// A client at 1 whose connect was refused, which it does not know yet.
    static let refused: [Step] = [.open(1, .tcp4), .connect(1, Target(.loopback4, .own(3)))]

    /// A listener that takes one more connection, and one that waits for room, at 3.
    static let overflow: [Step] = [
        .open(0, .tcp4), .bind(0, Target(.loopback4)), .listen(0, 0), .open(1, .tcp4), .open(3, .tcp4),
        .connect(1, Target(.loopback4, .of(0)), waiting: true), .connect(3, Target(.loopback4, .of(0))),
    ]

    /// A bound receiver at 3, and a sender at 4.
    static let datagrams: [Step] = [.open(3, .udp4), .bind(3, Target(.loopback4)), .open(4, .udp4)]
}

/// Each row on the kernel and in the simulation: both do what is said.
@Suite struct LinuxBehaviourTests {
    static let all =
        [
            LinuxBehaviour.connections, LinuxBehaviour.transfers, LinuxBehaviour.names, LinuxBehaviour.datagrams,
            LinuxBehaviour.found, LinuxBehaviour.ports, LinuxBehaviour.connects, LinuxBehaviour.ends,
            LinuxBehaviour.streamBytes, LinuxBehaviour.streamOptions, LinuxBehaviour.receivers, LinuxBehaviour.joined,
            LinuxBehaviour.groups, LinuxBehaviour.unix, LinuxBehaviour.urgent,
        ].flatMap { $0 }

    @Test(arguments: all) func isTheSimulations(_ row: LinuxBehaviour) throws {
        #expect(try Comparison.simulated(row.steps).last?.hasPrefix(row.expected) == true)
        let comparison = try Comparison(row.steps)
        #expect(comparison.divergence == nil, "\(comparison.report)")
    }
}
