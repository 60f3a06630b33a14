/// A service's name and port: `struct servent`.
public struct ServiceEntry: Hashable, Sendable, Codable {
    /// The primary name, such as `http`.
    public var name: String
    /// The port.
    public var port: UInt16
    /// The protocol's name, such as `tcp`.
    public var `protocol`: String
    /// Other names of the same service.
    public var aliases: [String]

    /// A service's entry.
    public init(name: String, port: UInt16, protocol: String, aliases: [String] = []) {
        self.name = name
        self.port = port
        self.protocol = `protocol`
        self.aliases = aliases
    }

    /// Whether it is a name of the service.
    func has(_ text: String) -> Bool { name == text || aliases.contains(text) }
}
