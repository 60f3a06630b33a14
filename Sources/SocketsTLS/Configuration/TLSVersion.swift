#if TLS
    /// A version of the protocol. Older ones are broken, and not to be had (RFC 8996).
    public enum TLSVersion: Int32, Hashable, Comparable, Sendable, CaseIterable, CustomStringConvertible {
        /// RFC 5246.
        case tls12 = 0x303
        /// RFC 8446.
        case tls13 = 0x304

        /// Whether `left` is older.
        public static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.rawValue < right.rawValue }

        /// As people write it: "TLS 1.3".
        public var description: String { self == .tls12 ? "TLS 1.2" : "TLS 1.3" }
    }
#endif
