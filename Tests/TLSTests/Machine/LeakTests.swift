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
            pair.client.unwritten = [UInt8](repeating: 1, count: 20_000)
            pair.client.closesWhenWritten = true
            pair.run()
            let code = [nil, TLSError.Code.unknownIssuer, .nameMismatch][index % 4]
            Process.require(pair.client.failure?.code == code, "round \(index)")
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

        @Test func `a thousand of them`() async {
            await #expect(processExitsWith: .success) {
                let contexts = try Contexts()
                for index in 0..<400 { try Self.round(contexts, index) }
                Process.require(ctls_live_sessions() == 0, "\(ctls_live_sessions()) sessions live")
                let before = Process.heapBytes
                for index in 0..<1_000 { try Self.round(contexts, index) }
                Process.require(ctls_live_sessions() == 0, "\(ctls_live_sessions()) sessions live")
                let grown = Process.heapBytes - before
                // A leak of the smallest object would be 16 bytes a round.
                Process.require(grown < 8_000, "the heap has grown by \(grown) bytes")
            }
        }

        @Test func `nor do contexts, good and refused`() async {
            await #expect(processExitsWith: .success) {
                let authority = TestAuthority()
                func round() {
                    _ = try? authority.serverContext()
                    _ = try? authority.clientContext()
                    _ = try? TLSContext(
                        .server(TLSIdentity(chain: .pem(authority.server.certificate), key: .pem(authority.root.key))))
                    _ = try? TLSContext(.server(TLSIdentity(chain: .pem("nothing"), key: .pem("nothing"))))
                    var named = authority.serverConfiguration
                    named.identities = [("a", authority.server.identity), ("b", authority.server.identity)]
                    _ = try? TLSContext(named)
                }
                for _ in 0..<50 { round() }
                let before = Process.heapBytes
                for _ in 0..<300 { round() }
                let grown = Process.heapBytes - before
                Process.require(grown < 4_000, "the heap has grown by \(grown) bytes")
            }
        }
    }
#endif
