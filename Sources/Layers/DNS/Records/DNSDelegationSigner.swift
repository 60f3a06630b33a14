/// The digest of a child zone's key, the data of a DS record (RFC 4034, section 5).
public struct DNSDelegationSigner: Hashable, Sendable {
    /// Which key.
    public var keyTag: UInt16
    /// The key's algorithm.
    public var algorithm: UInt8
    /// How the digest is made.
    public var digestType: UInt8
    /// The digest.
    public var digest: [UInt8]

    /// The data of a record.
    public init(
        keyTag: UInt16, algorithm: UInt8, digestType: UInt8, digest: [UInt8]
    ) {
        self.keyTag = keyTag
        self.algorithm = algorithm
        self.digestType = digestType
        self.digest = digest
    }
}

extension DNSDelegationSigner: CustomStringConvertible {
    /// The data as a zone file has them.
    public var description: String {
        "\(keyTag) \(algorithm) \(digestType) \(DNSText.hexadecimal(digest))"
    }
}

extension DNSDelegationSigner {
    init(from reader: inout DNSReader) throws(DNSDecodingError) {
        keyTag = try reader.readUInt16()
        algorithm = try reader.readUInt8()
        digestType = try reader.readUInt8()
        digest = try reader.readRest()
    }

    func write(to writer: inout DNSWriter) {
        writer.write(keyTag)
        writer.write(algorithm)
        writer.write(digestType)
        writer.write(digest)
    }
}
