/// A zone's key, the data of a DNSKEY record (RFC 4034, section 2).
public struct DNSZoneKey: Hashable, Sendable {
    /// 256 for a zone's key, 257 for one that signs keys.
    public var flags: UInt16
    /// 3.
    public var protocolNumber: UInt8
    /// The algorithm.
    public var algorithm: UInt8
    /// The public key.
    public var key: [UInt8]

    /// The data of a record.
    public init(
        flags: UInt16, protocolNumber: UInt8, algorithm: UInt8, key: [UInt8]
    ) {
        self.flags = flags
        self.protocolNumber = protocolNumber
        self.algorithm = algorithm
        self.key = key
    }
}

extension DNSZoneKey: CustomStringConvertible {
    /// The data as a zone file has them.
    public var description: String {
        "\(flags) \(protocolNumber) \(algorithm) \(DNSText.base64(key))"
    }
}

extension DNSZoneKey {
    init(from reader: inout DNSReader) throws(DNSDecodingError) {
        flags = try reader.readUInt16()
        protocolNumber = try reader.readUInt8()
        algorithm = try reader.readUInt8()
        key = try reader.readRest()
    }

    func write(to writer: inout DNSWriter) {
        writer.write(flags)
        writer.write(protocolNumber)
        writer.write(algorithm)
        writer.write(key)
    }
}
