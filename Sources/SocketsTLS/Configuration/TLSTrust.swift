#if TLS
    /// Whose word one takes for who the peer is.
    public enum TLSTrust: Hashable, Sendable {
        /// The issuers that this system trusts; `SSL_CERT_FILE` and `SSL_CERT_DIR` name others, as for all programs of OpenSSL's.
        case system
        /// These issuers and no others. A self-signed certificate among them is trusted itself.
        case issuers(TLSMaterial)
        /// Nobody's: whoever is on the way may be the peer, and read and change all that is sent. For experiments, and for servers that
        /// know their clients' certificates by other means: they are still asked for one.
        case unverifiedAndThereforeInsecure
    }
#endif
