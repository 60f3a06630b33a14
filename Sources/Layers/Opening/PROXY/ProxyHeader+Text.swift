internal import SocketModel

// Version 1: one line of text.
extension ProxyHeader {
    /// The longest line, with CR and LF.
    static let longestLine = 107

    func encodedAsText() throws(ProxyHeaderError) -> [UInt8] {
        guard fields.isEmpty else { throw .unrepresentable("version 1 of the PROXY protocol has no extensions") }
        guard case .relayed(let source, let destination) = origin else { return Array("PROXY UNKNOWN\r\n".utf8) }
        guard type == .stream else { throw .unrepresentable("version 1 of the PROXY protocol is for streams alone") }
        let name: String
        switch (source, destination) {
        case (.ipv4, .ipv4): name = "TCP4"
        case (.ipv6, .ipv6): name = "TCP6"
        default: throw .unrepresentable("version 1 of the PROXY protocol needs two addresses of one version of IP")
        }
        let ends = [source, destination]
        let addresses = ends.compactMap { $0.ip?.withoutZone.description }.joined(separator: " ")
        let ports = ends.compactMap { $0.port.map { "\($0)" } }.joined(separator: " ")
        return Array("PROXY \(name) \(addresses) \(ports)\r\n".utf8)
    }

    /// The header at the front, and how many bytes it takes; nil if its end is not there yet.
    static func decodeText(_ bytes: ArraySlice<UInt8>) throws(ProxyHeaderError) -> (header: ProxyHeader, length: Int)? {
        guard let end = bytes.prefix(longestLine).firstIndex(of: UInt8(ascii: "\n")) else {
            if bytes.count >= longestLine { throw .malformed("a line of more than \(longestLine) bytes") }
            return nil
        }
        guard end > bytes.startIndex, bytes[end - 1] == UInt8(ascii: "\r") else {
            throw .malformed("a line that does not end with CR and LF")
        }
        let line = String(decoding: bytes[..<(end - 1)], as: UTF8.self)
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        let length = end + 1 - bytes.startIndex
        guard words.count >= 2, words[0] == "PROXY" else { throw .malformed("\"\(line)\"") }
        if words[1] == "UNKNOWN" { return (ProxyHeader(), length) }
        guard words.count == 6, words[1] == "TCP4" || words[1] == "TCP6" else { throw .malformed("\"\(line)\"") }
        let isSix = words[1] == "TCP6"
        let source = try address(words[2], words[4], isSix)
        return (ProxyHeader(source: source, destination: try address(words[3], words[5], isSix)), length)
    }

    private static func address(
        _ text: Substring, _ port: Substring, _ isSix: Bool
    ) throws(ProxyHeaderError) -> SocketAddress {
        // Digits alone, no sign, no zero in front.
        guard let number = UInt16(port), "\(number)" == port else { throw .malformed("\"\(port)\" is no port") }
        let address =
            isSix
            ? IPv6Address(String(text)).map { IPAddress.v6($0, zone: nil) } : IPv4Address(String(text)).map { .v4($0) }
        guard let address else { throw .malformed("\"\(text)\" is no address of its kind") }
        return SocketAddress(address, port: number)
    }
}

extension IPAddress {
    fileprivate var withoutZone: IPAddress {
        if case .v6(let address, _) = self { .v6(address, zone: nil) } else { self }
    }
}
