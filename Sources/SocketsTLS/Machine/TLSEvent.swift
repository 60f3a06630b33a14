#if TLS
    public import SocketModel

    /// What a ``TLSMachine`` tells.
    public enum TLSEvent: Hashable, Sendable {
        /// Who the peer is and how it is spoken with: from now on bytes may be written. Once, before all bytes.
        case handshake(TLSHandshake)
        /// The peer's bytes, those of one record: 1...16,384.
        case received(Chunk)
        /// The peer has said that it sends no more. Writing is still possible.
        case ended
        /// It has gone wrong, and is over: the last event. What was to be told to the peer is sent before the connection is closed.
        case failed(TLSError)
    }

    /// What a handshake has come to.
    public struct TLSHandshake: Hashable, Sendable {
        /// The version.
        public let version: TLSVersion
        /// The cipher suite's name, as OpenSSL says it.
        public let cipher: String
        /// The application protocol that was chosen (ALPN); nil when none was.
        public let applicationProtocol: String?
        /// The name that the client has asked for (SNI); nil when it has not.
        public let serverName: String?
        /// Whether it goes on where an earlier connection has been.
        public let isResumed: Bool
        /// The peer's certificates as it has sent them, its own first. Empty for a client that has none.
        public let peerCertificates: [TLSCertificate]
    }
#endif
