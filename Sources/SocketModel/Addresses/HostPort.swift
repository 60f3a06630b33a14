/// A host and a port as people write them, `example.org:80`: not resolved yet.
public struct HostPort: Hashable, Sendable {
    /// A host name, or a numeric address with its zone and without brackets; empty when none was given, which means
    /// every address to one who listens.
    public let host: String

    /// The number of a port, or the name of a service that a resolver knows.
    public let port: Port

    /// A port as people write it.
    public enum Port: Hashable, Sendable {
        /// The number, in the host's byte order.
        case number(UInt16)
        /// The name of a service, `http`: the `service` argument of `getaddrinfo(3)`.
        case service(ServiceName)
    }

    /// The longest host in bytes, 255: what the DNS can name.
    public static let maximumHostLength = 255

    /// The pair of a host and the number of a port.
    ///
    /// Throws an ``AddressError`` when the host holds white space, control bytes, `/`, `[` or `]`, is longer than 255
    /// bytes, or has a colon and is no IPv6 address.
    public init(host: String, port: UInt16) throws(AddressError) {
        try self.init(host: host, .number(port))
    }

    /// The pair of a host and the name of a service; a name of digits is the number of a port.
    ///
    /// Throws an ``AddressError`` when the host holds what ``init(host:port:)`` refuses, or the service is neither a
    /// number 0...65535 nor a name.
    public init(host: String, service: String) throws(AddressError) {
        try self.init(host: host, try Port(parsing: service))
    }

    private init(host: String, _ port: Port) throws(AddressError) {
        do throws(TextFault) {
            let bytes = host.utf8.span
            try Self.checkHost(bytes, in: 0..<bytes.count)
            if bytes.firstOffset(of: ASCII.colon, in: 0..<bytes.count) != nil {
                _ = try parseBracketed(bytes, in: 0..<bytes.count)
            }
        } catch {
            throw error.error(in: host)
        }
        self.init(checkedHost: host, port)
    }

    init(checkedHost host: String, _ port: Port) {
        self.host = host
        self.port = port
    }

    static func checkHost(_ text: Span<UInt8>, in range: Range<Int>) throws(TextFault) {
        for index in range {
            let byte = text[index]
            let isBracket = byte == ASCII.openBracket || byte == ASCII.closeBracket
            if ASCII.isControlOrSpace(byte) || byte == ASCII.slash || isBracket {
                throw TextFault(.unexpectedByte, at: index)
            }
        }
        if range.count > maximumHostLength { throw TextFault(.hostTooLong, at: range.lowerBound) }
    }
}

extension HostPort {
    /// The number of the port, nil when it is the name of a service.
    public var portNumber: UInt16? {
        if case .number(let port) = port { port } else { nil }
    }

    /// The address, where the host is one and need not be resolved: a strict dotted quad, or IPv6 with or without zone.
    public var address: IPAddress? { IPAddress(host) }

    /// The socket address, where both the host and the port are numbers and nothing need be resolved.
    public var numeric: SocketAddress? {
        guard let portNumber, let address else { return nil }
        return SocketAddress(address, port: portNumber)
    }
}

/// The name of a service, `http`: 1...255 bytes without white space, control bytes, `/`, `:`, `[`, `]`, `?`, not digits
/// alone.
public struct ServiceName: AddressText, CustomStringConvertible {
    /// The name as it is.
    public let description: String

    /// Takes the name as it is; throws an ``AddressError`` of the kind ``AddressError/Kind/invalidPort`` when it is none.
    public init(parsing text: String) throws(AddressError) {
        self = try parse(text) { bytes, range throws(TextFault) in try Self(bytes, in: range) }
    }

    init(_ text: Span<UInt8>, in range: Range<Int>) throws(TextFault) {
        guard !range.isEmpty && range.count <= 255 else { throw TextFault(.invalidPort, at: range.lowerBound) }
        var allDigits = true
        for index in range {
            let byte = text[index]
            switch byte {
            case ASCII.slash, ASCII.colon, ASCII.openBracket, ASCII.closeBracket, ASCII.question:
                throw TextFault(.invalidPort, at: index)
            default:
                if ASCII.isControlOrSpace(byte) { throw TextFault(.invalidPort, at: index) }
                allDigits = allDigits && byte &- ASCII.zero <= 9
            }
        }
        if allDigits { throw TextFault(.invalidPort, at: range.lowerBound) }
        description = text.text(in: range)
    }
}
