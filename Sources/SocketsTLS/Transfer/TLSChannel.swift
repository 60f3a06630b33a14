#if TLS
    internal import Locks
    internal import SocketModel

    /// A session that a reader and a writer share, and what of its output the system has not taken yet. It waits for nothing.
    final class TLSChannel: Sendable {
        private struct State {
            let session: TLSSession
            var unsent: Chunk?
            /// What a receive has left of a record.
            var unread: Chunk?
        }

        private let state: Lock<State>

        init(_ session: TLSSession) { state = Lock(State(session: session)) }

        var handshake: TLSHandshake? { state.withLock { $0.session.handshake } }
        var hasOutput: Bool { state.withLock { $0.unsent != nil || $0.session.outputCount > 0 } }
        /// Whether more waits to be sent than a writer alone makes.
        var isOverfull: Bool { state.withLock { $0.session.outputCount > 2 * TLSSession.outputLimit } }

        /// What has happened; a failure again and again.
        func next(now: NetworkInstant) -> TLSSession.Step {
            state.withLock { state in
                if let failure = state.session.failure { return .event(.failed(failure)) }
                if state.session.peerHasClosed { return .event(.ended) }
                return state.session.next(now: now)
            }
        }

        /// Takes what the socket has received; nil is its end.
        func feed(_ bytes: Chunk?) {
            state.withLock { state in
                if let bytes { state.session.feed(bytes) } else { state.session.feedEnd() }
            }
        }

        /// What was left over from the last record, at most `maximum` bytes of it.
        func takeUnread(_ maximum: Int) -> Chunk? {
            state.withLock { state in
                guard let unread = state.unread.take() else { return nil }
                return Self.split(unread, maximum, &state.unread)
            }
        }

        /// At most `maximum` bytes of a record; the rest is for the next receive.
        func part(of record: Chunk, _ maximum: Int) -> Chunk {
            if record.count <= maximum { return record }
            return state.withLock { Self.split(record, maximum, &$0.unread) }
        }

        /// Puts bytes back before all others.
        func putBack(_ bytes: [UInt8]) {
            if bytes.isEmpty { return }
            state.withLock { state in state.unread = Chunk(bytes + (state.unread?.array ?? [])) }
        }

        private static func split(_ bytes: Chunk, _ maximum: Int, _ rest: inout Chunk?) -> Chunk {
            if bytes.count > maximum { rest = bytes.part(from: maximum, count: bytes.count) }
            return bytes.part(from: 0, count: maximum)
        }

        /// Takes at most as much as there is room for, from `start` on.
        func write(_ bytes: UnsafeRawBufferPointer, from start: Int) throws(TLSError) -> Int {
            try state.withLock { state throws(TLSError) in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
                return try unsafe state.session.write(rest)
            }
        }

        /// Has the peer told that no more will be sent.
        func close() { state.withLock { $0.session.close() } }

        /// What is to be sent next, for who has the right to send.
        func output() -> Chunk? {
            state.withLock { state in
                if state.unsent == nil { state.unsent = state.session.takeOutput() }
                return state.unsent
            }
        }

        /// The system has taken so many bytes of it.
        func took(_ count: Int) {
            state.withLock { state in
                guard let bytes = state.unsent else { return }
                state.unsent = count < bytes.count ? bytes.part(from: count, count: bytes.count) : nil
            }
        }
    }
#endif
