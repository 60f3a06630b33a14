internal import SocketModel

extension ProxyHeader {
    /// The bytes to send first.
    ///
    /// - Throws: ``ProxyHeaderError/unrepresentable(_:)`` for what the version cannot say.
    public func encoded(as version: Version) throws(ProxyHeaderError) -> [UInt8] {
        switch version {
        case .v1: try encodedAsText()
        case .v2: try encodedAsBinary()
        }
    }

    /// The header at the front of `bytes`, in either version, and how many bytes it takes; nil if not all of it is there yet.
    ///
    /// - Parameters:
    ///   - bytes: What a connection begins with.
    ///   - limit: The longest header of version 2 that is taken, in bytes.
    /// - Throws: ``ProxyHeaderError`` for what is none, as soon as that is certain.
    public static func decode(
        _ bytes: some Sequence<UInt8>, limit: Int = ProxyHeaderReader.standardLimit
    ) throws(ProxyHeaderError) -> (header: ProxyHeader, length: Int)? {
        try decode(Array(bytes)[...], limit: limit)
    }

    static func decode(
        _ bytes: ArraySlice<UInt8>, limit: Int
    ) throws(ProxyHeaderError) -> (header: ProxyHeader, length: Int)? {
        if let isWhole = begins(bytes, with: signature) { return isWhole ? try decodeBinary(bytes, limit: limit) : nil }
        if let isWhole = begins(bytes, with: Array("PROXY ".utf8)) { return isWhole ? try decodeText(bytes) : nil }
        throw .missing
    }

    /// Whether `bytes` are long enough to begin with `mark`; nil when they do not.
    private static func begins(_ bytes: ArraySlice<UInt8>, with mark: [UInt8]) -> Bool? {
        guard bytes.starts(with: mark.prefix(bytes.count)) else { return nil }
        return bytes.count >= mark.count
    }
}
