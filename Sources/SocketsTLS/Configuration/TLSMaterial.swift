#if TLS
    /// Certificates, a key or lists of revoked certificates, and where they are: a file, or bytes at hand.
    public struct TLSMaterial: Hashable, Sendable {
        enum Source: Hashable, Sendable {
            case file(String)
            case pem([UInt8])
            /// One value each.
            case der([[UInt8]])
        }

        let source: Source

        /// A PEM file (RFC 7468), read when the ``TLSContext`` is made; at most 16 MiB.
        public static func file(_ path: String) -> TLSMaterial { TLSMaterial(source: .file(path)) }

        /// The text of a PEM file.
        public static func pem(_ text: String) -> TLSMaterial { TLSMaterial(source: .pem(Array(text.utf8))) }

        /// The bytes of a PEM file.
        public static func pem(_ bytes: [UInt8]) -> TLSMaterial { TLSMaterial(source: .pem(bytes)) }

        /// One or more values in DER, certificates or lists (RFC 5280) or one key (RFC 5958, PKCS #1 or SEC 1).
        public static func der(_ values: [UInt8]...) -> TLSMaterial { TLSMaterial(source: .der(values)) }

        /// Certificates in DER, as ``TLSCertificate/der`` has them.
        public static func der(_ values: [[UInt8]]) -> TLSMaterial { TLSMaterial(source: .der(values)) }
    }
#endif
