#if TLS
    internal import SocketModel
    public import Sockets

    /// A connection that is encrypted, and whose peer is known: a ``Socket`` with TLS on top.
    ///
    /// ```swift
    /// import SocketsTLS
    ///
    /// let context = try TLSContext(.client())
    /// let connection = try await network.connect(to: "example.org", port: 443, tls: context)
    /// try await connection.sendAll("GET / HTTP/1.0\r\nHost: example.org\r\n\r\n")
    /// while let chunk = try await connection.receive() { print(chunk, terminator: "") }
    /// try await connection.close()
    /// ```
    ///
    /// Every call has a blocking form and one with `await`, and all but `close()` shake hands first if nobody has. A reader and a writer may share it;
    /// of several of either one goes at a time, first come first served. Errors are ``TLSError``; the socket's own is in ``TLSError/socketError``.
    ///
    /// When the last reference goes the socket closes without a word to the peer: `close()` says it.
    public final class TLSSocket: Sendable {
        /// The connection underneath. What is sent or received there by others destroys the conversation.
        public let socket: Socket
        /// How long a handshake may take where no deadline says so.
        let handshakeLimit: Duration
        let channel: TLSChannel
        /// Who takes ciphertext from the socket, and who gives it some.
        let receiving = Turn()
        let sending = Turn()

        /// The client's end of a connected stream, on which it sets `TCP_NODELAY`.
        ///
        /// - Parameters:
        ///   - context: A client's.
        ///   - name: As for ``TLSMachine/init(client:name:environment:)``.
        /// - Throws: ``TLSError`` as that.
        public init(client context: TLSContext, over socket: Socket, name: String?) throws(TLSError) {
            let name = if let name { try ServerName(name) } else { nil as ServerName? }
            try Self.check(socket)
            socket.sendTLSAtOnce()
            self.socket = socket
            handshakeLimit = context.configuration.handshakeLimit
            channel = TLSChannel(try TLSSession(context, as: .client, name: name, socket.network.environment))
        }

        /// The server's end of an accepted stream.
        ///
        /// - Throws: ``TLSError`` as ``TLSMachine/init(server:environment:)``.
        public init(server context: TLSContext, over socket: Socket) throws(TLSError) {
            try Self.check(socket)
            self.socket = socket
            handshakeLimit = context.configuration.handshakeLimit
            channel = TLSChannel(try TLSSession(context, as: .server, name: nil, socket.network.environment))
        }

        /// What the handshake has come to; nil before it is done.
        public var handshakeResult: TLSHandshake? { channel.handshake }

        /// The socket's network.
        public var network: Network { socket.network }

        func limit(_ deadline: Deadline?) -> NetworkInstant? { deadline?.instant { network.now } }

        func handshakeEnd(_ limit: NetworkInstant?) -> NetworkInstant {
            limit ?? network.now.advanced(by: handshakeLimit)
        }

        /// Lets the next send. What a reader has left meanwhile, for it could not wait, goes first.
        func leaveSending() {
            sending.leave()
            while channel.hasOutput, sending.takeNow() {
                let isSent = sendNow()
                sending.leave()
                if !isSent { return }
            }
        }

        /// Sends what is there, as much as the system takes at once, for who has the right to send; whether that was all.
        func sendNow() -> Bool {
            while let bytes = channel.output() {
                guard let count = try? socket.send(bytes, deadline: .immediate) else { return false }
                channel.took(count)
            }
            return true
        }

        /// Tells the peer what is wrong, if that can be done at once. That it cannot be told changes nothing about what is wrong.
        func sendAlert() { sendIfFree() }

        /// Tells the peer that no more will be sent, if that can be done at once.
        func sayGoodbye() { sendIfFree { channel.close() } }

        /// Sends what goes at once, after `prepare`, unless somebody sends.
        private func sendIfFree(_ prepare: () -> Void = {}) {
            guard sending.takeNow() else { return }
            prepare()
            _ = sendNow()
            sending.leave()
        }

        private static func check(_ socket: Socket) throws(TLSError) {
            if socket.type == .stream { return }
            throw TLSError(.invalidArgument, detail: "TLS needs a stream, and this is \(socket.type)")
        }

        static func checkMaximum(_ count: Int) throws(TLSError) {
            guard (0...1 << 30).contains(count) else {
                throw TLSError(.invalidArgument, detail: "a size must be in 0...\(1 << 30), not \(count)")
            }
        }
    }

    extension Socket {
        /// Keeps a record from waiting for the acknowledgement of the one before it, as a client's first would after its handshake's end for
        /// some 40 ms: a record is whole already. Accepted connections have it from their listener.
        func sendTLSAtOnce() {
            if family == .ipv4 || family == .ipv6 { try? set(.tcp.noDelay, true) }
        }
    }

    extension Network {
        /// Where sessions of this network have their randomness and their time from.
        var environment: TLSEnvironment {
            var random = random
            return isSimulated ? .simulated(seed: random.next()) : .system
        }
    }
#endif
