#if TLS
    public import SocketModel
    internal import Sockets

    extension TLSSocket {
        /// Shakes hands, while the task is suspended; a second call does nothing.
        ///
        /// - Returns: As the blocking form.
        /// - Throws: ``TLSError`` as the blocking form, and with ``TLSError/Code/socket`` and ``SocketError/Code/cancelled``; it may then be called again.
        @discardableResult public func handshake(deadline: Deadline? = nil) async throws(TLSError) -> TLSHandshake {
            if let done = channel.handshake { return done }
            do throws(TLSError) {
                return try await shakeHands(until: handshakeEnd(limit(deadline)))
            } catch {
                throw deadline == nil ? error.atHandshakeLimit : error
            }
        }

        /// Receives bytes, while the task is suspended.
        ///
        /// - Returns: As the blocking form.
        /// - Throws: ``TLSError`` as the blocking form, and with ``TLSError/Code/socket`` and ``SocketError/Code/cancelled``; then nothing is lost.
        public func receive(
            _ maximum: Int = Socket.standardReceiveSize, deadline: Deadline? = nil
        ) async throws(TLSError) -> Chunk? {
            try Self.checkMaximum(maximum)
            let limit = limit(deadline)
            try await shakeHandsOnce(limit)
            if maximum == 0 { return Chunk() }
            try await takeReceiving(limit)
            defer { receiving.leave() }
            return try await receiveOn(maximum, limit)
        }

        /// Receives exactly `count` bytes, while the task is suspended.
        ///
        /// - Throws: ``TLSError`` as the blocking form, and with ``TLSError/Code/socket`` and ``SocketError/Code/cancelled``; what was received goes to the next receive.
        public func receiveExactly(_ count: Int, deadline: Deadline? = nil) async throws(TLSError) -> Chunk {
            try Self.checkMaximum(count)
            let limit = limit(deadline)
            try await shakeHandsOnce(limit)
            try await takeReceiving(limit)
            defer { receiving.leave() }
            var bytes: [UInt8] = []
            do throws(TLSError) {
                while bytes.count < count {
                    guard let chunk = try await receiveOn(count - bytes.count, limit) else {
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

        /// Sends all bytes, while the task is suspended.
        ///
        /// - Throws: ``TLSError`` as the blocking form, and with ``TLSError/Code/socket`` and ``SocketError/Code/cancelled``.
        public func sendAll(
            _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable, deadline: Deadline? = nil
        ) async throws(TLSError) {
            let limit = limit(deadline)
            try await shakeHandsOnce(limit)
            try await takeSending(limit)
            defer { leaveSending() }
            let owned = bytes.owned()
            var sent = 0
            while sent < owned.count {
                sent += try unsafe owned.withBytes { run throws(TLSError) in try unsafe channel.write(run, from: sent) }
                try await drain(limit)
            }
        }

        /// Says that no more will be sent, while the task is suspended.
        ///
        /// - Throws: ``TLSError`` as the blocking form, and with ``TLSError/Code/socket`` and ``SocketError/Code/cancelled``.
        public func shutdown(deadline: Deadline? = nil) async throws(TLSError) {
            let limit = limit(deadline)
            try await shakeHandsOnce(limit)
            try await takeSending(limit)
            defer { sending.leave() }
            channel.close()
            try await drain(limit)
            do throws(SocketError) { try socket.shutdown(.send) } catch { throw TLSError(error) }
        }

        /// Closes the connection, while the task is suspended; a second call does nothing. A cancelled task closes all the same.
        ///
        /// - Throws: ``TLSError`` as the blocking form; the socket is closed nevertheless.
        public func close() async throws(TLSError) {
            sayGoodbye()
            try await io { () async throws(SocketError) in try await socket.close() }
        }
    }

    // MARK: What they share

    extension TLSSocket {
        private func shakeHandsOnce(_ limit: NetworkInstant?) async throws(TLSError) {
            if channel.handshake == nil { try await handshake(deadline: limit.map { .at($0) }) }
        }

        private func shakeHands(until end: NetworkInstant) async throws(TLSError) -> TLSHandshake {
            try await takeReceiving(end)
            defer { receiving.leave() }
            while true {
                if let done = channel.handshake { return done }
                switch channel.next(now: network.now) {
                case .event(.failed(let error)):
                    sendAlert()
                    throw error
                case .event: try await flush(end)
                case .needsInput:
                    try await flush(end)
                    channel.feed(try await receiveCiphertext(end))
                }
            }
        }

        /// Receives, for who has the right to.
        private func receiveOn(_ maximum: Int, _ limit: NetworkInstant?) async throws(TLSError) -> Chunk? {
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
                    try await flushIfFree(limit)
                    channel.feed(try await receiveCiphertext(limit))
                }
            }
        }

        private func receiveCiphertext(_ limit: NetworkInstant?) async throws(TLSError) -> Chunk? {
            try await io { () async throws(SocketError) in try await socket.receive(deadline: limit.map { .at($0) }) }
        }

        private func flush(_ limit: NetworkInstant?) async throws(TLSError) {
            guard channel.hasOutput else { return }
            try await takeSending(limit)
            defer { leaveSending() }
            try await drain(limit)
        }

        /// Sends what receiving has brought about, unless somebody sends anyway.
        private func flushIfFree(_ limit: NetworkInstant?) async throws(TLSError) {
            guard channel.hasOutput else { return }
            // A peer that never reads, and has itself answered again and again, waits for the answers to go.
            if channel.isOverfull { return try await flush(limit) }
            guard sending.takeNow() else { return }
            defer { leaveSending() }
            try await drain(limit)
        }

        private func drain(_ limit: NetworkInstant?) async throws(TLSError) {
            while let bytes = channel.output() {
                channel.took(
                    try await io { () async throws(SocketError) in
                        try await socket.send(bytes, deadline: limit.map { .at($0) })
                    })
            }
        }

        private func takeReceiving(_ limit: NetworkInstant?) async throws(TLSError) {
            try await io { () async throws(SocketError) in
                try await receiving.take(on: network, until: limit ?? .distantFuture, .receive)
            }
        }

        private func takeSending(_ limit: NetworkInstant?) async throws(TLSError) {
            try await io { () async throws(SocketError) in
                try await sending.take(on: network, until: limit ?? .distantFuture, .send)
            }
        }

        private func io<Value>(_ body: () async throws(SocketError) -> Value) async throws(TLSError) -> Value {
            do throws(SocketError) { return try await body() } catch { throw TLSError(error) }
        }
    }
#endif
