#if TLS
    public import SocketModel
    public import Sockets

    /// What runs over a socket runs over this: ``ByteStream/chunks(maximum:)``, ``ByteStream/lines(limit:)``, ``ByteStream/framed(by:)``.
    extension TLSSocket: ByteStream {
        /// Receives with ``receive(_:deadline:)``.
        public func receiveAwaiting(_ maximum: Int, deadline: Deadline?) async throws(TLSError) -> Chunk? {
            try await receive(maximum, deadline: deadline)
        }

        /// Receives with ``receive(_:deadline:)``.
        @available(*, noasync, message: "this parks the thread")
        public func receiveBlocking(_ maximum: Int, deadline: Deadline?) throws(TLSError) -> Chunk? {
            try receive(maximum, deadline: deadline)
        }

        /// Sends with ``sendAll(_:deadline:)``.
        public func sendAwaiting(_ bytes: [UInt8], deadline: Deadline?) async throws(TLSError) {
            try await sendAll(bytes, deadline: deadline)
        }

        /// Sends with ``sendAll(_:deadline:)``, without a copy.
        public func sendAwaiting(_ chunk: Chunk, deadline: Deadline?) async throws(TLSError) {
            try await sendAll(chunk, deadline: deadline)
        }

        /// Ends with ``shutdown(deadline:)``.
        public func finishAwaiting(deadline: Deadline?) async throws(TLSError) {
            try await shutdown(deadline: deadline)
        }

        /// Sends with ``sendAll(_:deadline:)``.
        @available(*, noasync, message: "this parks the thread")
        public func sendBlocking(_ bytes: [UInt8], deadline: Deadline?) throws(TLSError) {
            try sendAll(bytes, deadline: deadline)
        }

        /// Aborts the socket underneath, without a goodbye.
        public func abort() { socket.abort() }

        /// One sends after the other.
        public static var keepsSendsWhole: Bool { true }

        /// The error with ``TLSError/Code/socket``.
        public static func failure(_ error: SocketError) -> TLSError { TLSError(error) }
    }
#endif
