import ArgumentParser
import Sockets

/// A kind of socket as the command line names it: `--type`.
enum SocketKindName: String, CaseIterable, ExpressibleByArgument {
    case tcp4, tcp6, udp4, udp6
    case unixStream = "unix-stream"
    case unixDatagram = "unix-datagram"
    case unixPacket = "unix-packet"
    case udpLite4 = "udplite4"
    case udpLite6 = "udplite6"
    case raw4, raw6

    /// Those shown without `--type`: what every program may open.
    static let usual: [SocketKindName] = [.tcp4, .tcp6, .udp4, .udp6, .unixStream, .unixDatagram, .unixPacket]

    var family: AddressFamily {
        switch self {
        case .tcp4, .udp4, .udpLite4, .raw4: .ipv4
        case .tcp6, .udp6, .udpLite6, .raw6: .ipv6
        case .unixStream, .unixDatagram, .unixPacket: .unix
        }
    }

    var type: SocketType {
        switch self {
        case .tcp4, .tcp6, .unixStream: .stream
        case .udp4, .udp6, .udpLite4, .udpLite6, .unixDatagram: .datagram
        case .unixPacket: .sequencedPacket
        case .raw4, .raw6: .raw
        }
    }

    var transport: IPProtocol {
        switch self {
        case .udpLite4, .udpLite6: .udpLite
        case .raw4: .icmp
        case .raw6: .icmpv6
        default: .default
        }
    }
}
