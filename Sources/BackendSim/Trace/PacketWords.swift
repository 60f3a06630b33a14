internal import SocketModel

/// A packet in words: what the text and the diagram say of it.
struct PacketWords {
    let from: String
    let to: String
    /// As `netstat` calls it: `tcp`, `udp6`, `icmp`.
    let kind: String
    /// TCP's control bits, or what cannot be reached.
    let head: String
    /// Numbers and lengths.
    let rest: String

    init(_ packet: TracedPacket, _ trace: Trace, _ conversations: inout Conversations) {
        from = Self.end(packet.source, packet.ports?.source, packet.from, trace)
        to = Self.end(packet.destination, packet.ports?.destination, packet.to, trace)
        let suffix = packet.isIPv6 ? "6" : ""
        switch packet.content {
        case .tcp(let header):
            kind = "tcp" + suffix
            head = header.flags.words
            let numbers = conversations.numbers(packet, header)
            let acknowledgement = numbers.acknowledgement.map { " ack \($0)" } ?? ""
            rest = "seq \(numbers.sequence)\(acknowledgement) win \(numbers.window) len \(packet.payload.count)"
        case .udp:
            kind = "udp" + suffix
            head = ""
            rest = "len \(packet.payload.count)"
        case .unreachable(let error, let original):
            kind = "icmp" + suffix
            head = "unreachable"
            rest =
                "\(error.cName ?? "\(error.rawValue)") of \(original.isTCP ? "tcp" : "udp") "
                + "\(original.source) > \(original.destination)"
        }
    }

    /// A host and a port; an address where it is not the host's alone.
    private static func end(_ address: IPAddress, _ port: UInt16?, _ host: Int, _ trace: Trace) -> String {
        let name = trace.name(host)
        let isShared = address.isMulticast || address.isBroadcastAddress
        return (isShared ? "\(name)(\(address))" : name) + (port.map { ":\($0)" } ?? "")
    }
}

extension TCPFlags {
    /// The bits that are set, as Wireshark calls them.
    var words: String {
        let names: [(TCPFlags, String)] = [
            (.syn, "SYN"), (.fin, "FIN"), (.reset, "RST"), (.push, "PSH"), (.acknowledge, "ACK"), (.urgent, "URG"),
        ]
        return names.filter { contains($0.0) }.map(\.1).joined(separator: " ")
    }
}

/// A time as seconds with nine decimals.
func seconds(_ nanoseconds: Int64) -> String {
    let fraction = String(nanoseconds.magnitude % 1_000_000_000)
    let sign = nanoseconds < 0 ? "-" : ""
    let zeros = String(repeating: "0", count: 9 - fraction.count)
    return "\(sign)\(nanoseconds.magnitude / 1_000_000_000).\(zeros)\(fraction)"
}
