/// The certificate of a server, the data of a TLSA record (RFC 6698).
public struct DNSCertificateAssociation: Hashable, Sendable {
    /// What is demanded of the certificate.
    public var usage: UInt8
    /// Which part of it is meant.
    public var selector: UInt8
    /// How it is given.
    public var matching: UInt8
    /// The certificate, the key, or a digest.
    public var data: [UInt8]

    /// The data of a record.
    public init(
        usage: UInt8, selector: UInt8, matching: UInt8, data: [UInt8]
    ) {
        self.usage = usage
        self.selector = selector
        self.matching = matching
        self.data = data
    }
}

extension DNSCertificateAssociation: CustomStringConvertible {
    /// The data as a zone file has them.
    public var description: String {
        "\(usage) \(selector) \(matching) \(DNSText.hexadecimal(data))"
    }
}

extension DNSCertificateAssociation {
    init(from reader: inout DNSReader) throws(DNSDecodingError) {
        usage = try reader.readUInt8()
        selector = try reader.readUInt8()
        matching = try reader.readUInt8()
        data = try reader.readRest()
    }

    func write(to writer: inout DNSWriter) {
        writer.write(usage)
        writer.write(selector)
        writer.write(matching)
        writer.write(data)
    }
}
