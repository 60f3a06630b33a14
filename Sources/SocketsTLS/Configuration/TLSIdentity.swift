#if TLS
    /// Who one is: a certificate, those that lead from it to an issuer the peer knows, and the certificate's private key.
    public struct TLSIdentity: Hashable, Sendable {
        /// The certificate, and after it those that lead to the issuer; the issuer's own may be left out.
        public var chain: TLSMaterial
        /// The private key of the first certificate.
        public var key: TLSMaterial
        /// What an encrypted key is to be opened with.
        public var passphrase: String?

        /// An identity; nothing is read before the ``TLSContext`` is made.
        public init(chain: TLSMaterial, key: TLSMaterial, passphrase: String? = nil) {
            self.chain = chain
            self.key = key
            self.passphrase = passphrase
        }
    }
#endif
