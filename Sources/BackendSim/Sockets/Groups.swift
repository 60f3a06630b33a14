internal import SocketModel

// Multicast groups and broadcasts.
extension HostKernel {
    /// The socket's memberships end.
    func leaveGroups(_ socket: UDPSocket) {}
}

extension UDPSocket {
    /// Whether it takes what was sent to a group, or to all.
    func takesGroup(_ packet: Packet, _ sourcePort: UInt16) -> Bool {
        guard accepts(from: packet.source, sourcePort) else { return false }
        return accepts(packet.destination)
    }
}

extension World {
    /// The ways to all hosts that may take what is sent to a group, or to all.
    func receivers(of destination: IPAddress, from socket: UDPSocket) -> [Path] {
        guard let host = socket.kernel.host else { return [] }
        return hosts.map { host.path(to: $0) }
    }
}

extension IPAddress {
    /// Whether all hosts of the network are meant.
    var isBroadcastAddress: Bool {
        guard case .v4(let address) = self else { return false }
        return address.isBroadcast || address == HostAddresses.broadcast
    }

    /// The loopback address of its family.
    var loopback: IPAddress {
        switch self {
        case .v4: .v4(.loopback)
        case .v6: .v6(.loopback)
        }
    }
}

extension HostAddresses {
    /// The interface that has an address.
    static func interface(for address: IPAddress) -> UInt32 { address.isLoopback ? loopbackIndex : interfaceIndex }
}

extension Timestamp {
    /// A stamp of virtual time, whose beginning counts as that of the year 1970.
    init(nanosecondsSince1970 nanoseconds: Int64) {
        self.init(seconds: nanoseconds / 1_000_000_000, nanoseconds: Int32(nanoseconds % 1_000_000_000))
    }
}
