#if TLS
    import SocketsTLS
    import TestSupport

    /// Two machines with nothing between them but memory, in which bytes are cut and joined at will.
    final class MachinePair {
        final class End {
            let machine: TLSMachine
            var events: [TLSEvent] = []
            /// Ciphertext on its way here.
            var arriving: [UInt8] = []
            var sent: [UInt8] = []
            var hasFinished = false
            var hasClosed = false
            var toldEnd = false
            /// What it writes, as there is room.
            var unwritten: [UInt8] = []
            var closesWhenWritten = false

            init(_ machine: TLSMachine) { self.machine = machine }

            var received: [UInt8] {
                events.flatMap { event -> [UInt8] in if case .received(let bytes) = event { bytes.array } else { [] } }
            }
            var failure: TLSError? {
                for case .failed(let error) in events { return error }
                return nil
            }
            var handshake: TLSHandshake? { machine.handshake }
            var hasEnded: Bool { events.contains(.ended) }
        }

        let client: End
        let server: End
        var now = NetworkInstant(nanoseconds: 0)
        /// How many bytes of those that are under way come next.
        var cut: (Int) -> Int = { $0 }

        init(_ client: TLSMachine, _ server: TLSMachine) {
            self.client = End(client)
            self.server = End(server)
        }

        convenience init(
            _ client: TLSContext, _ server: TLSContext, name: String? = "localhost", seed: UInt64? = nil
        ) throws(TLSError) {
            self.init(
                try TLSMachine(
                    client: client, name: name, environment: seed.map { .simulated(seed: $0) } ?? .system),
                try TLSMachine(server: server, environment: seed.map { .simulated(seed: ~$0) } ?? .system))
        }

        /// Carries bytes to and fro until nothing moves any more; a bounded number of times.
        func run() {
            for _ in 0..<100_000 {
                let moved = step(client, server)
                if !step(server, client), !moved { return }
            }
        }

        /// Whether anything has happened.
        private func step(_ end: End, _ peer: End) -> Bool {
            var moved = advance(end, peer)
            if end.hasClosed { return moved }
            if !end.arriving.isEmpty {
                let count = min(max(cut(end.arriving.count), 1), end.arriving.count)
                end.machine.handle(.received(Chunk(Array(end.arriving.prefix(count)))), now: now)
                end.arriving.removeFirst(count)
                moved = true
            } else if peer.hasFinished, !end.toldEnd {
                end.toldEnd = true
                end.machine.handle(.ended, now: now)
                moved = true
            }
            return advance(end, peer) || moved
        }

        private func advance(_ end: End, _ peer: End) -> Bool {
            var moved = false
            while !end.hasClosed {
                write(end)
                switch end.machine.poll(now: now) {
                case .send(let bytes):
                    end.sent += bytes
                    peer.arriving += bytes
                case .event(let event): end.events.append(event)
                case .finish: end.hasFinished = true
                case .close, .reset: (end.hasClosed, end.hasFinished) = (true, true)
                case .wait:
                    if end.unwritten.isEmpty || end.machine.handshake == nil || end.failure != nil { return moved }
                }
                moved = true
            }
            return moved
        }

        private func write(_ end: End) {
            guard end.machine.handshake != nil else { return }
            if !end.unwritten.isEmpty, let count = try? end.machine.write(end.unwritten) {
                end.unwritten.removeFirst(count)
            }
            if end.unwritten.isEmpty, end.closesWhenWritten {
                end.machine.close()
                end.closesWhenWritten = false
            }
        }
    }

    /// What a test cannot go on after.
    struct Unexpected: Error {
        let text: String

        init(_ text: String) { self.text = text }
    }

    /// The error that making something ends with.
    func tlsError<Value>(_ body: () throws(TLSError) -> Value) -> TLSError? {
        do throws(TLSError) {
            _ = try body()
            return nil
        } catch {
            return error
        }
    }
#endif
