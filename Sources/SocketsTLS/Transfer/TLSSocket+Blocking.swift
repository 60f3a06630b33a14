#if TLS
    public import SocketModel
    internal import Sockets

    extension TLSSocket {
        /// Shakes hands; a second call does nothing.
        ///
        /// - Parameter deadline: For the whole; without one ``TLSConfiguration/handshakeLimit`` is.
        /// - Returns: Who the peer is, and what was agreed on.
        /// - Throws: ``TLSError`` with what is wrong with the peer's certificate, with what the two have not in common, with
        ///   ``TLSError/Code/alertReceived``, ``TLSError/Code/notTLS``, ``TLSError/Code/handshakeEnded``, ``TLSError/Code/protocolViolation``,
        ///   ``TLSError/Code/handshakeTimedOut`` at the limit, and with ``TLSError/Code/socket`` when the socket fails, as at the deadline.
        @available(*, noasync, message: "this parks the thread")
        @discardableResult public func handshake(deadline: Deadline? = nil) throws(TLSError) -> TLSHandshake {
            if let done = channel.handshake { return done }
            do throws(TLSError) {
                return try shakeHands(until: handshakeEnd(limit(deadline)))
            } catch {
                throw deadline == nil ? error.atHandshakeLimit : error
            }
        }

        /// Receives bytes.
        ///
        /// - Parameter maximum: The most bytes to receive at once, 0...1,073,741,824; a record of TLS has at most 16,384.
        /// - Returns: The bytes, as many as are there; nil when the peer has said that it sends no more.
        /// - Throws: ``TLSError`` as ``handshake(deadline:)``, and with ``TLSError/Code/truncated`` when the connection ends without the peer's
        ///   having said so.
        @available(*, noasync, message: "this parks the thread")
        public func receive(
            _ maximum: Int = Socket.standardReceiveSize, deadline: Deadline? = nil
        ) throws(TLSError) -> Chunk? {
            try Self.checkMaximum(maximum)
            let limit = limit(deadline)
            try shakeHandsOnce(limit)
            if maximum == 0 { return Chunk() }
            try takeReceiving(limit)
            defer { receiving.leave() }
            return try receiveOn(maximum, limit)
        }

        /// Receives exactly `count` bytes. When it ends early what it has received goes to the next receive.
        ///
        /// - Parameter count: 0...1,073,741,824; that much memory is allocated as it comes.
        /// - Throws: ``TLSError`` as ``receive(_:deadline:)``, and with ``TLSError/Code/socket`` and ``SocketError/Code/endOfStream`` when the peer
        ///   ends before.
        @available(*, noasync, message: "this parks the thread")
        public func receiveExactly(_ count: Int, deadline: Deadline? = nil) throws(TLSError) -> Chunk {
            try Self.checkMaximum(count)
            let limit = limit(deadline)
            try shakeHandsOnce(limit)
            try takeReceiving(limit)
            defer { receiving.leave() }
            var bytes: [UInt8] = []
            do throws(TLSError) {
                while bytes.count < count {
                    guard let chunk = try receiveOn(count - bytes.count, limit) else {
                        throw .endOfStream(bytes.count, count)
                    }
                    bytes += chunk
                }
            } catch {
                channel.putBack(bytes)
                throw error
            }
            return Chunk(bytes)
        }

        /// Sends all bytes: returns when the system has taken their ciphertext.
        ///
        /// - Throws: ``TLSError`` as ``handshake(deadline:)``, and with ``TLSError/Code/closed`` after ``shutdown(deadline:)``. After an error it is
        ///   unknown how much the peer has received; ciphertext that was made goes before what is sent next, so that another send may follow.
        @available(*, noasync, message: "this parks the thread")
        public func sendAll(
            _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, deadline: Deadline? = nil
        ) throws(TLSError) {
            let limit = limit(deadline)
            try shakeHandsOnce(limit)
            try takeSending(limit)
            defer { leaveSending() }
            try unsafe bytes.withBytes { run throws(TLSError) in
                var sent = 0
                while sent < run.count {
                    sent += try unsafe channel.write(run, from: sent)
                    try drain(limit)
                }
            }
        }

        /// Says that no more will be sent: the peer receives all that was, then the end (`close_notify`, and the end of the TCP stream).
        /// To receive is still possible.
        ///
        /// - Throws: ``TLSError`` as ``sendAll(_:deadline:)``.
        @available(*, noasync, message: "this parks the thread")
        public func shutdown(deadline: Deadline? = nil) throws(TLSError) {
            let limit = limit(deadline)
            try shakeHandsOnce(limit)
            try takeSending(limit)
            defer { sending.leave() }
            channel.close()
            try drain(limit)
            try io { () throws(SocketError) in try socket.shutdown(.send) }
        }

        /// Closes the connection; a second call does nothing.
        ///
        /// The peer is told first (`close_notify`), if the system takes that at once: ``shutdown(deadline:)`` waits for it. Whoever waits in this connection
        /// is woken, and fails as in a socket that is closed.
        ///
        /// - Throws: ``TLSError`` with ``TLSError/Code/socket`` and what `close` reports; the socket is closed nevertheless.
        @available(*, noasync, message: "closing waits for other threads' calls to return")
        public func close() throws(TLSError) {
            sayGoodbye()
            try io { () throws(SocketError) in try socket.close() }
        }
    }

    // MARK: What they share

    extension TLSSocket {
        private func shakeHandsOnce(_ limit: NetworkInstant?) throws(TLSError) {
            if channel.handshake == nil { try handshake(deadline: limit.map { .at($0) }) }
        }

        private func shakeHands(until end: NetworkInstant) throws(TLSError) -> TLSHandshake {
            try takeReceiving(end)
            defer { receiving.leave() }
            while true {
                if let done = channel.handshake { return done }
                switch channel.next(now: network.now) {
                case .event(.failed(let error)):
                    sendAlert()
                    throw error
                case .event: try flush(end)
                case .needsInput:
                    try flush(end)
                    channel.feed(try receiveCiphertext(end))
                }
            }
        }

        /// Receives, for who has the right to.
        private func receiveOn(_ maximum: Int, _ limit: NetworkInstant?) throws(TLSError) -> Chunk? {
            if let unread = channel.takeUnread(maximum) { return unread }
            while true {
                switch channel.next(now: network.now) {
                case .event(.received(let bytes)): return channel.part(of: bytes, maximum)
                case .event(.ended): return nil
                case .event(.failed(let error)):
                    sendAlert()
                    throw error
                case .event(.handshake): break
                case .needsInput:
                    try flushIfFree(limit)
                    channel.feed(try receiveCiphertext(limit))
                }
            }
        }

        private func receiveCiphertext(_ limit: NetworkInstant?) throws(TLSError) -> Chunk? {
            try io { () throws(SocketError) in try socket.receive(deadline: limit.map { .at($0) }) }
        }

        private func flush(_ limit: NetworkInstant?) throws(TLSError) {
            guard channel.hasOutput else { return }
            try takeSending(limit)
            defer { leaveSending() }
            try drain(limit)
        }

        /// Sends what receiving has brought about, unless somebody sends anyway.
        private func flushIfFree(_ limit: NetworkInstant?) throws(TLSError) {
            guard channel.hasOutput else { return }
            // A peer that never reads, and has itself answered again and again, waits for the answers to go.
            if channel.isOverfull { return try flush(limit) }
            guard sending.takeNow() else { return }
            defer { leaveSending() }
            try drain(limit)
        }

        private func drain(_ limit: NetworkInstant?) throws(TLSError) {
            while let bytes = channel.output() {
                channel.took(
                    try io { () throws(SocketError) in try socket.send(bytes, deadline: limit.map { .at($0) }) })
            }
        }

        private func takeReceiving(_ limit: NetworkInstant?) throws(TLSError) {
            try io { () throws(SocketError) in
                try receiving.take(on: network, until: limit ?? .distantFuture, .receive)
            }
        }

        private func takeSending(_ limit: NetworkInstant?) throws(TLSError) {
            try io { () throws(SocketError) in try sending.take(on: network, until: limit ?? .distantFuture, .send) }
        }

        private func io<Value>(_ body: () throws(SocketError) -> Value) throws(TLSError) -> Value {
            do throws(SocketError) { return try body() } catch { throw TLSError(error) }
        }
    }

    extension TLSError {
        /// Of a handshake that no call's deadline has ended.
        var atHandshakeLimit: TLSError {
            socketError?.code == .timedOut ? TLSError(.handshakeTimedOut) : self
        }

        /// The peer has ended too early.
        static func endOfStream(_ received: Int, _ wanted: Int) -> TLSError {
            TLSError(
                SocketError(.endOfStream, .receive, detail: "the stream ended after \(received) of \(wanted) bytes"))
        }
    }
#endif
