internal import SocketModel

// Which hosts and sockets are in which groups.
extension HostKernel {
    func join(_ group: IPAddress, _ socket: UDPSocket) {
        var members = groups[group] ?? []
        if members.isEmpty { world.fabric.join(group, number) }
        if !members.contains(where: { $0 === socket }) { members.append(socket) }
        groups[group] = members
    }

    func leave(_ group: IPAddress, _ socket: UDPSocket) {
        groups[group]?.removeAll { $0 === socket }
        guard groups[group]?.isEmpty == true else { return }
        groups[group] = nil
        world.fabric.leave(group, number)
    }

    /// Whether the host is in a group on the interface a packet came by: then its sockets may hear it.
    func hears(_ packet: Packet) -> Bool {
        if packet.destination.isAllHosts { return true }
        guard let members = groups[packet.destination] else { return false }
        return members.contains { $0.membership(for: packet)?.admits(packet.source) == true }
    }
}

extension UDPSocket {
    /// Its membership of the group a packet is for.
    func membership(for packet: Packet) -> GroupMembership? {
        memberships.first { $0.group == packet.destination && $0.interface == packet.interface }
    }

    /// Whether it takes what was sent to a group, or to all: `ip_mc_sf_allow`.
    func takesGroup(_ packet: Packet, _ sourcePort: UInt16) -> Bool {
        guard accepts(from: packet.source, sourcePort), accepts(packet.destination) else { return false }
        guard packet.destination.isMulticast else { return true }
        return membership(for: packet)?.admits(packet.source) ?? hearsOthersGroups(packet.destination)
    }

    /// Whether it hears the groups that other sockets of its host have joined: `IP_MULTICAST_ALL`.
    private func hearsOthersGroups(_ group: IPAddress) -> Bool {
        if case .v6 = group { return options.value(.multicastAll6, initial: 1) != 0 }
        return options.value(.multicastAll, initial: family == .ipv4 ? 1 : 0) != 0
    }
}

extension World {
    /// The hosts that may take what is sent to a group, or to all, on the network.
    func receivers(of destination: IPAddress) -> [SimulatedHost] {
        if !destination.isMulticast || destination.isAllHosts { return hosts }
        return fabric.members(of: destination).map { hosts[$0 - 1] }
    }
}

extension IPAddress {
    /// Whether it is the group that every host is in.
    fileprivate var isAllHosts: Bool {
        switch self {
        case .v4(let address): address == IPv4Address(224, 0, 0, 1)
        case .v6(let address, _): address.low == 1 && (address.high == 0xff01 << 48 || address.high == 0xff02 << 48)
        }
    }

    /// Whether all hosts of the network are meant, or of loopback this one.
    var isBroadcastAddress: Bool {
        guard case .v4(let address) = self else { return false }
        return address.isBroadcast || address == HostAddresses.broadcast || isLoopbackBroadcast
    }

    var isLoopbackBroadcast: Bool { self == .v4(IPv4Address(127, 255, 255, 255)) }

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

    /// The interface that has an IPv4 address of the host; 0 for any, nil for none of them.
    func interface(named address: IPv4Address) -> UInt32? {
        if address.isAny { return 0 }
        return contains(.v4(address)) ? Self.interface(for: .v4(address)) : nil
    }
}
