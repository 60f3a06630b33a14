public import SocketModel

/// An address as SOCKS knows it (RFC 1928 section 5): the proxy may be asked to look a name up.
public enum SOCKSAddress: Hashable, Sendable {
    /// A numeric address; a zone is not sent.
    case ip(IPAddress, port: UInt16)
    /// A host's name, 1...255 bytes of UTF-8.
    case name(String, port: UInt16)

    /// The port.
    public var port: UInt16 {
        switch self {
        case .ip(_, let port), .name(_, let port): port
        }
    }

    /// What cannot be used: `0.0.0.0`, port 0, as proxies say who do not tell.
    public static let unspecified = SOCKSAddress.ip(.v4(.any), port: 0)
}

extension SOCKSAddress: CustomStringConvertible {
    /// As people write it: `192.0.2.1:80`, `[2001:db8::1]:80`, `example.org:80`.
    public var description: String {
        switch self {
        case .ip(let address, let port): SocketAddress(address, port: port).description
        case .name(let name, let port): "\(name):\(port)"
        }
    }
}

extension SOCKSAddress {
    /// ATYP: the kind of an address.
    private enum Kind: UInt8 {
        case ipv4 = 1
        case name = 3
        case ipv6 = 4
    }

    /// ATYP, the address and the port.
    var encoded: [UInt8] {
        switch self {
        case .ip(let address, let port):
            let octets = address.octets
            return [(octets.count == 4 ? Kind.ipv4 : .ipv6).rawValue] + octets + port.octets
        case .name(let name, let port):
            let text = Array(name.utf8)
            return [Kind.name.rawValue, UInt8(truncatingIfNeeded: text.count)] + text + port.octets
        }
    }

    /// Whether it can be sent.
    var isValid: Bool {
        if case .name(let name, _) = self { (1...255).contains(name.utf8.count) } else { true }
    }

    /// The address at the front of `bytes`, and how many bytes it takes; nil if there are not enough yet.
    ///
    /// - Throws: for a kind of address that there is not, an empty name, and one that is not UTF-8.
    static func decode(_ bytes: ArraySlice<UInt8>) throws(SOCKSError) -> (SOCKSAddress, length: Int)? {
        guard let number = bytes.first else { return nil }
        guard let kind = Kind(rawValue: number) else { throw .malformed("address of an unknown kind, \(number)") }
        let start = bytes.startIndex + 1
        let (body, length): (Int, Int)
        switch kind {
        case .ipv4: (body, length) = (start, 4)
        case .ipv6: (body, length) = (start, 16)
        case .name:
            guard bytes.count >= 2 else { return nil }
            (body, length) = (start + 1, Int(bytes[start]))
        }
        guard bytes.endIndex >= body + length + 2 else { return nil }
        let octets = bytes[body..<body + length]
        let port = UInt16(bytes[body + length], bytes[body + length + 1])
        let total = body + length + 2 - bytes.startIndex
        if kind != .name, let address = IPAddress(octets: octets) { return (.ip(address, port: port), total) }
        guard length > 0, let text = String(validating: octets, as: UTF8.self) else {
            throw .malformed("a name that is empty or not UTF-8")
        }
        return (.name(text, port: port), total)
    }
}
