#if TLS
    internal import CTLS
    internal import Locks

    /// A configuration that has been read and checked, for any number of connections, of any threads and networks.
    ///
    /// On a kernel's network OpenSSL's own generator is drawn from and the machine's calendar is read; on a simulated one everything comes from
    /// the seed, see ``TLSEnvironment``.
    public final class TLSContext: Sendable {
        /// What it was made of.
        public let configuration: TLSConfiguration

        private let system: ContextHandle
        private let simulated = Lock<ContextHandle?>(nil)
        private let material: ContextMaterial
        let tickets = TicketStore()

        /// Reads what the configuration names, and checks it.
        ///
        /// - Throws: ``TLSError`` with ``TLSError/Code/unreadableFile``, ``TLSError/Code/noCertificate``,
        ///   ``TLSError/Code/malformedCertificate``, ``TLSError/Code/malformedKey``, ``TLSError/Code/lockedKey``,
        ///   ``TLSError/Code/keyMismatch``, ``TLSError/Code/malformedRevocationList``, ``TLSError/Code/refusedSetting``, ``TLSError/Code/invalidArgument`` and
        ///   ``TLSError/Code/invalidName``.
        public init(_ configuration: TLSConfiguration) throws(TLSError) {
            try configuration.validate()
            self.configuration = configuration
            material = try ContextMaterial(configuration)
            system = try material.context(configuration, isSimulated: false)
        }

        /// The context for an environment; the simulated one is made when it is first wanted.
        func handle(_ environment: TLSEnvironment) throws(TLSError) -> ContextHandle {
            guard case .simulated = environment else { return system }
            guard configuration.resumption == .off else {
                throw TLSError(
                    .unsupported,
                    detail: "tickets carry the machine's time: a simulation has none; set resumption to .off")
            }
            return try simulated.withLock { kept throws(TLSError) in
                if let kept { return kept }
                var stream = SeededStream(seed: 0)
                let made = try stream.drawing { () throws(TLSError) in
                    try material.context(configuration, isSimulated: true)
                }
                kept = made
                return made
            }
        }

        /// The version of the OpenSSL that is linked, in its own words.
        public static var library: String { unsafe String(cString: ctls_library_version()) }
    }

    extension TLSConfiguration {
        /// Whether the peer's certificate is looked at.
        private var verifies: Bool {
            verification != CTLS_VERIFY_NONE && trust != .unverifiedAndThereforeInsecure
        }

        /// Throws for what is out of bounds.
        fileprivate func validate() throws(TLSError) {
            if role == .server, identity == nil {
                throw TLSError(.invalidArgument, detail: "a server must have an identity")
            }
            if revocation != .unchecked, !verifies {
                throw TLSError(
                    .invalidArgument,
                    detail: "revocation needs a peer that is verified: a server, or a client that is asked"
                )
            }
            guard (.milliseconds(1) ... .seconds(3600)).contains(handshakeLimit) else {
                throw TLSError(.invalidArgument, detail: "handshakeLimit must be in 1 millisecond...1 hour")
            }
            guard (-(1 << 40)...1 << 40).contains(simulatedStart) else {
                throw TLSError(.invalidArgument, detail: "simulatedStart must be a time that a calendar has")
            }
            for name in applicationProtocols where !(1...255).contains(name.utf8.count) {
                throw TLSError(
                    .invalidArgument, wanted: name, detail: "an application protocol's name has 1...255 bytes")
            }
            if applicationProtocols.reduce(0, { $0 + $1.utf8.count + 1 }) > 65_535 {
                throw TLSError(.invalidArgument, detail: "all application protocols together have at most 65,535 bytes")
            }
            if role == .client, !identities.isEmpty || clientCertificates != .ignored {
                throw TLSError(
                    .invalidArgument, detail: "only servers have identities by name, and ask for clients' certificates")
            }
            for (name, _) in identities { _ = try ServerName(name.hasPrefix("*.") ? String(name.dropFirst(2)) : name) }
        }
    }
#endif
