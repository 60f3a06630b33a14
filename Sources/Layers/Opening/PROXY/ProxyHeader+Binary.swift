internal import SocketModel

// Version 2: a signature, a fixed head, addresses, extensions.
extension ProxyHeader {
    static let signature: [UInt8] = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a]

    /// The signature, version and command, family and type, and the length of what follows.
    static let headLength = 16

    private static let pathLength = 108
    /// Of ``Family``: how long one address is, ports aside.
    private enum Family: UInt8 {
        case unspecified = 0, ipv4, ipv6, unix

        /// Of both addresses with their ports.
        var length: Int {
            switch self {
            case .unspecified: 0
            case .ipv4: 12
            case .ipv6: 36
            case .unix: 2 * pathLength
            }
        }
    }

    func encodedAsBinary() throws(ProxyHeaderError) -> [UInt8] {
        let (family, addresses) = try encodedAddresses()
        var extensions: [UInt8] = []
        var checksum: Int?
        for field in fields {
            let value = field.type == .checksum ? [0, 0, 0, 0] : field.value
            guard let length = UInt16(exactly: value.count) else {
                throw .unrepresentable("an extension of \(value.count) bytes; 65535 are the most")
            }
            if field.type == .checksum, checksum != nil { throw .unrepresentable("a PROXY header of two checksums") }
            if field.type == .checksum { checksum = Self.headLength + addresses.count + extensions.count + 3 }
            extensions += [field.type.rawValue] + length.octets + value
        }
        guard let length = UInt16(exactly: addresses.count + extensions.count) else {
            throw .unrepresentable("a PROXY header of more than 65535 bytes behind its head")
        }
        let isLocal = origin == .local
        let typeBits: UInt8 = isLocal ? 0 : type == .stream ? 1 : 2
        var bytes = Self.signature + [isLocal ? 0x20 : 0x21, family.rawValue << 4 | typeBits] + length.octets
        bytes += addresses + extensions
        if let checksum { bytes.replaceSubrange(checksum..<checksum + 4, with: CRC32C.octets(of: bytes)) }
        return bytes
    }

    private func encodedAddresses() throws(ProxyHeaderError) -> (Family, [UInt8]) {
        guard case .relayed(let source, let destination) = origin else { return (.unspecified, []) }
        guard type == .stream || type == .datagram else {
            throw .unrepresentable("the PROXY protocol is for streams and datagrams")
        }
        switch (source, destination) {
        case (.ipv4(let from, let port), .ipv4(let to, let toPort)):
            return (.ipv4, IPAddress.v4(from).octets + IPAddress.v4(to).octets + port.octets + toPort.octets)
        case (.ipv6(let from, let port, _, _), .ipv6(let to, let toPort, _, _)):
            let octets = IPAddress.v6(from, zone: nil).octets + IPAddress.v6(to, zone: nil).octets
            return (.ipv6, octets + port.octets + toPort.octets)
        case (.unix(let from), .unix(let to)): return (.unix, try Self.padded(from) + Self.padded(to))
        default: throw .unrepresentable("a PROXY header needs two addresses of one family: IPv4, IPv6 or UNIX")
        }
    }

    private static func padded(_ address: UNIXAddress) throws(ProxyHeaderError) -> [UInt8] {
        if address.kind == .abstract, address.bytes.contains(0) {
            throw .unrepresentable("an abstract name with a zero in it")
        }
        let bytes = (address.kind == .abstract ? [0] : []) + address.bytes
        return bytes + [UInt8](repeating: 0, count: max(0, pathLength - bytes.count))
    }

    /// The header at the front, and how many bytes it takes; nil if not all of it is there yet.
    static func decodeBinary(
        _ bytes: ArraySlice<UInt8>, limit: Int
    ) throws(ProxyHeaderError) -> (header: ProxyHeader, length: Int)? {
        guard bytes.count >= headLength else { return nil }
        let start = bytes.startIndex
        let (command, kind) = (bytes[start + 12], bytes[start + 13])
        let length = headLength + Int(UInt16(bytes[start + 14], bytes[start + 15]))
        guard command >> 4 == 2 else { throw .malformed("version \(command >> 4)") }
        guard command & 0xf <= 1 else { throw .malformed("command \(command & 0xf)") }
        guard length <= limit else { throw .tooLong(limit: limit) }
        guard bytes.count >= length else { return nil }
        let all = bytes[start..<start + length]
        if command & 0xf == 0 { return (try local(all, kind), length) }
        guard let family = Family(rawValue: kind >> 4) else { throw .malformed("family \(kind >> 4)") }
        guard kind & 0xf <= 2, kind & 0xf > 0 || family == .unspecified else {
            throw .malformed("transport \(kind & 0xf)")
        }
        guard all.count >= headLength + family.length else { throw .malformed("addresses that are cut short") }
        let addresses = all[(start + headLength)..<(start + headLength + family.length)]
        var header = ProxyHeader(local: try fields(all, from: addresses.endIndex))
        if let (source, destination) = try ends(addresses, family) {
            header.origin = .relayed(source: source, destination: destination)
            header.type = kind & 0xf == 1 ? .stream : .datagram
        }
        return (header, length)
    }

    /// Of a connection that the proxy has made for itself: it is taken whatever else the header says, family and all.
    private static func local(_ all: ArraySlice<UInt8>, _ kind: UInt8) throws(ProxyHeaderError) -> ProxyHeader {
        let start = all.startIndex + headLength + (Family(rawValue: kind >> 4)?.length ?? 0)
        do throws(ProxyHeaderError) {
            return ProxyHeader(local: start <= all.endIndex ? try fields(all, from: start) : [])
        } catch {
            if error == .checksumMismatch { throw error }
            return ProxyHeader(local: [])
        }
    }

    private static func ends(
        _ bytes: ArraySlice<UInt8>, _ family: Family
    ) throws(ProxyHeaderError) -> (SocketAddress, SocketAddress)? {
        let start = bytes.startIndex
        switch family {
        case .unspecified: return nil
        case .ipv4, .ipv6:
            let size = family == .ipv4 ? 4 : 16
            guard let from = IPAddress(octets: bytes[start..<start + size]),
                let to = IPAddress(octets: bytes[(start + size)..<(start + 2 * size)])
            else { return nil }
            let ports = start + 2 * size
            return (
                SocketAddress(from, port: UInt16(bytes[ports], bytes[ports + 1])),
                SocketAddress(to, port: UInt16(bytes[ports + 2], bytes[ports + 3]))
            )
        case .unix:
            return (
                .unix(try path(bytes.prefix(pathLength))), .unix(try path(bytes.suffix(pathLength)))
            )
        }
    }

    /// A path ends at its first zero, an abstract name begins with one.
    private static func path(_ bytes: ArraySlice<UInt8>) throws(ProxyHeaderError) -> UNIXAddress {
        do throws(AddressError) {
            if bytes.first != 0 { return try UNIXAddress(path: Array(bytes.prefix { $0 != 0 })) }
            let name = bytes.dropFirst().prefix { $0 != 0 }
            return name.isEmpty ? .unnamed : try UNIXAddress(abstract: Array(name))
        } catch {
            throw .malformed("a path: \(error)")
        }
    }

    /// The extensions; a checksum among them must be right.
    private static func fields(
        _ all: ArraySlice<UInt8>, from start: Int
    ) throws(ProxyHeaderError) -> [Field] {
        var fields: [Field] = []
        var position = start
        while position < all.endIndex {
            guard all.endIndex - position >= 3 else { throw .malformed("an extension that is cut short") }
            let type = FieldType(rawValue: all[position])
            let end = position + 3 + Int(UInt16(all[position + 1], all[position + 2]))
            guard end <= all.endIndex else { throw .malformed("an extension that is cut short") }
            let value = Array(all[(position + 3)..<end])
            if type == .checksum { try check(value, at: position + 3, in: all) }
            fields.append(Field(type, value))
            position = end
        }
        return fields
    }

    private static func check(
        _ value: [UInt8], at position: Int, in all: ArraySlice<UInt8>
    ) throws(ProxyHeaderError) {
        guard value.count == 4 else { throw .malformed("a checksum of \(value.count) bytes") }
        var blank = Array(all)
        let start = position - all.startIndex
        blank.replaceSubrange(start..<start + 4, with: [0, 0, 0, 0])
        guard CRC32C.octets(of: blank) == value else { throw .checksumMismatch }
    }
}

/// The checksum of RFC 3720 (Castagnoli's polynomial, reflected).
enum CRC32C {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0x82f6_3b78 : value >> 1 }
    }

    static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { value, byte in table[Int((value ^ UInt32(byte)) & 0xff)] ^ value >> 8 }
    }

    /// In network order.
    static func octets(of bytes: some Sequence<UInt8>) -> [UInt8] {
        let value = checksum(of: bytes)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
