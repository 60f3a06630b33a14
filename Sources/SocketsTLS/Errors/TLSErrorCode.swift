#if TLS
    extension TLSError {
        /// The kind of a failure: a closed set, which a caller can switch over, and ``other`` for the rest. The raw value is the case's
        /// name, for logs and metrics.
        public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
            // What a context is made of.

            /// A file cannot be read.
            case unreadableFile
            /// Where a certificate should be there is none.
            case noCertificate
            /// What should be a certificate cannot be read as one.
            case malformedCertificate
            /// What should be a private key cannot be read as one.
            case malformedKey
            /// The key is encrypted, and the passphrase is missing or wrong.
            case lockedKey
            /// The key is another certificate's.
            case keyMismatch
            /// What should be a list of revoked certificates cannot be read as one.
            case malformedRevocationList
            /// A setting that OpenSSL does not know, or does not allow: a cipher, a version, a key too short.
            case refusedSetting
            /// A number or a list out of bounds.
            case invalidArgument
            /// What is asked for is no server's name.
            case invalidName
            /// Not to be had here, as tickets on a simulated network.
            case unsupported
            /// The system has no memory left.
            case outOfResources

            // The peer's certificate.

            /// It was valid once.
            case certificateExpired
            /// It will be valid later.
            case certificateNotYetValid
            /// It was issued by somebody who is not trusted here.
            case unknownIssuer
            /// It was issued by itself, or by a root that is not trusted here.
            case selfSigned
            /// It is valid for other names than the one asked for.
            case nameMismatch
            /// Its issuer has revoked it.
            case certificateRevoked
            /// Whether it was revoked is not known: there is no list of its issuer's, or none that counts now; ``TLSError/detail`` says which.
            case revocationUnknown
            /// It is unfit in another way; ``TLSError/detail`` says which.
            case unfitCertificate
            /// The client has sent none, and the server demands one.
            case noPeerCertificate

            // Agreeing.

            /// The peer does not speak TLS.
            case notTLS
            /// The two have no version in common.
            case noSharedVersion
            /// The two have no cipher suite, or no way of signing, in common.
            case noSharedCipher
            /// The two have no application protocol in common.
            case noSharedProtocol

            // The course of a connection.

            /// The peer has sent an alert, and given up; ``TLSError/alert`` says why.
            case alertReceived
            /// The peer has ended before the handshake was done.
            case handshakeEnded
            /// The handshake has taken too long.
            case handshakeTimedOut
            /// The peer's bytes have ended without its saying so: somebody may have cut them off.
            case truncated
            /// The peer has sent what it must not, or somebody has changed it on the way.
            case protocolViolation
            /// This end has closed, or failed before.
            case closed
            /// The socket has failed; ``TLSError/socketError`` says how.
            case socket
            /// Something else; ``TLSError/detail`` says what.
            case other
        }
    }
#endif
