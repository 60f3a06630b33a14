#if TLS
    internal import CTLS

    /// A certificate of a peer's (RFC 5280): what it says of itself. Whether it is to be believed, verification has decided.
    public struct TLSCertificate: Hashable, Sendable {
        /// The whole certificate, in DER.
        public let der: [UInt8]
        /// Whose it is, as "CN=example.org, O=Example".
        public let subject: String
        /// Who has issued it.
        public let issuer: String
        /// What it is valid for: host names, then IP addresses (the subject's alternative names; a common name counts for nothing).
        public let names: [String]
        /// The first second it is valid, since 1970.
        public let notBefore: Int64
        /// The last second it is valid, since 1970.
        public let notAfter: Int64
    }

    extension TLSCertificate: CustomStringConvertible {
        /// Subject, names, issuer and validity, in one line.
        public var description: String {
            let names = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
            return
                "\(subject)\(names), issued by \(issuer), valid from \(CalendarTime(notBefore)) to \(CalendarTime(notAfter))"
        }
    }

    extension TLSCertificate {
        /// Takes over what C has described; nil for nil.
        init?(_ described: UnsafeMutablePointer<ctls_certificate>?) {
            guard let described = unsafe described else { return nil }
            defer { unsafe ctls_certificate_free(described) }
            unsafe self.init(
                der: Array(UnsafeBufferPointer(start: described.pointee.der, count: described.pointee.der_count)),
                subject: Self.text(described.pointee.subject), issuer: Self.text(described.pointee.issuer),
                names: Self.text(described.pointee.names).split(separator: "\n").map(String.init),
                notBefore: described.pointee.not_before, notAfter: described.pointee.not_after)
        }

        private static func text(_ bytes: UnsafeMutablePointer<CChar>?) -> String {
            guard let bytes = unsafe bytes else { return "" }
            return unsafe String(cString: bytes)
        }
    }
#endif
