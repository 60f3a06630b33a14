/// Some of a simulation's hosts, those to come included: so names that no host has are no error. They are written as
/// ``Simulation/host(_:)`` has them.
public enum HostSelection: Hashable, Sendable, Codable, ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
    /// All of them.
    case all
    /// Those with one of these names.
    case named([String])
    /// All but those with one of these names.
    case others([String])

    /// The hosts of these names.
    public init(arrayLiteral names: String...) { self = .named(names) }

    /// The host of that name.
    public init(stringLiteral name: String) { self = .named([name]) }
}

extension HostSelection {
    func contains(_ host: SimulatedHost) -> Bool {
        switch self {
        case .all: true
        case .named(let names): names.contains(host.name)
        case .others(let names): !names.contains(host.name)
        }
    }
}
