/// The extension of a message's header: EDNS, the pseudo-record OPT (RFC 6891).
public struct DNSExtensions: Hashable, Sendable {
    /// An option: a number and bytes.
    public struct Option: Hashable, Sendable {
        /// What it means.
        public var code: DNSOptionCode
        /// Its content, at most 65535 bytes.
        public var data: [UInt8]

        /// An option.
        public init(_ code: DNSOptionCode, _ data: [UInt8] = []) {
            self.code = code
            self.data = data
        }
    }

    /// The longest datagram that the sender takes, in bytes; below 512 means 512.
    public var payloadSize: UInt16
    /// The version, 0.
    public var version: UInt8
    /// Whether the sender wants signatures: `DO` (RFC 3225).
    public var wantsSignatures: Bool
    /// The other 15 bits, which mean nothing so far.
    public var reservedFlags: UInt16
    /// The options, in their order.
    public var options: [Option]

    /// An extension; 1232 bytes is what never is fragmented in practice (DNS flag day 2020).
    public init(
        payloadSize: UInt16 = 1232, version: UInt8 = 0, wantsSignatures: Bool = false, reservedFlags: UInt16 = 0,
        options: [Option] = []
    ) {
        self.payloadSize = payloadSize
        self.version = version
        self.wantsSignatures = wantsSignatures
        self.reservedFlags = reservedFlags & 0x7FFF
        self.options = options
    }

    /// The content of the first option of that kind.
    public subscript(code: DNSOptionCode) -> [UInt8]? { options.first { $0.code == code }?.data }
}

extension DNSExtensions: CustomStringConvertible {
    /// As `dig` writes it: `version: 0, flags: do; udp: 1232`, and a line for each option.
    public var description: String {
        let head = "version: \(version), flags:\(wantsSignatures ? " do" : ""); udp: \(payloadSize)"
        return ([head] + options.map { "\($0.code): \(DNSText.hexadecimal($0.data))" }).joined(separator: "\n")
    }
}

extension DNSExtensions {
    /// Reads what follows the type of an OPT record; `upperCode` are the upper eight bits of the response code.
    init(from reader: inout DNSReader, upperCode: inout UInt8) throws(DNSDecodingError) {
        payloadSize = try reader.readUInt16()
        upperCode = try reader.readUInt8()
        version = try reader.readUInt8()
        let flags = try reader.readUInt16()
        wantsSignatures = flags & 0x8000 != 0
        reservedFlags = flags & 0x7FFF
        options = try reader.within(Int(try reader.readUInt16())) { reader throws(DNSDecodingError) in
            var options: [Option] = []
            while reader.remaining > 0 {
                let code = DNSOptionCode(rawValue: try reader.readUInt16())
                options.append(Option(code, try reader.readBytes(Int(try reader.readUInt16()))))
            }
            return options
        }
    }

    func write(to writer: inout DNSWriter, upperCode: UInt8) throws(DNSEncodingError) {
        writer.write(DNSName.root)
        writer.write(DNSRecordType.opt.rawValue)
        writer.write(payloadSize)
        writer.write(upperCode)
        writer.write(version)
        writer.write((wantsSignatures ? 0x8000 : 0) | reservedFlags & 0x7FFF)
        let fits = try writer.writeWithLength { writer throws(DNSEncodingError) in
            for option in options {
                guard let count = UInt16(exactly: option.data.count) else { throw .dataTooLong(.opt) }
                writer.write(option.code.rawValue)
                writer.write(count)
                writer.write(option.data)
            }
        }
        if !fits { throw .dataTooLong(.opt) }
    }
}
