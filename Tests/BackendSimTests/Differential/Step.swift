import Glibc
import SocketModel
import TestSupport

/// One call of a program, as data: sockets are places, ports are letters, so that it means the same on every machine.
enum Step: Hashable, Sendable {
    case open(Int, Kind, on: Int = 0)
    case openPair(Int, Int, Kind)
    case set(Int, Setting, Int32)
    /// An option by its numbers, and its bytes.
    case setBytes(Int, OptionLevel, Int32, [UInt8])
    case bind(Int, Target)
    case listen(Int, Int32)
    case connect(Int, Target, waiting: Bool = false)
    case accept(Int, into: Int)
    case send(Int, Int, MessageFlags = [])
    case sendTo(Int, Int, Target, MessageFlags = [])
    case sendMessage(Int, Int, Target?, [ControlMessage] = [], MessageFlags = [])
    case receive(Int, Int, MessageFlags = [])
    /// A receive that may wait a little.
    case wait(Int, Int, MessageFlags = [])
    case receiveMessage(Int, Int, room: Int = 0, MessageFlags = [])
    /// Sends until there is no room, or receives until there is nothing; how much that is stays open.
    case flood(Int)
    case drain(Int)
    case shutdown(Int, ShutdownDirection)
    case close(Int)
    case names(Int)
    case get(Int, Setting)
    case getBytes(Int, OptionLevel, Int32, length: Int)
    /// A message with sockets in it.
    case sendSockets(Int, [Int], bytes: Int)
    /// What `TCP_INFO` counts.
    case count(Int)
    /// What a socket is ready for, of all that can be asked.
    case poll(Int)
    /// Time passes.
    case pass(milliseconds: Int)
    case duplicate(Int, into: Int)
    case detach(Int)
}

enum Kind: String, CaseIterable, Sendable {
    case tcp4, tcp6, udp4, udp6, unixStream, unixDatagram, unixPackets

    static let internet: [Kind] = [.tcp4, .tcp6, .udp4, .udp6]

    var family: AddressFamily {
        switch self {
        case .tcp4, .udp4: .ipv4
        case .tcp6, .udp6: .ipv6
        case .unixStream, .unixDatagram, .unixPackets: .unix
        }
    }

    var type: SocketType {
        switch self {
        case .tcp4, .tcp6, .unixStream: .stream
        case .udp4, .udp6, .unixDatagram: .datagram
        case .unixPackets: .sequencedPacket
        }
    }
}

/// An option by its own number, and those of its values that are worth trying.
enum Setting: String, CaseIterable, Sendable {
    case error, reuseAddress, reusePort, v6Only, linger, broadcast, noDelay, packetInfo, timeToLive, portRange

    var option: (level: OptionLevel, name: Int32) {
        switch self {
        case .error: (.socket, 4)
        case .reuseAddress: (.socket, 2)
        case .reusePort: (.socket, 15)
        case .v6Only: (.ipv6, 26)
        case .linger: (.socket, 13)
        case .broadcast: (.socket, 6)
        case .noDelay: (.tcp, 1)
        case .packetInfo: (.ip, 8)
        case .timeToLive: (.ip, 12)
        case .portRange: (.ip, 51)
        }
    }

    /// A value as the kernel reads it; of `linger` the seconds, and negative is off.
    func bytes(_ value: Int32) -> OptionBytes {
        self == .linger ? OptionBytes(Int32(value < 0 ? 0 : 1), max(value, 0)) : OptionBytes(value)
    }
}

extension OptionBytes {
    fileprivate init(_ numbers: Int32...) {
        self.init(numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } })
    }
}

/// Where a call points to.
struct Target: Hashable, Sendable {
    enum Host: String, CaseIterable, Sendable {
        case any4, loopback4, second4, foreign4, broadcast4, loopbackBroadcast4, group4
        case any6, loopback6, foreign6, mappedAny, mappedLoopback, mappedForeign
        case unspecified, unix
        /// Those of the hosts a program has, where it has several, and what is for all of them.
        case hostA4, hostB4, hostC4, hostA6, hostB6, hostC6, mappedHostB, linkBroadcast4
        /// Groups that nothing is sent to but by loopback, and an address of the link.
        case loopbackGroup4, loopbackGroup6, linkLocal6
        /// Names of UNIX sockets, a program's own.
        case pathA, pathB, abstractA, abstractB

