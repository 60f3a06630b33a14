import SocketModel
import Testing

/// What random programs have found on other backends than POSIX calls, when awaited, or on several hosts: each as short as it could be made.
struct FoundProgram: CustomTestStringConvertible, Sendable {
    let name: String
    let rigs: [Rig]
    let steps: [Step]
    /// How what comes of the last step begins.
    let expected: String

    init(_ name: String, on rigs: [Rig], _ steps: [Step], _ expected: String) {
        (self.name, self.rigs, self.steps, self.expected) = (name, rigs, steps, expected)
    }

    var testDescription: String { name }

    static let all = [
        // In the simulation the call was made once more while it failed; a ring left the socket between two states.
        FoundProgram(
            "a refused connect leaves a new socket", on: Rig.waitingForConnects,
            [.open(1, .tcp4), .connect(1, Target(.loopback4, .own(3)))], "\(Errno.connectionRefused) 1:wh"),
        // A ring's socket was made new by a connect that could not begin.
        FoundProgram(
            "a connect that cannot begin leaves the socket as it was", on: Rig.waitingForConnects,
            [
                .open(0, .tcp6), .bind(0, Target(.loopback6, .own(1))), .shutdown(0, .both),
                .connect(0, Target(.mappedLoopback, .own(0)), waiting: true),
            ], "\(Errno.networkUnreachable) 0:rwhH"),
        FoundProgram(
            "no address of loopback leaves its host, though it may not broadcast", on: Rig.several,
            [
                .open(1, .udp6, on: 2), .connect(1, Target(.any4, .own(3))),
                .connect(1, Target(.linkBroadcast4, .own(1))),
            ], "\(Errno.invalidArgument)"),
        FoundProgram(
            "a port that was bound after a connect had failed outlives its report", on: Rig.hearingOfConnectsLater,
            [
                .open(1, .tcp4, on: 0), .connect(1, Target(.hostA4, .of(0))), .bind(1, Target(.any4)),
                .connect(1, Target(.hostC4, .own(1))), .bind(1, Target(.any4, .own(2))),
            ], "\(Errno.invalidArgument)"),
        FoundProgram(
            "a connection in TIME_WAIT keeps its port from its own socket", on: Rig.several,
            [
                .open(0, .tcp6, on: 1), .open(1, .tcp6, on: 2), .bind(0, Target(.hostB6, .own(0))), .listen(0, 1),
                .connect(1, Target(.hostB6, .of(0))), .accept(0, into: 2), .shutdown(2, .both), .close(1), .close(0),
                .bind(2, Target(.any6, .own(0))),
            ], "\(Errno.addressInUse)"),
        // A ring tries once more by itself, and is connected.
        FoundProgram(
            "connected to itself after it was shut down", on: Rig.alone.filter { !$0.connectsAtOnce },
            [
                .open(0, .tcp6), .bind(0, Target(.loopback6, .own(0))), .shutdown(0, .both),
                .connect(0, Target(.loopback6, .of(0)), waiting: true),
            ], "\(Errno.connectionAbort) 0:wh"),
        // An awaited receive waited for ever.
        FoundProgram(
            "an urgent byte of a datagram, shut for reading", on: Rig.alone.filter { $0.way == .awaited },
            [.open(5, .udp6), .shutdown(5, .receive), .receive(5, 1, .outOfBand)], "0 "),
        FoundProgram(
            "an address of loopback that IPv4 has given a socket of IPv6 beside that of a connection", on: Rig.several,
            [
                .open(3, .udp6, on: 2), .bind(3, Target(.any6, .own(1))), .open(4, .udp6, on: 0),
                .connect(4, Target(.hostC6, .of(3))), .connect(4, Target(.any4, .own(2))),
                .sendTo(4, 100, Target(.hostB4, .of(3))),
            ], "\(Errno.invalidArgument)"),
        FoundProgram(
            "refused, then connected", on: Rig.waitingForConnects,
            [
                .open(1, .tcp4), .connect(1, Target(.loopback4, .own(0))), .open(0, .tcp4),
                .bind(0, Target(.loopback4, .own(0))), .listen(0, 1), .connect(1, Target(.loopback4, .own(0))),
            ], "done 0:r 1:w"),
        FoundProgram(
            "no address of loopback leaves its host, TCP", on: Rig.several,
            [.open(0, .tcp4, on: 0), .bind(0, Target(.loopback4)), .connect(0, Target(.hostB4, .own(3)))],
            "\(Errno.invalidArgument)"),
        FoundProgram(
            "no address of loopback leaves its host, UDP", on: Rig.several,
            [.open(3, .udp4, on: 0), .bind(3, Target(.loopback4)), .sendTo(3, 1, Target(.hostB4, .own(3)))],
            "\(Errno.invalidArgument)"),
        FoundProgram(
            "nobody takes what an address of loopback sends, IPv6", on: Rig.several,
            [
                .open(4, .udp6, on: 1), .bind(4, Target(.hostB6)), .open(3, .udp6, on: 0),
                .bind(3, Target(.loopback6)), .sendTo(3, 1, Target(.hostB6, .of(4))),
            ], "1 3:w 4:w"),
        FoundProgram(
            "segments are never fragmented", on: Rig.several,
            [
                .open(3, .udp4, on: 0), .bind(3, Target(.hostA4)), .open(4, .udp4, on: 1),
                .sendMessage(4, 2500, Target(.hostA4, .of(3)), [.udpSegmentSize(1473)]),
            ], "\(Errno.messageTooLong)"),
        FoundProgram(
            "what might be cut into segments is not fragmented", on: Rig.several,
            [
                .open(3, .udp4, on: 0), .bind(3, Target(.hostA4)), .open(4, .udp4, on: 1),
                .sendMessage(4, 2500, Target(.hostA4, .of(3)), [.udpSegmentSize(65000)]),
            ], "\(Errno.messageTooLong)"),
        FoundProgram(
            "segments are joined beyond their host", on: Rig.several,
            [
                .open(3, .udp6, on: 0), .bind(3, Target(.hostA6)), .setBytes(3, .udp, 104, .ints(1)),
                .open(4, .udp6, on: 1), .sendMessage(4, 5000, Target(.hostA6, .of(3)), [.udpSegmentSize(1452)]),
                .receiveMessage(3, 9999, room: 99),
            ], "5000 from fd00::2:e0 [udpReceiveSegmentSize(1452 bytes)]"),
        FoundProgram(
            "any address is the socket's own", on: Rig.alone,
            [
                .open(3, .udp4), .bind(3, Target(.second4)), .connect(3, Target(.any4, .of(3))), .send(3, 2),
                .receive(3, 9),
            ], "2 "),
    ]
}

extension Rig {
    /// Those on which every connect is waited for.
    fileprivate static let waitingForConnects = alone.filter { $0.way == .awaited || $0.connectsAtOnce }
    /// Those on which the next call tells how a connect has ended.
    fileprivate static let hearingOfConnectsLater = several.filter { $0.way == .executed && !$0.connectsAtOnce }
}

@Suite struct FoundProgramTests {
    @Test(arguments: FoundProgram.all) func comesToTheSame(_ program: FoundProgram) throws {
        for rig in program.rigs where rig.hostCount == 1 || Rig.hasSeveralHosts {
            #expect(try Comparison.simulated(program.steps, on: rig).last?.hasPrefix(program.expected) == true)
            let comparison = try Comparison(program.steps, on: rig)
            #expect(comparison.divergence == nil, "\(rig.testDescription): \(comparison.report)")
        }
    }
}
