/// A host's names and addresses: `struct hostent`.
public struct HostEntry: Hashable, Sendable, Codable {
    /// The primary name.
    public var name: String
    /// Other names of the same host.
    public var aliases: [String]
    /// Its addresses, at least one.
    public var addresses: [IPAddress]

    /// A host's entry.
    public init(name: String, aliases: [String] = [], addresses: [IPAddress]) {
        self.name = name
        self.aliases = aliases
        self.addresses = addresses
    }

    /// The fully qualified name, as `getfqdn` chooses it: of the primary name and then the aliases the first with a period in it,
    /// else the primary name.
    public var fullyQualifiedName: String {
        ([name] + aliases).first { $0.utf8.contains(UInt8(ascii: ".")) } ?? name
    }
}
