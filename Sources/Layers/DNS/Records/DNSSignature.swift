/// The signature of a name's records of one type, the data of an RRSIG record (RFC 4034, section 3).
public struct DNSSignature: Hashable, Sendable {
    /// The type of the records that are signed.
    public var covered: DNSRecordType
    /// The algorithm.
    public var algorithm: UInt8
    /// How many labels the name had that was signed.
    public var labels: UInt8
    /// The records' time to live where they come from, in seconds.
    public var originalTimeToLive: UInt32
    /// Until when it is valid: seconds since 1970, modulo 2^32.
    public var expiration: UInt32
    /// From when on it is valid: seconds since 1970, modulo 2^32.
    public var inception: UInt32
    /// Which key.
    public var keyTag: UInt16
    /// The zone.
    public var signer: DNSName
    /// The signature.
    public var signature: [UInt8]

    /// The data of a record.
    public init(
        covered: DNSRecordType, algorithm: UInt8, labels: UInt8, originalTimeToLive: UInt32, expiration: UInt32,
        inception: UInt32, keyTag: UInt16, signer: DNSName, signature: [UInt8]
    ) {
        self.covered = covered
        self.algorithm = algorithm
        self.labels = labels
        self.originalTimeToLive = originalTimeToLive
        self.expiration = expiration
        self.inception = inception
        self.keyTag = keyTag
        self.signer = signer
        self.signature = signature
    }
}

extension DNSSignature: CustomStringConvertible {
    /// The data as a zone file has them.
    public var description: String {
        "\(covered) \(algorithm) \(labels) \(originalTimeToLive) \(DNSText.time(expiration)) \(DNSText.time(inception)) "
            + "\(keyTag) \(signer) \(DNSText.base64(signature))"
    }
}

extension DNSSignature {
    init(from reader: inout DNSReader) throws(DNSDecodingError) {
        covered = DNSRecordType(rawValue: try reader.readUInt16())
        algorithm = try reader.readUInt8()
        labels = try reader.readUInt8()
        originalTimeToLive = try reader.readUInt32()
        expiration = try reader.readUInt32()
        inception = try reader.readUInt32()
        keyTag = try reader.readUInt16()
        signer = try reader.readName()
        signature = try reader.readRest()
    }

    func write(to writer: inout DNSWriter) {
        writer.write(covered.rawValue)
        writer.write(algorithm)
        writer.write(labels)
        writer.write(originalTimeToLive)
        writer.write(expiration)
        writer.write(inception)
        writer.write(keyTag)
        writer.write(signer)
        writer.write(signature)
    }
}
