public import SocketModel

/// Why something cannot be among the names of a simulation.
public enum ZoneError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is no host's name: labels of 1...63 bytes with periods between, 253 at most, without white space, not an address, not
    /// `localhost`.
    case invalidName(String)
    /// An address with a zone means nothing to another host.
    case invalidAddress(IPAddress)
    /// An alias has no addresses of its own.
    case isAlias(String)
    /// What has addresses is no alias.
    case hasAddresses(String)
    /// The aliases, each of the next, would lead back to the first.
    case loop([String])

    /// What is wrong, in words.
    public var description: String {
        switch self {
        case .invalidName(let name): "\"\(name)\" cannot be a host's name"
        case .invalidAddress(let address): "\(address) has a zone, which means nothing to other hosts"
        case .isAlias(let name): "\(name) is an alias: remove it before it gets addresses"
        case .hasAddresses(let name): "\(name) has addresses: remove it before it becomes an alias"
        case .loop(let names): "the aliases would lead in a circle: \(names.joined(separator: " → "))"
        }
    }
}
