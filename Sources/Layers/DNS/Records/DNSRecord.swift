/// A resource record: what a name has of a type (RFC 1035, section 3.2).
public struct DNSRecord: Hashable, Sendable {
    /// Whose it is.
    public var name: DNSName
    /// Its class.
    public var `class`: DNSClass
    /// How long it may be kept, in seconds.
    public var timeToLive: UInt32
    /// What it holds, and so its type.
    public var data: DNSRecordData

    /// A record.
    public init(_ name: DNSName, timeToLive: UInt32, class: DNSClass = .internet, _ data: DNSRecordData) {
        self.name = name
        self.class = `class`
        self.timeToLive = timeToLive
        self.data = data
    }

    /// Its type.
    @inlinable public var type: DNSRecordType { data.type }
}

extension DNSRecord: CustomStringConvertible {
    /// Its line in a zone file: `example.org. 300 IN A 192.0.2.1`.
    public var description: String { "\(name) \(timeToLive) \(self.class) \(type) \(data)" }
}

extension DNSRecord {
    init(from reader: inout DNSReader) throws(DNSDecodingError) {
        let name = try reader.readName()
        try self.init(name, DNSRecordType(rawValue: try reader.readUInt16()), from: &reader)
    }

    /// Reads what follows a record's name and type.
    init(_ name: DNSName, _ type: DNSRecordType, from reader: inout DNSReader) throws(DNSDecodingError) {
        self.name = name
        let `class` = DNSClass(rawValue: try reader.readUInt16())
        self.class = `class`
        timeToLive = try reader.readUInt32()
        data = try reader.within(Int(try reader.readUInt16())) { reader throws(DNSDecodingError) in
            try DNSRecordData(type, `class`, from: &reader)
        }
    }

    func write(to writer: inout DNSWriter) throws(DNSEncodingError) {
        writer.write(compressed: name)
        writer.write(type.rawValue)
        writer.write(self.class.rawValue)
        writer.write(timeToLive)
        let fits = try writer.writeWithLength { writer throws(DNSEncodingError) in try data.write(to: &writer) }
        if !fits { throw .dataTooLong(type) }
    }
}
