/// What is asked: the records of a type that a name has (RFC 1035, section 4.1.2).
public struct DNSQuestion: Hashable, Sendable {
    /// Whose records.
    public var name: DNSName
    /// Of which type.
    public var type: DNSRecordType
    /// Of which class.
    public var `class`: DNSClass

    /// A question for the records of a name.
    public init(_ name: DNSName, _ type: DNSRecordType, class: DNSClass = .internet) {
        self.name = name
        self.type = type
        self.class = `class`
    }
}

extension DNSQuestion: CustomStringConvertible {
    /// Name, class and type, as zone files have them: `example.org. IN AAAA`.
    public var description: String { "\(name) \(self.class) \(type)" }
}

extension DNSQuestion {
    init(from reader: inout DNSReader) throws(DNSDecodingError) {
        name = try reader.readName()
        type = DNSRecordType(rawValue: try reader.readUInt16())
        self.class = DNSClass(rawValue: try reader.readUInt16())
    }

    func write(to writer: inout DNSWriter) {
        writer.write(compressed: name)
        writer.write(type.rawValue)
        writer.write(self.class.rawValue)
    }
}
