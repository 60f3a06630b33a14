internal import SocketModel

/// What a host knows by itself of hosts: what its hosts file holds.
struct LocalNames {
    /// Its own name.
    let hostName: String
    let addresses: HostAddresses

    /// Whether a question needs nobody else.
    func know(_ question: NameQuestion) -> Bool {
        switch question {
        case .name(let name):
            let key = NameTable.key(name)
            return NameTable.localNames.contains(key) || key == NameTable.key(hostName)
        case .address(let address): return addresses.contains(address)
        }
    }

    /// What is the same on every host, whatever the names of the simulation are; nil for all else.
    func find(_ question: NameQuestion) -> FoundName? {
        switch question {
        case .name(let name):
            let key = NameTable.key(name)
            guard NameTable.localNames.contains(key) else { return nil }
            let isForBoth = key == "localhost"
            return FoundName(
                name: "localhost", aliases: isForBoth ? [] : [key],
                addresses: isForBoth ? [.v6(.loopback), .v4(.loopback)] : [.v6(.loopback)])
        case .address(let address):
            guard address == .v4(.loopback) || address == .v6(.loopback) else { return nil }
            return FoundName(name: "localhost", addresses: [address])
        }
    }
}

extension LocalNames: LocalHost {
    func interfaceIndex(of name: String) -> UInt32? { HostAddresses.interfaceIndex(of: name) }
    func interfaceName(at index: UInt32) -> String? { HostAddresses.interfaceName(at: index) }

    /// The order in which to try addresses. The longest common prefix does not count: all hosts are on one link.
    func sorted(_ addresses: [IPAddress]) -> [IPAddress] {
        let candidates = addresses.map { address in
            DestinationCandidate(address, from: self.addresses.reachingSource(to: address.unmapped))
        }
        return AddressSelection(policy: .glibc, comparesPrefixes: false).sorted(candidates).map(\.destination)
    }
}

extension HostAddresses {
    static func interfaceIndex(of name: String) -> UInt32? { interfaces.first { $0.name == name }?.index }
    static func interfaceName(at index: UInt32) -> String? { interfaces.first { $0.index == index }?.name }

    /// From where an address is reached, if a way leads there.
    fileprivate func reachingSource(to address: IPAddress) -> IPAddress? {
        let isReached =
            address.isLoopback || address.isAny || contains(address) || address.isMulticast || Fabric.isOnLink(address)
        return isReached ? source(to: address) : nil
    }
}
