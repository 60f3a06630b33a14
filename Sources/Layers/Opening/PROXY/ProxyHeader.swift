public import SocketModel

/// What a load balancer says about a connection before its bytes: the PROXY protocol, versions 1 and 2, as HAProxy defines it.
///
/// ```swift
/// let header = ProxyHeader(source: .ipv4(IPv4Address(192, 0, 2, 1), port: 5678), destination: .ipv4(IPv4Address(192, 0, 2, 9), port: 443))
/// let first = try header.encoded(as: .v2)
/// ```
public struct ProxyHeader: Hashable, Sendable {
    /// Whom the connection is made for.
    public enum Origin: Hashable, Sendable {
        /// The proxy itself, a health check say: the connection's own addresses hold. `LOCAL`, and `UNKNOWN` of version 1.
        case local
        /// A client, and the address it connected to, of one family: IPv4, IPv6 or UNIX paths.
        case relayed(source: SocketAddress, destination: SocketAddress)
    }

    /// The two forms.
    public enum Version: Hashable, Sendable, CaseIterable {
        /// One line of text.
        case v1
        /// Binary, with extensions.
        case v2
    }

    /// An extension of version 2, "TLV": something more about the connection.
    public struct Field: Hashable, Sendable {
        /// What it is about.
        public var type: FieldType
        /// 0...65,535 bytes.
        public var value: [UInt8]

        /// An extension.
        @inlinable public init(_ type: FieldType, _ value: [UInt8]) {
            self.type = type
            self.value = value
        }
    }

    /// Whom it is made for.
    public var origin: Origin
    /// ``SocketType/stream`` or ``SocketType/datagram``; version 1 knows streams alone.
    public var type: SocketType
    /// Extensions, of version 2 alone.
    public var fields: [Field]

    /// The header of a connection that is made for somebody.
    public init(
        source: SocketAddress, destination: SocketAddress, type: SocketType = .stream, fields: [Field] = []
    ) {
        origin = .relayed(source: source, destination: destination)
        self.type = type
        self.fields = fields
    }

    /// The header of a connection that the proxy makes for itself.
    public init(local fields: [Field] = []) {
        origin = .local
        type = .stream
        self.fields = fields
    }
}

extension ProxyHeader {
    /// What an extension is about: `PP2_TYPE_*`.
    public struct FieldType: RawRepresentable, Hashable, Sendable {
        /// The number on the wire.
        public let rawValue: UInt8

        /// Names any number.
        @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The protocol that TLS has agreed on.
        @inlinable public static var alpn: Self { Self(rawValue: 0x01) }
        /// The host's name that the client asked for.
        @inlinable public static var authority: Self { Self(rawValue: 0x02) }
        /// A CRC-32C of the whole header: it is checked where it is found, and made where it is to be sent, whatever its value.
        @inlinable public static var checksum: Self { Self(rawValue: 0x03) }
        /// Nothing: padding.
        @inlinable public static var noOperation: Self { Self(rawValue: 0x04) }
        /// At most 128 bytes that name the connection.
        @inlinable public static var uniqueID: Self { Self(rawValue: 0x05) }
        /// What TLS knows of the client.
        @inlinable public static var tls: Self { Self(rawValue: 0x20) }
        /// The network namespace.
        @inlinable public static var namespace: Self { Self(rawValue: 0x30) }
    }

    /// The values of the extensions of that type.
    public subscript(type: FieldType) -> [[UInt8]] { fields.filter { $0.type == type }.map(\.value) }
}

/// What is wrong with a header of the PROXY protocol.
public enum ProxyHeaderError: Error, Hashable, Sendable {
    /// What came is no header: its first bytes are others.
    case missing
    /// It breaks the protocol: how.
    case malformed(String)
    /// Its checksum is not that of its bytes.
    case checksumMismatch
    /// It is longer than its reader allows.
    case tooLong(limit: Int)
    /// The peer has ended in the middle.
    case truncated
    /// What is to be sent cannot be, in that version: why.
    case unrepresentable(String)
}

extension ProxyHeaderError: CustomStringConvertible {
    /// One line for people.
    public var description: String {
        switch self {
        case .missing: "the connection does not begin with a header of the PROXY protocol"
        case .malformed(let what): "a broken header of the PROXY protocol: \(what)"
        case .checksumMismatch: "the PROXY header's checksum is wrong"
        case .tooLong(let limit): "a PROXY header of more than \(limit) bytes"
        case .truncated: "the peer ended in the middle of the PROXY header"
        case .unrepresentable(let what): what
        }
    }
}
