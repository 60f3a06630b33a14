/// Who may issue certificates, the data of a CAA record (RFC 8659).
public struct DNSIssuerPolicy: Hashable, Sendable {
    /// 128 is that who does not understand the tag must not issue.
    public var flags: UInt8
    /// What the value means, such as `issue`; at most 255 bytes.
    public var tag: [UInt8]
    /// The value.
    public var value: [UInt8]

    /// The data of a record.
    public init(
        flags: UInt8, tag: [UInt8], value: [UInt8]
    ) {
        self.flags = flags
        self.tag = tag
        self.value = value
    }
}

extension DNSIssuerPolicy: CustomStringConvertible {
    /// The data as a zone file has them.
    public var description: String {
        "\(flags) \(String(decoding: tag, as: UTF8.self)) \(DNSText.quoted(value))"
    }
}

extension DNSIssuerPolicy {
    init(from reader: inout DNSReader) throws(DNSDecodingError) {
        flags = try reader.readUInt8()
        tag = try reader.readText()
        value = try reader.readRest()
    }

    func write(to writer: inout DNSWriter) throws(DNSEncodingError) {
        guard tag.count <= 255 else { throw .dataTooLong(.caa) }
        writer.write(flags)
        writer.write(text: tag)
        writer.write(value)
    }
}
