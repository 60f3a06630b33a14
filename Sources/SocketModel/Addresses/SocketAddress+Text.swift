extension SocketAddress: AddressText, CustomStringConvertible {
    /// A text that reads back as the same address, one form a family:
    ///
    /// - `127.0.0.1:80`
    /// - `[::1]:80`, `[fe80::1%eth0]:80`, with flow information other than 0 `[::1]:80?flow=5` (decimal, host order)
    /// - `unix:/tmp/x` (path), `unix:@x` (abstract), `unix:` (unnamed), escaped as ``UNIXAddress/description`` says
    /// - `family(29):0a0b`
    public var description: String {
        switch self {
        case .ipv4(let address, let port): return Self.text(address, port)
        case .ipv6(let address, let port, let flowInfo, let zone):
            let text = zone.map { "[\(address)%\($0)]:\(port)" } ?? Self.text(address, port)
            return flowInfo == 0 ? text : "\(text)?flow=\(flowInfo)"
        case .unix(let address): return "unix:\(address)"
        case .other(let address): return address.description
        }
    }

    private static func text(_ address: IPv4Address, _ port: UInt16) -> String {
        var text = TextBuffer()
        text.append(address)
        text.append(ASCII.colon)
        text.append(decimal: port)
        return text.string
    }

    private static func text(_ address: IPv6Address, _ port: UInt16) -> String {
        var text = TextBuffer()
        text.append(ASCII.openBracket)
        text.append(address)
        text.append(ASCII.closeBracket)
        text.append(ASCII.colon)
        text.append(decimal: port)
        return text.string
    }

    /// Reads the forms that ``description`` prints. IP addresses are numeric: a host name is refused, never looked up
    /// (read a ``HostPort`` instead), a port is a decimal number and cannot be left out.
    ///
    /// Throws an ``AddressError`` that says which byte is wrong.
    public init(parsing text: String) throws(AddressError) {
        do throws(TextFault) {
            try self.init(text.utf8.span)
        } catch {
            throw error.error(in: text)
        }
    }

    private init(_ text: Span<UInt8>) throws(TextFault) {
        let all = 0..<text.count
        if text.hasPrefix("unix:", in: all) {
            self = .unix(try UNIXAddress(text, in: 5..<text.count))
        } else if text.hasPrefix("family(", in: all) {
            self = .other(try OpaqueAddress(text))
        } else if text.hasPrefix("[", in: all) {
            self = try Self.bracketed(text)
        } else {
            self = try Self.dottedQuad(text)
        }
    }

    private static func dottedQuad(_ text: Span<UInt8>) throws(TextFault) -> Self {
        guard !text.isEmpty else { throw TextFault(.empty, at: 0) }
        guard let colon = text.firstOffset(of: ASCII.colon, in: 0..<text.count) else {
            // A bad address is the better complaint about `1.2.3.256` than its missing port.
            _ = try parseIPv4(text)
            throw TextFault(.missingPort, at: text.count)
        }
        if text.firstOffset(of: ASCII.colon, in: colon + 1..<text.count) != nil {
            throw TextFault(.unbracketedIPv6, at: 0)
        }
        let address = IPv4Address(rawValue: try parseIPv4(text, in: 0..<colon))
        return .ipv4(address, port: try parsePort(text, in: colon + 1..<text.count))
    }

    private static func bracketed(_ text: Span<UInt8>) throws(TextFault) -> Self {
        let question = text.lastOffset(of: ASCII.question, in: 0..<text.count)
        guard let close = text.lastOffset(of: ASCII.closeBracket, in: 0..<text.count) else {
            throw TextFault(.unclosedBracket, at: 0)
        }
        let end = question.map { $0 > close ? $0 : text.count } ?? text.count
        let (address, zone) = try parseBracketed(text, in: 1..<close)
        guard close + 1 < end else { throw TextFault(.missingPort, at: close + 1) }
        guard text[close + 1] == ASCII.colon else { throw TextFault(.trailingBytes, at: close + 1) }
        let port = try parsePort(text, in: close + 2..<end)
        return .ipv6(address, port: port, flowInfo: try parseFlow(text, in: end..<text.count), zone: zone)
    }

    private static func parseFlow(_ text: Span<UInt8>, in range: Range<Int>) throws(TextFault) -> UInt32 {
        if range.isEmpty { return 0 }
        guard text.hasPrefix("?flow=", in: range) else { throw TextFault(.invalidFlowInfo, at: range.lowerBound) }
        return try parseDecimal(
            text, in: range.lowerBound + 6..<range.upperBound, maximum: .max,
            missing: .invalidFlowInfo, tooLarge: .invalidFlowInfo)
    }
}

/// The IPv6 address between brackets.
func parseBracketed(_ text: Span<UInt8>, in range: Range<Int>) throws(TextFault) -> (IPv6Address, Zone?) {
    guard let percent = text.firstOffset(of: ASCII.percent, in: range) else {
        return (try parseIPv6(text, in: range), nil)
    }
    let address = try parseIPv6(text, in: range.lowerBound..<percent)
    return (address, try Zone(text, in: percent + 1..<range.upperBound))
}

/// A port in decimal.
func parsePort(_ text: Span<UInt8>, in range: Range<Int>) throws(TextFault) -> UInt16 {
    if range.isEmpty { throw TextFault(.missingPort, at: range.lowerBound) }
    let port = try parseDecimal(text, in: range, maximum: 65535, missing: .invalidPort, tooLarge: .portOutOfRange)
    return UInt16(truncatingIfNeeded: port)
}
