/// A network interface of a host: `struct if_nameindex`.
public struct NetworkInterface: Hashable, Sendable, Codable {
    /// Its number, from 1; what ``Zone/index(_:)`` and `sin6_scope_id` mean.
    public var index: UInt32
    /// Its name, at most 15 bytes.
    public var name: String

    /// The interface `name` with number `index`.
    public init(index: UInt32, name: String) {
        self.index = index
        self.name = name
    }
}

extension NetworkInterface: CustomStringConvertible {
    /// The name and the number: `lo (1)`.
    public var description: String { "\(name) (\(index))" }
}
