internal import SocketModel

/// Everything between the hosts: who has which address, and the ways between any two.
struct Fabric {
    private let seed: UInt64
    private var owners: [IPAddress: SimulatedHost] = [:]
    private var pool: [Packet] = []
    /// The hosts in each multicast group by number, the lowest first.
    private var groups: [IPAddress: [Int]] = [:]

    /// How many packets are kept for use again.
    private static let poolLimit = 1024

    init(seed: UInt64) { self.seed = seed }

    /// Lets a host have its addresses.
    mutating func add(_ host: SimulatedHost, _ addresses: HostAddresses) {
        owners[.v4(addresses.ipv4)] = host
        owners[.v6(addresses.ipv6)] = host
        owners[.v6(addresses.linkLocal)] = host
        for other in addresses.others { owners[other] = host }
    }

    /// Whose address it is.
    func owner(of address: IPAddress) -> SimulatedHost? {
        if case .v6(let address, _?) = address { return owners[.v6(address)] }
        return owners[address]
    }

    /// A host is in a group from now on.
    mutating func join(_ group: IPAddress, _ host: Int) {
        let members = groups[group] ?? []
        let place = members.firstIndex { $0 >= host } ?? members.count
        if place < members.count, members[place] == host { return }
        groups[group, default: []].insert(host, at: place)
    }

    /// A host is in a group no more.
    mutating func leave(_ group: IPAddress, _ host: Int) {
        groups[group]?.removeAll { $0 == host }
        if groups[group]?.isEmpty == true { groups[group] = nil }
    }

    /// The numbers of the hosts in a group.
    func members(of group: IPAddress) -> [Int] { groups[group] ?? [] }

    /// Whether an address belongs to the network all hosts are on.
    static func isOnLink(_ address: IPAddress) -> Bool {
        switch address {
        case .v4(let address): address.rawValue >> 24 == 10
        case .v6(let address, _): address.high == 0xfd00 << 48 || address.isLinkLocal
        }
    }

    /// A packet, nearly always one that has been used before.
    mutating func takePacket() -> Packet { pool.popLast() ?? Packet() }

    /// The packet has been dealt with.
    mutating func recycle(_ packet: consuming Packet) {
        guard pool.count < Self.poolLimit else { return }
        packet.clear()
        pool.append(packet)
    }
}
