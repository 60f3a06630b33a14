#if TLS
    /// What one end tells the other before it gives up (RFC 8446, 6).
    public struct TLSAlert: Hashable, Sendable, RawRepresentable, Codable {
        /// The number on the wire.
        public let rawValue: UInt8

        /// The alert of that number.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// No more will be sent: the clean end.
        public static let closeNotify = TLSAlert(rawValue: 0)
        /// Nothing that could be agreed on.
        public static let handshakeFailure = TLSAlert(rawValue: 40)
        /// The certificate is no good.
        public static let badCertificate = TLSAlert(rawValue: 42)
        /// The certificate has expired, or is not yet valid.
        public static let certificateExpired = TLSAlert(rawValue: 45)
        /// The certificate's issuer is unknown.
        public static let unknownIssuer = TLSAlert(rawValue: 48)
        /// The version is not supported.
        public static let protocolVersion = TLSAlert(rawValue: 70)
        /// A certificate is demanded, and was not sent.
        public static let certificateRequired = TLSAlert(rawValue: 116)
        /// No application protocol in common.
        public static let noApplicationProtocol = TLSAlert(rawValue: 120)

        static let names: [UInt8: String] = [
            0: "close notify", 10: "unexpected message", 20: "bad record MAC", 22: "record overflow",
            40: "handshake failure",
            42: "bad certificate", 43: "unsupported certificate", 44: "certificate revoked", 45: "certificate expired",
            46: "certificate unknown", 47: "illegal parameter", 48: "unknown issuer", 49: "access denied",
            50: "decode error",
            51: "decrypt error", 70: "protocol version", 71: "insufficient security", 80: "internal error",
            86: "inappropriate fallback", 90: "user canceled", 100: "no renegotiation", 109: "missing extension",
            110: "unsupported extension", 112: "unrecognized name", 113: "bad certificate status response",
            115: "unknown PSK identity", 116: "certificate required", 120: "no application protocol",
        ]
    }

    extension TLSAlert: CustomStringConvertible {
        /// The alert's name and number: "unknown issuer (48)".
        public var description: String { "\(Self.names[rawValue] ?? "alert") (\(rawValue))" }

        /// What to do about it, where this end can.
        var advice: String? {
            switch rawValue {
            case 40, 71:
                "compare versions, cipher suites and the kinds of keys of both ends; the peer may also demand a certificate"
            case 42, 43, 46: "the peer does not take this end's certificate: check its kind, its names and its chain"
            case 44, 45: "renew this end's certificate, or set the peer's clock"
            case 48:
                "the peer does not know the issuer of this end's certificate: send the whole chain, or have the peer trust the issuer"
            case 70: "the peer wants another version of TLS"
            case 112: "the peer serves no such name"
            case 116: "the peer demands a certificate: give the configuration an identity"
            case 120: "the peer speaks none of the application protocols that were offered"
            default: nil
            }
        }
    }
#endif
