#if TLS
    /// What an end of TLS is made with: a ``TLSContext`` is made of it once, for any number of connections.
    ///
    /// ```swift
    /// import SocketsTLS
    ///
    /// var configuration = TLSConfiguration.server(TLSIdentity(chain: .file("chain.pem"), key: .file("key.pem")))
    /// configuration.applicationProtocols = ["h2", "http/1.1"]
    /// let context = try TLSContext(configuration)
    /// ```
    ///
    /// Verification is on: a client takes no server whose certificate is not valid now, for the name it asked for, and issued by whom it trusts.
    public struct TLSConfiguration: Sendable {
        /// Which end of the handshake one is.
        public enum Role: Hashable, Sendable {
            /// Speaks first, and verifies the server.
            case client
            /// Has an identity, and may ask for the client's.
            case server
        }

        /// What a server wants of clients' certificates.
        public enum ClientCertificates: Hashable, Sendable {
            /// Nothing: it does not ask.
            case ignored
            /// It asks; one that is sent must be valid, none is well too.
            case requested
            /// It asks, and takes no client without a valid one.
            case required
        }

        /// Whether a later connection may go on where an earlier one has been, which saves it the certificates.
        public enum Resumption: Hashable, Sendable {
            /// Every connection begins anew.
            case off
            /// By tickets (RFC 8446, 4.6.1, and RFC 5077): a server keeps nothing, a client the newest ticket of each of the last 64 names.
            ///
            /// OpenSSL writes the machine's time into tickets: a simulated network refuses them with ``TLSError/Code/unsupported``.
            case tickets
        }

        /// Client or server.
        public var role: Role
        /// Whose certificates are good. A server needs it when it asks for clients' certificates.
        public var trust: TLSTrust
        /// Whether certificates that were revoked are refused.
        public var revocation = TLSRevocation.unchecked
        /// Who this end is: a server always is somebody, a client may be.
        public var identity: TLSIdentity?
        /// A server's identities for the names that clients ask for (SNI, RFC 6066), in this order; "*.example.org" is all names one
        /// label longer than "example.org". For other names ``identity`` is taken.
        public var identities: [(name: String, identity: TLSIdentity)] = []
        /// What a server wants of clients' certificates.
        public var clientCertificates = ClientCertificates.ignored
        /// The oldest and the newest version.
        public var versions = TLSVersion.tls12...TLSVersion.tls13
        /// The protocols spoken above, best first (ALPN, RFC 7301): 1...255 bytes each. A server chooses the first of its own that the client offers.
        public var applicationProtocols: [String] = []
        /// Whether a peer that has no protocol in common is refused, if it speaks of protocols at all.
        public var demandsApplicationProtocol = true
        /// Cipher suites of TLS 1.2 in OpenSSL's words (`ciphers(1)`); nil leaves the choice to OpenSSL.
        public var cipherList: String?
        /// Cipher suites of TLS 1.3, as "TLS_AES_128_GCM_SHA256:…"; nil leaves the choice to OpenSSL.
        public var cipherSuites: String?
        /// Whether connections may be resumed.
        public var resumption = Resumption.off
        /// How long a handshake may take where no call's deadline says so, in `serve` and in machines: 1 millisecond ... 1 hour.
        public var handshakeLimit = Duration.seconds(30)
        /// The calendar's time at which a simulation's clocks begin, in seconds since 1970: what certificates are verified against there. Until
        /// changed 1,767,225,600, the beginning of 2026, UTC.
        public var simulatedStart: Int64 = 1_767_225_600

        private init(_ role: Role, _ trust: TLSTrust, _ identity: TLSIdentity?) {
            self.role = role
            self.trust = trust
            self.identity = identity
        }

        /// A client's.
        public static func client(trust: TLSTrust = .system, identity: TLSIdentity? = nil) -> TLSConfiguration {
            TLSConfiguration(.client, trust, identity)
        }

        /// A server's.
        public static func server(_ identity: TLSIdentity) -> TLSConfiguration {
            TLSConfiguration(.server, .system, identity)
        }
    }
#endif
