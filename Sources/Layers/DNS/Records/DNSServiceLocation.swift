/// Where a service is, the data of an SRV record (RFC 2782).
public struct DNSServiceLocation: Hashable, Sendable {
    /// The lowest is tried first.
    public var priority: UInt16
    /// How often to choose it among those of the same priority.
    public var weight: UInt16
    /// The port.
    public var port: UInt16
    /// The host; the root is that there is no such service.
    public var target: DNSName

    /// The data of a record.
    public init(
        priority: UInt16, weight: UInt16, port: UInt16, target: DNSName
    ) {
        self.priority = priority
        self.weight = weight
        self.port = port
        self.target = target
    }
}

extension DNSServiceLocation: CustomStringConvertible {
    /// The data as a zone file has them.
    public var description: String {
        "\(priority) \(weight) \(port) \(target)"
    }
}

extension DNSServiceLocation {
    init(from reader: inout DNSReader) throws(DNSDecodingError) {
        priority = try reader.readUInt16()
        weight = try reader.readUInt16()
        port = try reader.readUInt16()
        target = try reader.readName()
    }

    func write(to writer: inout DNSWriter) {
        writer.write(priority)
        writer.write(weight)
        writer.write(port)
        writer.write(target)
    }
}
