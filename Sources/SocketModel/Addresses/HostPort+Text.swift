extension HostPort: AddressText, CustomStringConvertible {
    /// `host:port`, an IPv6 address in brackets: `[::1]:80`.
    public var description: String {
        host.utf8.contains(ASCII.colon) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Reads `host:port`, `[v6]:port` or `:port` (an empty host); the port is a number 0...65535 without leading zeros
    /// or the name of a service.
    ///
    /// Throws an ``AddressError``: ``AddressError/Kind/missingPort`` without a port, ``AddressError/Kind/portOutOfRange``
    /// above 65535, ``AddressError/Kind/unbracketedIPv6`` when an IPv6 address stands without brackets.
    public init(parsing text: String) throws(AddressError) {
        try self.init(parsing: text, defaultPort: nil)
    }

    /// Reads what ``init(parsing:)-(String)`` does, and a host alone, `host` or `[v6]`, which gets the default port.
    ///
    /// Throws an ``AddressError`` as ``init(parsing:)-(String)`` does; a colon with nothing behind it is an error still.
    public init(parsing text: String, defaultPort: UInt16?) throws(AddressError) {
        do throws(TextFault) {
            try self.init(text.utf8.span, defaultPort.map(Port.number))
        } catch {
            throw error.error(in: text)
        }
    }

    private init(_ text: Span<UInt8>, _ defaultPort: Port?) throws(TextFault) {
        guard !text.isEmpty else { throw TextFault(.empty, at: 0) }
        let (host, end) = try Self.splitHost(text)
        guard end < text.count else {
            guard let defaultPort else { throw TextFault(.missingPort, at: end) }
            self.init(checkedHost: text.text(in: host), defaultPort)
            return
        }
        guard text[end] == ASCII.colon else { throw TextFault(.trailingBytes, at: end) }
        self.init(checkedHost: text.text(in: host), try Port(text, in: end + 1..<text.count))
    }

    /// Where the host is, and where what follows it begins.
    private static func splitHost(_ text: Span<UInt8>) throws(TextFault) -> (Range<Int>, Int) {
        if text[0] == ASCII.openBracket {
            guard let close = text.lastOffset(of: ASCII.closeBracket, in: 0..<text.count) else {
                throw TextFault(.unclosedBracket, at: 0)
            }
            _ = try parseBracketed(text, in: 1..<close)
            return (1..<close, close + 1)
        }
        let colon = text.firstOffset(of: ASCII.colon, in: 0..<text.count)
        if let colon, text.firstOffset(of: ASCII.colon, in: colon + 1..<text.count) != nil {
            // `http://host:80` is no address that lacks brackets: its slash is what is wrong.
            try checkHost(text, in: 0..<text.count)
            throw TextFault(.unbracketedIPv6, at: 0)
        }
        let end = colon ?? text.count
        try checkHost(text, in: 0..<end)
        return (0..<end, end)
    }
}

extension HostPort.Port: AddressText, CustomStringConvertible {
    /// The number in decimal, or the name of the service.
    public var description: String {
        switch self {
        case .number(let port): String(port)
        case .service(let name): name.description
        }
    }

    /// Reads a number 0...65535 (digits) or the name of a service (anything else).
    ///
    /// Throws an ``AddressError`` that says which byte is wrong.
    public init(parsing text: String) throws(AddressError) {
        self = try parse(text) { bytes, range throws(TextFault) in try Self(bytes, in: range) }
    }

    init(_ text: Span<UInt8>, in range: Range<Int>) throws(TextFault) {
        for index in range where text[index] &- ASCII.zero > 9 {
            // `-1` and `+80` are slips of a number, no services.
            let first = text[range.lowerBound]
            if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
                throw TextFault(.invalidPort, at: range.lowerBound)
            }
            self = .service(try ServiceName(text, in: range))
            return
        }
        self = .number(try parsePort(text, in: range))
    }
}
