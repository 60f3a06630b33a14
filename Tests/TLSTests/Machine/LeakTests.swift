#if TLS
    import CTLS
    import SocketsTLS
    import TestSupport
    import Testing

    /// What sessions leave behind. In processes of their own: nobody else allocates there.
    @Suite struct `A session leaves nothing behind` {
        /// Handshakes that go well, that fail at either end, that are given up in the middle, and that carry bytes.
        private static func round(_ contexts: Contexts, _ index: Int) throws {
            let pair = try MachinePair(
                contexts.client, index % 4 == 1 ? contexts.stranger : contexts.server,
                name: index % 4 == 2 ? "example.org" : "localhost", seed: index % 8 == 0 ? UInt64(index) : nil)
            if index % 4 == 3 { return _ = pair.client.machine.poll(now: pair.now) }
            pair.client.unwritten = [UInt8](repeating: 1, count: 1_000)
            pair.client.closesWhenWritten = true
            pair.run()
            let code = [nil, TLSError.Code.unknownIssuer, .nameMismatch][index % 4]
            if pair.client.failure?.code != code { throw Unexpected("round \(index)") }
        }

        private struct Contexts {
            let client: TLSContext
            let server: TLSContext
            let stranger: TLSContext

            init() throws {
                let authority = TestAuthority()
                let other = TestCertificate(.init(subject: "Stranger", names: nil, isIssuer: true))
                var (client, server) = (authority.clientConfiguration, authority.serverConfiguration)
                server.trust = authority.trust
                server.clientCertificates = .requested
                client.identity = authority.server.identity
                self.client = try TLSContext(client)
                self.server = try TLSContext(server)
                stranger = try TLSContext(.server(TestCertificate(by: other).identity))
            }
        }

        /// What a child process has measured: "left SESSIONS BYTES".
        private func left(_ output: [UInt8]?) throws -> (sessions: Int, bytes: Int) {
            let text = String(decoding: try #require(output), as: UTF8.self)
            let found = try #require(text.firstMatch(of: #/left (-?\d+) (-?\d+)\n/#))
            return (try #require(Int(found.1)), try #require(Int(found.2)))
        }

        /// How much more there is after `body` has run so often, once everything is warm.
        private static func measure(_ times: Int, _ body: (Int) throws -> Void) rethrows {
            for index in 0..<times { try body(index) }
            let before = Process.heapBytes
            for index in 0..<times { try body(index) }
            print("left", ctls_live_sessions(), Process.heapBytes - before)
        }

        @Test func `a thousand of them`() async throws {
            let child = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
                let contexts = try Contexts()
                try Self.measure(1_000) { try Self.round(contexts, $0) }
            }
            let left = try left(child?.standardOutputContent)
            #expect(left.sessions == 0)
            // OpenSSL's own caches fill for longer than that, and slower and slower. A leak of the smallest object a round would be 32,000 bytes.
            #expect(left.bytes < 24_000)
        }

        @Test func `nor do contexts, good and refused`() async throws {
            let child = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
                let authority = TestAuthority()
                Self.measure(250) { _ in
                    _ = try? authority.serverContext()
                    _ = try? authority.clientContext()
                    let (own, other) = (authority.server, authority.root)
                    _ = try? TLSContext(.server(TLSIdentity(chain: .pem(own.certificate), key: .pem(other.key))))
                    _ = try? TLSContext(.server(TLSIdentity(chain: .pem("nothing"), key: .pem("nothing"))))
                    var named = authority.serverConfiguration
                    named.identities = [("a", own.identity), ("b", own.identity)]
                    _ = try? TLSContext(named)
                }
            }
            #expect(try left(child?.standardOutputContent).bytes < 24_000)
        }
    }
#endif
