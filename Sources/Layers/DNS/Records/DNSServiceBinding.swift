public import SocketModel

/// How to reach a service, the data of a SVCB or HTTPS record (RFC 9460).
public struct DNSServiceBinding: Hashable, Sendable {
    /// A parameter: a key and its value as bytes.
    public struct Parameter: Hashable, Sendable {
        /// What it means.
        public var key: DNSServiceKey
        /// Its value on the wire.
        public var value: [UInt8]

        /// A parameter.
        public init(_ key: DNSServiceKey, _ value: [UInt8] = []) {
            self.key = key
            self.value = value
        }
    }

    /// 0 makes it an alias of the target; else the lowest is tried first.
    public var priority: UInt16
    /// The host; the root is the record's own name.
    public var target: DNSName
    /// The parameters, in ascending order of their keys, each once.
    public var parameters: [Parameter]

    /// The data of a record.
    public init(priority: UInt16, target: DNSName, parameters: [Parameter] = []) {
        self.priority = priority
        self.target = target
        self.parameters = parameters
    }

    /// The value of a parameter.
    public subscript(key: DNSServiceKey) -> [UInt8]? { parameters.first { $0.key == key }?.value }
}

extension DNSServiceBinding {
    /// The protocols above TLS, such as `h2`; nil when the parameter is missing or malformed.
    public var applicationProtocols: [[UInt8]]? {
        guard let value = self[.alpn] else { return nil }
        var protocols: [[UInt8]] = []
        var rest = value[...]
        while let count = rest.popFirst() {
            guard count > 0, rest.count >= count else { return nil }
            protocols.append(Array(rest.prefix(Int(count))))
            rest = rest.dropFirst(Int(count))
        }
        return protocols
    }

    /// Another port; nil when the parameter is missing or malformed.
    public var port: UInt16? {
        guard let value = self[.port], value.count == 2 else { return nil }
        return UInt16(value[0], value[1])
    }

    /// Addresses to begin with, IPv6 first; those of a malformed parameter are left out.
    public var addressHints: [IPAddress] {
        (Self.parts(self[.ipv6Hint], of: 16) + Self.parts(self[.ipv4Hint], of: 4)).compactMap { IPAddress(octets: $0) }
    }

    /// Parts of one size; none if there is something left.
    private static func parts(_ value: [UInt8]?, of size: Int) -> [[UInt8]] {
        guard let value, value.count % size == 0 else { return [] }
        return stride(from: 0, to: value.count, by: size).map { Array(value[$0..<$0 + size]) }
    }
}

extension DNSServiceBinding: CustomStringConvertible {
    /// The data as a zone file has them: `1 . alpn="h2,h3" ipv4hint=192.0.2.1`.
    public var description: String {
        (["\(priority)", "\(target)"] + parameters.map { text(of: $0) }).joined(separator: " ")
    }

    private func text(of parameter: Parameter) -> String {
        if let value = known(parameter) { return "\(parameter.key)=\(value)" }
        return "\(parameter.key)" + (parameter.value.isEmpty ? "" : "=\(DNSText.quoted(parameter.value))")
    }

    /// The value of a parameter whose form is known, if it is well formed.
    private func known(_ parameter: Parameter) -> String? {
        switch parameter.key {
        case .alpn:
            // A comma or a backslash in a protocol is escaped once for the list, and again for the text.
            guard let all = applicationProtocols else { return nil }
            let list = all.map { $0.flatMap { Self.isSpecialInLists($0) ? [UInt8(ascii: "\\"), $0] : [$0] } }
            return DNSText.quoted(list.joined(separator: CollectionOfOne(UInt8(ascii: ","))))
        case .port: return port.map { "\($0)" }
        case .ech: return DNSText.base64(parameter.value)
        case .mandatory:
            let keys = Self.parts(parameter.value, of: 2).map { DNSServiceKey(rawValue: UInt16($0[0], $0[1])) }
            return keys.isEmpty ? nil : keys.map(\.description).joined(separator: ",")
        case .ipv4Hint, .ipv6Hint:
            let isIPv4 = parameter.key == .ipv4Hint
            let hints = addressHints.filter { ($0.family == .ipv4) == isIPv4 }
            return hints.isEmpty ? nil : hints.map(\.description).joined(separator: ",")
        default: return nil
        }
    }

    private static func isSpecialInLists(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\\")
    }
}

extension DNSServiceBinding {
    init(from reader: inout DNSReader) throws(DNSDecodingError) {
        priority = try reader.readUInt16()
        target = try reader.readName()
        parameters = []
        while reader.remaining > 0 {
            let key = DNSServiceKey(rawValue: try reader.readUInt16())
            if let last = parameters.last?.key, last.rawValue >= key.rawValue { throw reader.error(.invalidData) }
            parameters.append(Parameter(key, try reader.readBytes(Int(try reader.readUInt16()))))
        }
    }

    func write(to writer: inout DNSWriter, _ type: DNSRecordType) throws(DNSEncodingError) {
        writer.write(priority)
        writer.write(target)
        var last = -1
        for parameter in parameters {
            guard Int(parameter.key.rawValue) > last else { throw .unorderedParameters }
            guard let count = UInt16(exactly: parameter.value.count) else { throw .dataTooLong(type) }
            last = Int(parameter.key.rawValue)
            writer.write(parameter.key.rawValue)
            writer.write(count)
            writer.write(parameter.value)
        }
    }
}
