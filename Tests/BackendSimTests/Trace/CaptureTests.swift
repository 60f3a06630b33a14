import Foundation
import Sockets
import TestSupport
import Testing

@testable import BackendSim

/// What Wireshark makes of the captures.
@Suite(.serialized, .needs("tshark"))
struct CaptureTests {
    @Test(arguments: [false, true]) func streamsAreFlawless(isIPv6: Bool) throws {
        let size = 300_000
        let capture = try Tshark(Traced.echo(bytes: size, isIPv6: isIPv6))
        #expect(try capture.lines("tcp.flags.syn == 1 && tcp.options.mss && tcp.options.wscale").count == 2)
        #expect(try capture.flaws == [])
        let lengths = try capture.lines("tcp.len > 0", "tcp.len").compactMap { Int($0) }
        #expect(lengths.reduce(0, +) == 2 * size)
    }

    @Test(arguments: [1472, 1473, 65_507], [false, true])
    func datagramsAreFlawless(size: Int, isIPv6: Bool) throws {
        let capture = try Tshark(Traced.datagrams(bytes: size, isIPv6: isIPv6))
        #expect(try capture.flaws == [])
        #expect(try capture.lines("udp.dstport == 5000", "udp.length") == ["\(size + 8)"])
        #expect(try capture.lines("frame.len > 1514") == [])
        let refusal = isIPv6 ? "icmpv6.type == 1 && icmpv6.code == 4" : "icmp.type == 3 && icmp.code == 3"
        #expect(try capture.lines("(\(refusal)) && udp.dstport == 5001").count == 1)
    }

    @Test func lossesHaveComments() throws {
        let simulation = try Traced.echo()
        let recorder = try #require(simulation.world.recorder)
        let (one, other) = (simulation.host("client"), simulation.host("server"))
        let packet = Packet()
        packet.source = .v4(one.ipv4)
        packet.destination = .v4(other.ipv4)
        recorder.sent(packet, one.path(to: other))
        simulation.world.note(.crash(host: other.number))
        recorder.dropped(packet, one.path(to: other), because: "bad luck")
        let comments = try Tshark(simulation).lines("frame.comment contains \"bad luck\"", "frame.comment")
        #expect(comments.count == 1)
        #expect(comments.first?.contains("dropped at 0.") == true)
    }

    /// What is lost, doubled and out of order is real, and nothing else is wrong.
    @Test func faultsAreFlawless() throws {
        var conditions = LinkConditions(latency: .exponential(mean: .milliseconds(2)), loss: 0.02)
        (conditions.duplication, conditions.reordering) = (0.02, 0.05)
        let capture = try Tshark(Traced.echo(bytes: 100_000, conditions: conditions))
        #expect(try capture.lines(Tshark.damaged) == [])
        #expect(try capture.segmentsOutOfWindow == 0)
        #expect(try capture.lines("frame.comment contains \"dropped\" && frame.comment contains \"loss\"").count > 0)
    }

    @Test func timesAreNanoseconds() throws {
        let capture = try Tshark(Traced.echo())
        #expect(try capture.lines("tcp.flags.syn == 1", "frame.time_epoch") == ["0.000000000", "0.000100000"])
        #expect(try Set(capture.lines("tcp", "frame.interface_name")) == ["server-client"])
    }
}

/// Wireshark's reader, at work on a simulation's capture.
private final class Tshark {
    struct Failed: Error { let output: String }

    let file = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("\(UUID().uuidString).pcapng")

    init(_ simulation: Simulation) throws { try Data(#require(simulation.trace).pcapng).write(to: file) }

    deinit { try? FileManager.default.removeItem(at: file) }

    /// What is malformed or has a wrong checksum.
    static let damaged =
        "_ws.malformed || "
        + ["ip", "tcp", "udp", "icmp", "icmpv6"].map { "\($0).checksum.status == \"Bad\"" }
        .joined(separator: " || ")

    /// What is in any way worth a warning.
    var flaws: [String] {
        get throws {
            try lines(
                """
                \(Self.damaged) || _ws.expert.severity >= "Warning" && !icmp && !icmpv6 || tcp.analysis.retransmission \
                || tcp.analysis.out_of_order || tcp.analysis.lost_segment
                """)
        }
    }

    /// How many segments have data beyond what their receiver had offered in the only connection.
    var segmentsOutOfWindow: Int {
        get throws {
            var ends: [Int: Int] = [:]
            return try lines("tcp", "tcp.srcport", "tcp.dstport", "tcp.nxtseq", "tcp.len", "tcp.ack", "tcp.window_size")
                .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map { Int($0) ?? 0 } }
                .count { segment in
                    ends[segment[0]] = max(ends[segment[0]] ?? 0, segment[4] + segment[5])
                    return segment[3] > 0 && segment[2] > ends[segment[1]] ?? 0
                }
        }
    }

    /// A line for each frame that a filter lets through: it in words, or some of its fields, with tabs between.
    func lines(_ filter: String, _ fields: String...) throws -> [String] {
        let checks = ["ip.check_checksum", "tcp.check_checksum", "udp.check_checksum"].flatMap { ["-o", "\($0):TRUE"] }
        let arguments =
            ["-n", "-r", file.path, "-2", "-Y", filter] + checks + (fields.isEmpty ? [] : ["-T", "fields"])
            + fields.flatMap { ["-e", $0] }
        let outcome = try Child(named: "tshark", arguments).finish()
        guard outcome.status == 0 else { throw Failed(output: outcome.errors) }
        return outcome.text.split(separator: "\n").map(String.init)
    }
}
