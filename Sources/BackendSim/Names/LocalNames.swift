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
