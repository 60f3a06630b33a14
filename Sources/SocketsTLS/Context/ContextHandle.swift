#if TLS
    internal import COpenSSL
    internal import CTLS

    /// A context of C's, and how one is prepared.
    ///
    /// Sendable without check: once it is prepared nobody changes it, and OpenSSL lets any thread make sessions of it.
    @safe final class ContextHandle: @unchecked Sendable {
        let pointer: OpaquePointer
        /// Whether it belongs to a context for several names, which frees it.
        private var isOwned = false

        init(isServer: Bool, isSimulated: Bool) throws(TLSError) {
            guard let made = unsafe ctls_context_make(isServer ? 1 : 0, isSimulated ? 1 : 0) else {
                throw TLSError(.outOfResources, detail: Self.reason)
            }
            unsafe pointer = made
        }

        deinit { if !isOwned { unsafe ctls_context_free(pointer) } }

        func setVersions(_ versions: ClosedRange<TLSVersion>) throws(TLSError) {
            let status = unsafe ctls_context_set_versions(
                pointer, versions.lowerBound.rawValue, versions.upperBound.rawValue)
            try Self.check(status, "versions \(versions.lowerBound) to \(versions.upperBound)")
        }

        func setCiphers(_ list: String?, _ suites: String?) throws(TLSError) {
            try Self.check(unsafe ctls_context_set_ciphers(pointer, list, suites), list ?? suites)
        }

        func setProtocols(_ wire: [UInt8], areDemanded: Bool) throws(TLSError) {
            let status = unsafe ctls_context_set_protocols(pointer, wire, UInt32(wire.count), areDemanded ? 1 : 0)
            try Self.check(status, "application protocols")
        }

        func setVerification(_ verification: ctls_verification) {
            unsafe ctls_context_set_verification(pointer, verification)
        }

        /// A certificate may be demanded, and anybody's will do.
        func takeAnybody() { unsafe ctls_context_take_anybody(pointer) }

        func setTickets(_ areUsed: Bool) { unsafe ctls_context_set_tickets(pointer, areUsed ? 1 : 0) }

        func trustSystem() throws(TLSError) { try Self.check(unsafe ctls_context_trust_system(pointer), "system") }

        func trust(_ material: LoadedMaterial, _ name: String?) throws(TLSError) {
            unsafe try each(material, name, pem: ctls_context_trust_pem, der: ctls_context_trust_der)
        }

        func refuseRevoked(_ lists: LoadedMaterial, _ name: String?, scope: ctls_revocation) throws(TLSError) {
            unsafe try each(
                lists, name, missing: .malformedRevocationList, pem: ctls_context_add_lists_pem,
                der: ctls_context_add_lists_der)
            unsafe ctls_context_check_revocation(pointer, scope)
        }

        func setIdentity(_ identity: LoadedIdentity, _ names: TLSIdentity) throws(TLSError) {
            unsafe try each(
                identity.chain, names.chain.path, pem: ctls_context_add_chain_pem, der: ctls_context_add_chain_der)
            let bytes =
                switch identity.key {
                case .pem(let bytes): bytes
                case .der(let values): values.first ?? []
                }
            let status = unsafe ctls_context_set_key(pointer, bytes, bytes.count, identity.passphrase)
            try Self.check(status, names.key.path)
        }

        /// Has clients that ask for this name served by another context, which belongs to this one from then on.
        func add(_ name: String, _ other: ContextHandle) throws(TLSError) {
            try Self.check(unsafe ctls_context_add_name(pointer, name, other.pointer), name)
            other.isOwned = true
        }

        private func each(
            _ material: LoadedMaterial, _ name: String?, missing: TLSError.Code = .noCertificate,
            pem: (OpaquePointer, UnsafePointer<UInt8>?, Int) -> Int32,
            der: (OpaquePointer, UnsafePointer<UInt8>?, Int) -> Int32
        ) throws(TLSError) {
            switch material {
            case .pem(let bytes): try Self.check(unsafe pem(pointer, bytes, bytes.count), name)
            case .der(let values):
                if values.isEmpty { throw TLSError(missing, wanted: name) }
                for bytes in values { try Self.check(unsafe der(pointer, bytes, bytes.count), name) }
            }
        }

        // MARK: Refusals

        private static func check(_ status: Int32, _ wanted: String?) throws(TLSError) {
            guard let code = code(ctls_status(UInt32(status))) else { return }
            let detail = reason
            throw TLSError(code, wanted: wanted, detail: code.explainsItself ? nil : detail)
        }

        private static func code(_ status: ctls_status) -> TLSError.Code? {
            switch status {
            case CTLS_OK: nil
            case CTLS_NO_CERTIFICATE: .noCertificate
            case CTLS_BAD_CERTIFICATE: .malformedCertificate
            case CTLS_NO_KEY, CTLS_BAD_KEY: .malformedKey
            case CTLS_LOCKED_KEY: .lockedKey
            case CTLS_KEY_MISMATCH: .keyMismatch
            case CTLS_NO_LIST, CTLS_BAD_LIST: .malformedRevocationList
            case CTLS_OUT_OF_MEMORY: .outOfResources
            default: .refusedSetting
            }
        }

        /// OpenSSL's own word for why it has refused something.
        static var reason: String? {
            var text = [CChar](repeating: 0, count: 160)
            unsafe ctls_reason(&text, text.count)
            let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
        }
    }

    extension TLSError.Code {
        /// Whether OpenSSL's reason would add nothing.
        fileprivate var explainsItself: Bool { [.noCertificate, .lockedKey, .keyMismatch].contains(self) }
    }

    extension TLSMaterial {
        /// The file's, if it is one.
        var path: String? {
            if case .file(let path) = source { path } else { nil }
        }
    }
#endif
