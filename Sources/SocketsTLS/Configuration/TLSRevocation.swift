#if TLS
    /// Whether certificates are refused that their issuers have revoked, by lists (RFC 5280, 5) that are at hand: nothing is fetched.
    ///
    /// A list counts as long as it says; after that, and for issuers without one, nobody is taken: ``TLSError/Code/revocationUnknown``. A
    /// context's lists do not change: whoever has new ones makes a new context for the connections to come. Connections that are resumed are
    /// not looked up again.
    public enum TLSRevocation: Hashable, Sendable {
        /// Nobody looks.
        case unchecked
        /// The peer's own certificate must not be on its issuer's list, which must be among these. Python's `VERIFY_CRL_CHECK_LEAF`.
        case peer(lists: TLSMaterial)
        /// Nor may any certificate between it and the root, nor the root, be on a list, and each issuer must have one. Python's
        /// `VERIFY_CRL_CHECK_CHAIN`.
        case chain(lists: TLSMaterial)
    }
#endif
