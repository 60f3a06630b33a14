#if TLS
    public import SocketModel

    /// Why TLS has failed: what kind of failure, whose certificate, and what was wanted.
    ///
    /// Switch over ``code``; show ``description`` to people.
    public struct TLSError: TransportError, Hashable, Sendable {
        private struct Fields: Hashable, Sendable {
            var code: Code
            var certificate: TLSCertificate?
            var wanted: String?
            var alert: TLSAlert?
            var detail: String?
            var socketError: SocketError?
        }

        /// Held indirectly: every call that may throw makes room for an error.
        private indirect enum Storage: Hashable, Sendable {
            case fields(Fields)
        }

        private let storage: Storage

        private var fields: Fields {
            switch storage {
            case .fields(let fields): fields
            }
        }

        /// An error of this kind.
        public init(
            _ code: Code, certificate: TLSCertificate? = nil, wanted: String? = nil, alert: TLSAlert? = nil,
            detail: String? = nil
        ) {
            storage = .fields(
                Fields(
                    code: code, certificate: certificate, wanted: wanted, alert: alert, detail: detail, socketError: nil
                ))
        }

        /// What a socket has failed with.
        public init(_ error: SocketError) {
            storage = .fields(
                Fields(code: .socket, certificate: nil, wanted: nil, alert: nil, detail: nil, socketError: error))
        }

        /// The kind of failure.
        public var code: Code { fields.code }
        /// The peer's certificate that it is about: its own, or one of those that lead to the issuer.
        public var certificate: TLSCertificate? { fields.certificate }
        /// The name or the file that was asked for.
        public var wanted: String? { fields.wanted }
        /// What the peer has said, or, where this end has refused, what it has told the peer.
        public var alert: TLSAlert? { fields.alert }
        /// What exactly was wrong, in words, where the rest leaves it open.
        public var detail: String? { fields.detail }
        /// The socket's own error.
        public var socketError: SocketError? { fields.socketError }
    }
#endif
