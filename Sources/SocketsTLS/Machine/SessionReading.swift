#if TLS
    internal import CTLS

    extension TLSHandshake {
        /// What a session has agreed on.
        init(_ session: OpaquePointer) {
            version = unsafe TLSVersion(rawValue: ctls_session_version(session)) ?? .tls12
            cipher = unsafe String(cString: ctls_session_cipher(session))
            var count: UInt32 = 0
            let name = unsafe ctls_session_protocol(session, &count)
            applicationProtocol = unsafe name.map {
                unsafe String(decoding: UnsafeBufferPointer(start: $0, count: Int(count)), as: UTF8.self)
            }
            serverName = unsafe ctls_session_server_name(session).map { unsafe String(cString: $0) }
            isResumed = unsafe ctls_session_is_resumed(session) != 0
            var certificates: [TLSCertificate] = []
            while let next = unsafe TLSCertificate(ctls_session_certificate(session, Int32(certificates.count))) {
                certificates.append(next)
            }
            peerCertificates = certificates
        }
    }

    extension TLSError {
        /// Why a session has failed, which asked for that name.
        init(failureOf session: OpaquePointer, _ name: ServerName?) {
            let failure = unsafe ctls_session_failure(session)
            let code = Self.code(failure.kind)
            let received = code == .alertReceived ? failure.reason - 1000 : failure.alert_received
            let alert = received >= 0 ? received : failure.alert_sent
            let isCertificate = failure.verify_error != 0
            self.init(
                code ?? .protocolViolation,
                certificate: isCertificate ? unsafe TLSCertificate(ctls_session_refused_certificate(session)) : nil,
                wanted: code == .nameMismatch ? name?.text : nil,
                alert: alert > 0 ? TLSAlert(rawValue: UInt8(truncatingIfNeeded: alert)) : nil,
                detail: Self.detail(code, failure))
        }

        private static func detail(_ code: Code?, _ failure: ctls_failure) -> String? {
            switch code {
            case nil:
                unsafe withUnsafeBytes(of: failure.text) { text in
                    let words = unsafe String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
                    return words.isEmpty ? nil : words
                }
            case .unfitCertificate, .revocationUnknown: unsafe String(cString: ctls_verify_text(failure.verify_error))
            default: nil
            }
        }

        /// Nil for what has no name of its own.
        private static func code(_ kind: ctls_failure_kind) -> Code? {
            switch kind {
            case CTLS_ALERT: .alertReceived
            case CTLS_NOT_TLS: .notTLS
            case CTLS_NO_VERSION: .noSharedVersion
            case CTLS_NO_CIPHER: .noSharedCipher
            case CTLS_NO_PROTOCOL: .noSharedProtocol
            case CTLS_NO_PEER_CERTIFICATE: .noPeerCertificate
            case CTLS_EXPIRED: .certificateExpired
            case CTLS_NOT_YET_VALID: .certificateNotYetValid
            case CTLS_UNKNOWN_ISSUER: .unknownIssuer
            case CTLS_SELF_SIGNED: .selfSigned
            case CTLS_WRONG_NAME: .nameMismatch
            case CTLS_REVOKED: .certificateRevoked
            case CTLS_REVOCATION_UNKNOWN: .revocationUnknown
            case CTLS_UNFIT_CERTIFICATE: .unfitCertificate
            default: nil
            }
        }
    }
#endif
