#if TLS
    internal import CTLS

    /// What a context is made of, read once.
    struct ContextMaterial: Sendable {
        private let issuers: LoadedMaterial?
        private let lists: LoadedMaterial?
        private let identity: LoadedIdentity?
        private let identities: [LoadedIdentity]

        init(_ configuration: TLSConfiguration) throws(TLSError) {
            issuers = if case .issuers(let material) = configuration.trust { try LoadedMaterial(material) } else { nil }
            lists = if let lists = configuration.revocation.lists { try LoadedMaterial(lists) } else { nil }
            identity = if let identity = configuration.identity { try LoadedIdentity(identity) } else { nil }
            var identities: [LoadedIdentity] = []
            for (_, identity) in configuration.identities { identities.append(try LoadedIdentity(identity)) }
            self.identities = identities
        }

        func context(_ configuration: TLSConfiguration, isSimulated: Bool) throws(TLSError) -> ContextHandle {
            let context = try plainContext(configuration, isSimulated)
            if let loaded = identity, let identity = configuration.identity {
                try context.setIdentity(loaded, identity)
            }
            for (loaded, (name, identity)) in zip(identities, configuration.identities) {
                let other = try plainContext(configuration, isSimulated)
                try other.setIdentity(loaded, identity)
                try context.add(name, other)
            }
            return context
        }

        private func plainContext(
            _ configuration: TLSConfiguration, _ isSimulated: Bool
        ) throws(TLSError) -> ContextHandle {
            let context = try ContextHandle(isServer: configuration.role == .server, isSimulated: isSimulated)
            try context.setVersions(configuration.versions)
            try context.setCiphers(configuration.cipherList, configuration.cipherSuites)
            let names = configuration.applicationProtocols
            if !names.isEmpty {
                let wire = names.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
                try context.setProtocols(wire, areDemanded: configuration.demandsApplicationProtocol)
            }
            if configuration.resumption == .tickets { context.setTickets(true) }
            try setTrust(of: context, configuration)
            return context
        }

        private func setTrust(of context: ContextHandle, _ configuration: TLSConfiguration) throws(TLSError) {
            let verification = configuration.verification
            context.setVerification(verification)
            guard verification != CTLS_VERIFY_NONE else { return }
            if configuration.trust == .unverifiedAndThereforeInsecure { return context.takeAnybody() }
            if let issuers, case .issuers(let material) = configuration.trust {
                try context.trust(issuers, material.path)
            } else {
                try context.trustSystem()
            }
            if let lists {
                let revocation = configuration.revocation
                try context.refuseRevoked(lists, revocation.lists?.path, scope: revocation.scope)
            }
        }
    }

    extension TLSConfiguration {
        /// Whether a certificate is asked for, and demanded.
        var verification: ctls_verification {
            switch (role, clientCertificates) {
            case (.server, .ignored): CTLS_VERIFY_NONE
            case (.client, _) where trust == .unverifiedAndThereforeInsecure: CTLS_VERIFY_NONE
            case (.server, .requested): CTLS_VERIFY_OFFERED
            default: CTLS_VERIFY_REQUIRED
            }
        }
    }

    extension TLSRevocation {
        fileprivate var lists: TLSMaterial? {
            switch self {
            case .unchecked: nil
            case .peer(let lists), .chain(let lists): lists
            }
        }

        fileprivate var scope: ctls_revocation {
            if case .chain = self { CTLS_REVOCATION_OF_CHAIN } else { CTLS_REVOCATION_OF_PEER }
        }
    }
#endif
