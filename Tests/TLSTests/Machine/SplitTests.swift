#if TLS
    import SocketsTLS
    import TestSupport
    import Testing

    /// Whatever the network makes of a stream's pieces.
    @Suite struct `How ciphertext is split` {
        /// All that has happened at both ends; with seeded machines, to the byte.
        private struct Course: Equatable {
            let client: [TLSEvent]
            let server: [TLSEvent]
            let sent: [[UInt8]]
            let hasClosed: [Bool]

            init(_ pair: MachinePair) {
                client = pair.client.events
                server = pair.server.events
                sent = [pair.client.sent, pair.server.sent]
                hasClosed = [pair.client.hasClosed, pair.server.hasClosed]
            }
        }

        private func course(
            _ version: TLSVersion, seed: UInt64, spoils: Int? = nil, _ cut: @escaping (Int) -> Int
        ) throws -> Course {
            var client = TestAuthority.shared.clientConfiguration
            client.versions = version...version
            let pair = try MachinePair(TLSContext(client), TestAuthority.shared.serverContext(), seed: seed)
            var random = SeededGenerator(seed: seed)
            pair.client.unwritten = random.bytes(Int.random(in: 0..<40_000, using: &random))
            pair.server.unwritten = random.bytes(Int.random(in: 0..<40_000, using: &random))
            pair.client.closesWhenWritten = true
            pair.server.closesWhenWritten = true
            pair.cut = cut
            pair.run()
            return Course(pair)
        }

        @Test(arguments: TLSVersion.allCases, 0..<12 as Range<UInt64>) func `means nothing`(
            version: TLSVersion, seed: UInt64
        ) throws {
            let whole = try course(version, seed: seed) { $0 }
            #expect(whole.hasClosed == [true, true])
            #expect(whole.client.last == .ended && whole.server.last == .ended)
            var random = SeededGenerator(seed: ~seed)
            let most = [1, 7, 300, 20_000][Int(seed % 4)]
            let cut = try course(version, seed: seed) { _ in Int.random(in: 1...most, using: &random) }
            #expect(cut == whole, "seed \(seed), at most \(most) bytes at a time")
        }

        /// Noise instead of a peer: an error each time, and no trap.
        @Test(arguments: 0..<200 as Range<UInt64>) func `noise is refused`(seed: UInt64) throws {
            var random = SeededGenerator(seed: seed)
            let pair = try MachinePair(TestAuthority.shared.clientContext(), TestAuthority.shared.serverContext())
            let isLate = seed % 2 == 0
            if isLate { pair.run() }
            let end = seed % 4 < 2 ? pair.client : pair.server
            var noise = random.bytes(600)
            // Half of it looks like records.
            if seed % 8 < 4 {
                noise.replaceSubrange(
                    0..<5,
                    with: [[0x14, 0x15, 0x16, 0x17][Int(seed / 8 % 4)], 3, 3, UInt8(seed % 2), UInt8(seed & 0xff)])
            }
            end.arriving = noise
            end.machine.handle(.received(Chunk(noise)), now: pair.now)
            end.machine.handle(.ended, now: pair.now)
            var failures = 0
            for _ in 0..<1_000 {
                switch end.machine.poll(now: pair.now) {
                case .event(.failed): failures += 1
                case .close:
                    #expect(failures == 1, "seed \(seed)")
                    return
                case .event(.received), .wait: throw Unexpected("noise was taken, seed \(seed)")
                default: break
                }
            }
            Issue.record("no end, seed \(seed)")
        }

        /// A valid conversation with one byte changed anywhere: what is received is a beginning of what was sent, and never with a clean end
        /// unless all of it has come.
        @Test(arguments: TLSVersion.allCases, 0..<60 as Range<UInt64>) func `one changed byte is noticed`(
            version: TLSVersion, seed: UInt64
        ) throws {
            var random = SeededGenerator(seed: seed)
            var client = TestAuthority.shared.clientConfiguration
            client.versions = version...version
            let text = random.bytes(3_000)
            func pair() throws -> MachinePair {
                let pair = try MachinePair(TLSContext(client), TestAuthority.shared.serverContext())
                (pair.client.unwritten, pair.client.closesWhenWritten) = (text, true)
                pair.server.closesWhenWritten = true
                return pair
            }
            let model = try pair()
            model.run()
            let pair = try pair()
            // Signatures differ by a few bytes.
            var left = Int.random(in: 0..<model.client.sent.count + model.server.sent.count - 16, using: &random)
            pair.cut = { [unowned pair] count in
                // Bytes go one way or the other: whichever the index falls into is changed.
                for end in [pair.client, pair.server] where end.arriving.count == count && left >= 0 {
                    if left < count { end.arriving[left] ^= UInt8(1 << (seed % 8)) }
                    left -= count
                    break
                }
                return count
            }
            pair.run()
            #expect(text.starts(with: pair.server.received), "seed \(seed)")
            if pair.server.hasEnded { #expect(pair.server.received == text, "seed \(seed)") }
            let wasChanged = left < 0
            #expect(wasChanged, "seed \(seed)")
            // A record's version says nothing before the hands are shaken: nobody looks at it.
            let isWhole = pair.server.received == text && pair.server.hasEnded && pair.client.hasEnded
            // A length that has grown is waited for.
            let waits = !pair.server.hasEnded
            #expect(pair.client.failure != nil || pair.server.failure != nil || isWhole || waits, "seed \(seed)")
        }
    }
#endif
