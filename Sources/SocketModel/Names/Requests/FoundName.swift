/// What is asked about hosts.
package enum NameQuestion: Hashable, Sendable {
    case name(String)
    case address(IPAddress)
}

/// What is found for a question: under which name in the end, by which aliases, and with which addresses, perhaps none.
package struct FoundName: Hashable, Sendable {
    package var name: String
    package var aliases: [String]
    package var addresses: [IPAddress]

    package init(name: String, aliases: [String] = [], addresses: [IPAddress]) {
        self.name = name
        self.aliases = aliases
        self.addresses = addresses
    }

    package var ipv4: [IPAddress] { addresses.filter { $0.family == .ipv4 } }
    package var ipv6: [IPAddress] { addresses.filter { $0.family == .ipv6 } }
}

/// How far a query has come.
package enum NameStep {
    /// The answer is known without asking anybody.
    case known(NameAnswer)
    /// A question, and what its answer means.
    case ask(NameQuestion, (Result<FoundName, HostError>) throws(Failure) -> NameAnswer)
}

/// What a host knows of itself.
package protocol LocalHost: Sendable {
    /// Its name.
    var hostName: String { get }
    /// The number of an interface of that name.
    func interfaceIndex(of name: String) -> UInt32?
    /// The name of an interface of that number.
    func interfaceName(at index: UInt32) -> String?
}

extension IPAddress {
    /// Names know no zones.
    package var withoutZone: IPAddress {
        if case .v6(let address, _?) = self { .v6(address) } else { self }
    }
}
