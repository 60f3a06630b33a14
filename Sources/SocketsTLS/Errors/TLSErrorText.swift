#if TLS
    extension TLSError: CustomStringConvertible {
        /// What was wrong, with which certificate or name, and what to do, in one line.
        public var description: String {
            if let socketError { return socketError.description }
            var text = code.description
            if code == .alertReceived, let alert { text += ": \(alert)" }
            if let subject { text += ": \(subject)" }
            if let detail { text += ": \(detail)" }
            return text + (advice.map { "; \($0)" } ?? "")
        }

        private var subject: String? {
            guard let certificate else { return wanted.map { "\"\(Self.printable($0))\"" } }
            let whose = "the certificate of \(certificate.subject)"
            switch code {
            case .certificateExpired: return "\(whose) was valid until \(CalendarTime(certificate.notAfter))"
            case .certificateNotYetValid: return "\(whose) is valid from \(CalendarTime(certificate.notBefore)) on"
            case .unknownIssuer: return "\(whose) was issued by \(certificate.issuer)"
            case .nameMismatch:
                return "\"\(wanted ?? "")\" was asked for, and \(whose) is for \(certificate.names.listed)"
            default: return whose
            }
        }

        /// What to do about it, for people; nil where the description has said it all.
        public var advice: String? {
            switch code {
            case .unreadableFile: "check the path and the file's permissions"
            case .noCertificate: "a PEM file has blocks that begin with -----BEGIN CERTIFICATE-----"
            case .lockedKey: "give the identity the key's passphrase"
            case .keyMismatch: "the chain must begin with the key's own certificate"
            case .certificateExpired, .certificateNotYetValid:
                "the peer needs another certificate, unless this clock is wrong"
            case .unknownIssuer:
                "trust the issuer, or have the peer send the certificates that lead to one who is trusted"
            case .selfSigned: "trust it itself if it is the peer's"
            case .nameMismatch: "ask for a name the certificate has, or have the peer get one for this name"
            case .certificateRevoked: "the peer needs another certificate"
            case .revocationUnknown: "give the configuration a list of this issuer's that is up to date"
            case .malformedRevocationList: "a PEM file has blocks that begin with -----BEGIN X509 CRL-----"
            case .noPeerCertificate: "the client must have an identity"
            case .notTLS: "check the port, and that TLS is spoken from the first byte on"
            case .noSharedVersion: "compare the versions of both ends"
            case .noSharedCipher: "compare the cipher suites and the kinds of keys of both ends"
            case .noSharedProtocol: "compare the application protocols of both ends"
            case .alertReceived: alert?.advice
            case .truncated: "what has come may not be all: do not take it for the whole"
            case .handshakeEnded: "the peer may not speak TLS there, or may have refused without a word"
            case .handshakeTimedOut: "try again, or allow more time"
            case .closed: "open a new connection"
            default: nil
            }
        }

        /// As one line of a message can show it.
        private static func printable(_ text: String) -> String {
            String(
                text.unicodeScalars.prefix(256).map { $0.properties.generalCategory == .control ? " " : Character($0) })
        }
    }

    extension TLSError.Code: CustomStringConvertible {
        /// The kind, in a few words.
        public var description: String {
            switch self {
            case .unreadableFile: "a file cannot be read"
            case .noCertificate: "there is no certificate"
            case .malformedCertificate: "this is no certificate"
            case .malformedKey: "this is no private key"
            case .lockedKey: "the private key is encrypted, and the passphrase does not open it"
            case .keyMismatch: "the private key does not belong to the certificate"
            case .malformedRevocationList: "this is no list of revoked certificates"
            case .refusedSetting: "OpenSSL does not take this setting"
            case .invalidArgument: "a value is out of bounds"
            case .invalidName: "this is no server's name"
            case .unsupported: "this is not to be had here"
            case .outOfResources: "there is no memory left"
            case .certificateExpired: "a certificate has expired"
            case .certificateNotYetValid: "a certificate is not yet valid"
            case .unknownIssuer: "nobody who is trusted here has issued the certificate"
            case .selfSigned: "a certificate vouches for itself, and is not trusted here"
            case .nameMismatch: "the certificate is another host's"
            case .certificateRevoked: "a certificate was revoked by its issuer"
            case .revocationUnknown: "whether a certificate was revoked is not known"
            case .unfitCertificate: "the certificate does not do"
            case .noPeerCertificate: "the peer has sent no certificate"
            case .notTLS: "the peer does not speak TLS"
            case .noSharedVersion: "there is no version of TLS that both ends speak"
            case .noSharedCipher: "there is no cipher suite that both ends speak"
            case .noSharedProtocol: "there is no application protocol that both ends speak"
            case .alertReceived: "the peer has given up"
            case .handshakeEnded: "the peer has ended the connection before the handshake was done"
            case .handshakeTimedOut: "the handshake has taken too long"
            case .truncated: "the peer's bytes have ended without a close_notify"
            case .protocolViolation: "the peer breaks the protocol"
            case .closed: "this end has closed"
            case .socket: "the socket has failed"
            case .other: "TLS has failed"
            }
        }
    }

    extension [String] {
        /// The first eight, and how many there are beyond.
        fileprivate var listed: String {
            if isEmpty { return "no host" }
            return prefix(8).joined(separator: ", ") + (count > 8 ? " and \(count - 8) more" : "")
        }
    }
#endif