        /// Those that mean something where there is but one host.
        static let alone = Array(allCases.prefix { $0 != .hostA4 })
        /// Those that random programs ask for.
        static let drawn = Array(allCases.prefix { $0 != .loopbackGroup4 })
    }

    enum Port: Hashable, Sendable {
        case zero
        /// One of a program's own.
        case own(Int)
        /// That of a socket.
        case of(Int)
    }

    var host: Host
    var port: Port

    init(_ host: Host, _ port: Port = .zero) { (self.host, self.port) = (host, port) }
}

extension Target.Host {
    func address(_ port: UInt16) -> SocketAddress {
        switch self {
        case .any4: .ipv4(.any, port: port)
        case .loopback4: .ipv4(.loopback, port: port)
        case .second4: .ipv4(IPv4Address(127, 0, 0, 2), port: port)
        case .foreign4: .ipv4(IPv4Address(203, 0, 113, 9), port: port)
        case .broadcast4: .ipv4(IPv4Address(255, 255, 255, 255), port: port)
        case .loopbackBroadcast4: .ipv4(IPv4Address(127, 255, 255, 255), port: port)
        case .group4: .ipv4(IPv4Address(224, 1, 2, 3), port: port)
        case .any6: .ipv6(.any, port: port)
        case .loopback6: .ipv6(.loopback, port: port)
        case .foreign6: .ipv6(IPv6Address(high: 0x2001_0db8 << 32, low: 9), port: port)
        case .mappedAny: SocketAddress.ipv4(.any, port: port).mapped
        case .mappedLoopback: SocketAddress.ipv4(.loopback, port: port).mapped
        case .mappedForeign: SocketAddress.ipv4(IPv4Address(203, 0, 113, 9), port: port).mapped
        case .unspecified: .unspecified
        case .hostA4: .ipv4(KernelHosts.ipv4(0), port: port)
        case .hostB4: .ipv4(KernelHosts.ipv4(1), port: port)
        case .hostC4: .ipv4(KernelHosts.ipv4(2), port: port)
        case .mappedHostB: SocketAddress.ipv4(KernelHosts.ipv4(1), port: port).mapped
        case .hostA6: .ipv6(KernelHosts.ipv6(0), port: port)
        case .hostB6: .ipv6(KernelHosts.ipv6(1), port: port)
        case .hostC6: .ipv6(KernelHosts.ipv6(2), port: port)
        case .linkBroadcast4: .ipv4(IPv4Address(10, 255, 255, 255), port: port)
        case .unix: .unix(.unnamed)
        case .loopbackGroup4: .ipv4(IPv4Address(224, 1, 2, 4), port: port)
        case .loopbackGroup6: .ipv6(IPv6Address(high: 0xff05 << 48, low: 0x1234), port: port)
        case .linkLocal6: .ipv6(IPv6Address(high: 0xfe80 << 48, low: 9), port: port)
        case .pathA, .pathB, .abstractA, .abstractB: .unix(name(port) ?? .unnamed)
        }
    }

    /// The name of a UNIX socket that belongs to one run of a program.
    func name(_ run: UInt16) -> UNIXAddress? {
        let text = "/tmp/sockets-\(getpid())-\(run)-"
        switch self {
        case .pathA: return try? UNIXAddress(path: text + "a")
        case .pathB: return try? UNIXAddress(path: text + "b")
        case .abstractA: return try? UNIXAddress(abstract: text + "a")
        case .abstractB: return try? UNIXAddress(abstract: text + "b")
        default: return nil
        }
    }

    static let names: [Target.Host] = [.pathA, .pathB, .abstractA, .abstractB]

    var isMapped: Bool { self == .mappedAny || self == .mappedLoopback || self == .mappedHostB }

    /// Those that nothing is sent to: it might leave the machine.
    var isRemote: Bool {
        switch self {
        case .foreign4, .broadcast4, .group4, .foreign6, .mappedForeign: true
        default: false
        }
    }
}
