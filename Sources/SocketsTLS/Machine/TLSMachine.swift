#if TLS
    public import Layers
    public import SocketModel

    /// TLS as a machine: ciphertext goes in and out, and ``TLSEvent`` says what it means. It knows no socket, so it runs over anything that
    /// carries bytes in order.
    ///
    /// ```swift
    /// import SocketsTLS
    ///
    /// func fetch(_ context: TLSContext, over socket: Socket) async throws -> [UInt8] {
    ///     let machine = try TLSMachine(client: context, name: "example.org")
    ///     var conversation = socket.conversation(machine)
    ///     var page: [UInt8] = []
    ///     while let event = try await conversation.next(deadline: .within(.seconds(30))) {
    ///         switch event {
    ///         case .handshake: _ = try machine.write("GET / HTTP/1.0\r\nHost: example.org\r\n\r\n")
    ///         case .received(let bytes): page += bytes
    ///         case .ended: machine.close()
    ///         case .failed(let error): throw error
    ///         }
    ///     }
    ///     return page
    /// }
    /// ```
    ///
    /// How ciphertext is split into inputs means nothing: the events are the same. It holds at most a record of the peer's, the input that was
    /// handed in last, and 64 KiB that wait to be sent.
    ///
    /// Sendable without check: as every machine, it lets one caller in at a time.
    public final class TLSMachine: StreamMachine, @unchecked Sendable {
        /// What a machine of TLS tells.
        public typealias Event = TLSEvent

        private let session: TLSSession
        private let handshakeLimit: Duration
        private var handshakeEnd: NetworkInstant?
        private var undelivered: TLSEvent?
        private var hasFinished = false

        /// A client's end, which speaks first.
        ///
        /// - Parameters:
        ///   - context: A client's.
        ///   - name: The server's host name, which it is asked for (SNI) and which its certificate must be valid for, or its IP address. Without
        ///     a name any server does that has a certificate of a trusted issuer's, or, unverified, any at all.
        /// - Throws: ``TLSError`` with ``TLSError/Code/invalidName``, ``TLSError/Code/invalidArgument`` for a server's context,
        ///   ``TLSError/Code/unsupported`` for tickets in a simulation, and ``TLSError/Code/outOfResources``.
        public init(
            client context: TLSContext, name: String?, environment: TLSEnvironment = .system
        ) throws(TLSError) {
            let name = if let name { try ServerName(name) } else { nil as ServerName? }
            session = try TLSSession(context, as: .client, name: name, environment)
            handshakeLimit = context.configuration.handshakeLimit
        }

        /// A server's end.
        ///
        /// - Throws: ``TLSError`` as for a client's, but for names.
        public init(server context: TLSContext, environment: TLSEnvironment = .system) throws(TLSError) {
            session = try TLSSession(context, as: .server, name: nil, environment)
            handshakeLimit = context.configuration.handshakeLimit
        }

        /// What the handshake has come to; nil before it is done.
        public var handshake: TLSHandshake? { session.handshake }

        /// What has gone wrong; nil while nothing has.
        public var failure: TLSError? { session.failure }

        /// The same.
        public var error: (any Error)? { failure }

        /// Takes bytes to send to the peer, as many as there is room for: none before ``TLSEvent/handshake(_:)``, and none when 64 KiB wait to be
        /// sent. Nothing is sent before the machine is polled.
        ///
        /// - Returns: How many bytes were taken.
        /// - Throws: ``TLSError`` with ``TLSError/Code/closed`` after ``close()``, and with ``failure`` after that.
        public func write(_ bytes: borrowing some ByteSource & ~Copyable & ~Escapable) throws(TLSError) -> Int {
            try unsafe bytes.withBytes { run throws(TLSError) in try unsafe session.write(run) }
        }

        /// Says that no more will be written: the peer is told so (`close_notify`), after all that was written. To receive is still possible; when
        /// the peer has ended, too, the machine closes. Before the handshake is done it closes at once.
        public func close() { session.close() }

        /// Takes ciphertext of the peer's, or the stream's end.
        public func handle(_ input: consuming StreamInput, now: NetworkInstant) {
            switch input {
            case .received(let bytes): session.feed(bytes)
            case .ended: session.feedEnd()
            }
        }

        /// What is to be done next.
        public func poll(now: NetworkInstant) -> StreamOutput<TLSEvent> {
            if let bytes = session.takeOutput() { return .send(bytes) }
            if let event = undelivered.take() { return .event(event) }
            if session.failure == nil, session.hasClosed, session.handshake == nil { return .close }
            let end = limit(now)
            if session.isHandshaking, now >= end, case .event(let event) = session.fail(TLSError(.handshakeTimedOut)) {
                return .event(event)
            }
            guard case .event(let event) = session.next(now: now) else { return idle(end) }
            // What it says to the peer goes first: an event may be the last thing its user waits for.
            guard let bytes = session.takeOutput() else { return .event(event) }
            undelivered = event
            return .send(bytes)
        }

        private func limit(_ now: NetworkInstant) -> NetworkInstant {
            let end = handshakeEnd ?? now.advanced(by: handshakeLimit)
            handshakeEnd = end
            return end
        }

        /// There is no event.
        private func idle(_ end: NetworkInstant) -> StreamOutput<TLSEvent> {
            if let bytes = session.takeOutput() { return .send(bytes) }
            if session.failure != nil || session.hasClosed && session.peerHasClosed { return .close }
            if session.hasClosed, !hasFinished {
                hasFinished = true
                return .finish
            }
            return .wait(until: session.isHandshaking ? end : .distantFuture)
        }
    }
#endif
