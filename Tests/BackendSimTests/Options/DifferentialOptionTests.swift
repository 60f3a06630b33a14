import SocketModel
import Sockets
import TestSupport
import Testing

/// Every option of every kind of socket, set and read on the kernel and in a simulation: the same values and the same errors, but for
/// what ``OptionDivergence`` lists.
@Suite struct DifferentialOptionTests {
    let simulation = Simulation()

    struct Kind: CustomTestStringConvertible, Sendable {
        let family: AddressFamily
        let type: SocketType
        var testDescription: String { "\(family) \(type)" }
    }

    static let kinds = [AddressFamily.ipv4, .ipv6].flatMap { family in
        [SocketType.stream, .datagram].map { Kind(family: family, type: $0) }
    }

    static let levels: [(OptionLevel, ClosedRange<Int32>)] = [
        (.socket, 1...84), (.ip, 1...54), (.ipv6, 1...81), (.tcp, 1...48), (.udp, 1...12), (.udp, 99...106),
        (.icmpv6, 1...1),
    ]

    static let values: [Int32] = [
        .min, -2, -1, 0, 1, 2, 3, 4, 5, 6, 8, 16, 63, 64, 87, 88, 120, 121, 127, 128, 254, 255, 256, 1151, 1152, 1280,
        2303, 2304, 32767, 32768, 65535, 65536, 212_991, 212_992, 212_993, 1_000_000, .max,
    ]

    static let lengths = [0, 1, 2, 3, 4, 5, 8, 16]

    @Test(arguments: kinds) func agreesWithTheKernel(_ kind: Kind) throws {
        let kernel = try Network(.posix)
        let simulated = simulation.host("a").network
        for (level, names) in Self.levels {
            for name in names where OptionDivergence.of(level, name) == nil {
                let expected = try trace(kernel, kind, level, name)
                if expected.allSatisfy(isUnknown) { continue }
                let differing = zip(expected, try trace(simulated, kind, level, name)).filter { $0 != $1 }
                #expect(
                    differing.isEmpty,
                    "level \(level.rawValue) option \(name): kernel and simulation, \(differing.prefix(3))")
            }
        }
    }

    /// Whether a step tells that the kernel has no such option, or is not to be asked by this user.
    private func isUnknown(_ step: String) -> Bool {
        step.hasSuffix("\(Errno.protocolNotAvailable)") || step.contains("\(Errno.notPermitted)")
    }

    /// What comes of reading a new socket's option into each length, and of setting each value, and a one of each length.
    private func trace(
        _ network: Network, _ kind: Kind, _ level: OptionLevel, _ name: Int32
    ) throws -> [String] {
        let socket = try network.socket(kind.family, kind.type)
        defer { try? socket.close() }
        let reads = Self.lengths.map { "read \($0): \(read(socket, level, name, $0))" }
        let values = Self.values.filter { OptionDivergence.isComparable(level, name, $0) }.map(bytes)
        let one = bytes(1) + [UInt8](repeating: 0, count: 12)
        return reads
            + (values + Self.lengths.map { Array(one.prefix($0)) }).map { value in
                let outcome = set(socket, level, name, value)
                return "set \(value): \(outcome) \(read(socket, level, name, 2)) \(read(socket, level, name, 16))"
            }
    }

    private func set(_ socket: Socket, _ level: OptionLevel, _ name: Int32, _ bytes: [UInt8]) -> String {
        do {
            try socket.setOption(level, name, bytes: bytes)
            return "ok"
        } catch {
            return text(error)
        }
    }

    private func read(_ socket: Socket, _ level: OptionLevel, _ name: Int32, _ length: Int) -> String {
        do { return "\(try socket.option(level, name, length: length))" } catch { return text(error) }
    }

    private func text(_ error: SocketError) -> String { error.errno.map { "\($0)" } ?? "\(error.code)" }

    private func bytes(_ value: Int32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}
