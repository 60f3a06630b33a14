/// The start of a zone of authority, the data of an SOA record (RFC 1035, section 3.3.13).
public struct DNSStartOfAuthority: Hashable, Sendable {
    /// The server that the zone comes from: `MNAME`.
    public var primaryServer: DNSName
    /// Whom to write to, with a period for the `@`: `RNAME`.
    public var mailbox: DNSName
    /// The zone's version.
    public var serial: UInt32
    /// After how many seconds a secondary server looks for a new version.
    public var refresh: UInt32
    /// After how many seconds it tries again.
    public var retry: UInt32
    /// After how many seconds without success it gives up.
    public var expire: UInt32
    /// How many seconds it may be remembered that something is not there (RFC 2308).
    public var minimum: UInt32

    /// The data of a record.
    public init(
        primaryServer: DNSName, mailbox: DNSName, serial: UInt32, refresh: UInt32, retry: UInt32, expire: UInt32,
        minimum: UInt32
    ) {
        self.primaryServer = primaryServer
        self.mailbox = mailbox
        self.serial = serial
        self.refresh = refresh
        self.retry = retry
        self.expire = expire
        self.minimum = minimum
    }
}

extension DNSStartOfAuthority: CustomStringConvertible {
    /// The data as a zone file has them.
    public var description: String {
        "\(primaryServer) \(mailbox) \(serial) \(refresh) \(retry) \(expire) \(minimum)"
    }
}

extension DNSStartOfAuthority {
    init(from reader: inout DNSReader) throws(DNSDecodingError) {
        primaryServer = try reader.readName()
        mailbox = try reader.readName()
        serial = try reader.readUInt32()
        refresh = try reader.readUInt32()
        retry = try reader.readUInt32()
        expire = try reader.readUInt32()
        minimum = try reader.readUInt32()
    }

    func write(to writer: inout DNSWriter) {
        writer.write(compressed: primaryServer)
        writer.write(compressed: mailbox)
        writer.write(serial)
        writer.write(refresh)
        writer.write(retry)
        writer.write(expire)
        writer.write(minimum)
    }
}
