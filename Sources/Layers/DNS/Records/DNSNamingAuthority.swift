/// A rule that rewrites names, the data of a NAPTR record (RFC 3403). Texts have at most 255 bytes.
public struct DNSNamingAuthority: Hashable, Sendable {
    /// The lowest is applied first.
    public var order: UInt16
    /// Among those of the same order.
    public var preference: UInt16
    /// What the result is.
    public var flags: [UInt8]
    /// Which services are meant.
    public var services: [UInt8]
    /// The rule, a substitution.
    public var expression: [UInt8]
    /// The next name, if there is no rule.
    public var replacement: DNSName

    /// The data of a record.
    public init(
        order: UInt16, preference: UInt16, flags: [UInt8], services: [UInt8], expression: [UInt8],
        replacement: DNSName
    ) {
        self.order = order
        self.preference = preference
        self.flags = flags
        self.services = services
        self.expression = expression
        self.replacement = replacement
    }
}

extension DNSNamingAuthority: CustomStringConvertible {
    /// The data as a zone file has them.
    public var description: String {
        "\(order) \(preference) \([flags, services, expression].map { DNSText.quoted($0) }.joined(separator: " ")) \(replacement)"
    }
}

extension DNSNamingAuthority {
    init(from reader: inout DNSReader) throws(DNSDecodingError) {
        order = try reader.readUInt16()
        preference = try reader.readUInt16()
        flags = try reader.readText()
        services = try reader.readText()
        expression = try reader.readText()
        replacement = try reader.readName()
    }

    func write(to writer: inout DNSWriter) throws(DNSEncodingError) {
        for text in [flags, services, expression] where text.count > 255 { throw .dataTooLong(.naptr) }
        writer.write(order)
        writer.write(preference)
        writer.write(text: flags)
        writer.write(text: services)
        writer.write(text: expression)
        writer.write(replacement)
    }
}
