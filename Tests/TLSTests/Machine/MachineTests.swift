#if TLS
    import SocketsTLS
    import TestSupport
    import Testing

    @Suite struct `A machine of TLS` {
        private let authority = TestAuthority.shared

        private func pair(
            _ change: (inout TLSConfiguration, inout TLSConfiguration) -> Void = { _, _ in }
        ) throws -> MachinePair {
            var (client, server) = (authority.clientConfiguration, authority.serverConfiguration)
            change(&client, &server)
            return try MachinePair(TLSContext(client), TLSContext(server))
        }

        @Test(arguments: TLSVersion.allCases) func `shakes hands, and says with whom`(version: TLSVersion) throws {
            let pair = try pair { client, _ in client.versions = version...version }
            pair.run()
            let (client, server) = (try #require(pair.client.handshake), try #require(pair.server.handshake))
            #expect(client.version == version && server.version == version)
            #expect(client.cipher == server.cipher)
            #expect(server.serverName == "localhost")
            #expect(server.peerCertificates.isEmpty)
            let certificate = try #require(client.peerCertificates.first)
            #expect(certificate.subject == "CN=localhost")
            #expect(certificate.issuer == "CN=Test Root")
            #expect(certificate.names == ["localhost", "server", "127.0.0.1", "::1"])
            #expect(certificate.notBefore == 1_577_836_800 && certificate.notAfter == 4_102_444_800)
            #expect(certificate.der.first == 0x30)
            #expect(!client.isResumed)
        }

        @Test(arguments: TLSVersion.allCases) func `carries bytes both ways, and ends cleanly`(version: TLSVersion)
            throws
        {
            let pair = try pair { client, _ in client.versions = version...version }
            var random = SeededGenerator(seed: 7)
            let (question, answer) = (random.bytes(200_000), random.bytes(70_000))
            (pair.client.unwritten, pair.client.closesWhenWritten) = (question, true)
            (pair.server.unwritten, pair.server.closesWhenWritten) = (answer, true)
            pair.run()
            #expect(pair.server.received == question)
            #expect(pair.client.received == answer)
            for end in [pair.client, pair.server] {
                #expect(end.hasEnded && end.hasClosed)
                #expect(end.failure == nil)
            }
        }

        @Test func `goes on sending when the peer has ended`() throws {
            let pair = try pair()
            (pair.client.unwritten, pair.client.closesWhenWritten) = ([1, 2, 3], true)
            pair.run()
            #expect(pair.server.hasEnded && !pair.server.hasClosed)
            #expect(pair.client.hasFinished && !pair.client.hasClosed)
            (pair.server.unwritten, pair.server.closesWhenWritten) = ([4, 5], true)
            pair.run()
            #expect(pair.client.received == [4, 5])
            #expect(pair.client.hasClosed && pair.server.hasClosed)
        }

        @Test func `takes only what it can hold`() throws {
            let pair = try pair()
            #expect(try pair.client.machine.write([1]) == 0)
            pair.run()
            let block = [UInt8](repeating: 7, count: 1 << 20)
            #expect(try pair.client.machine.write(block) == 65_536)
            #expect(try pair.client.machine.write(block) == 0)
            pair.run()
            #expect(pair.server.received.count == 65_536)
            #expect(try pair.client.machine.write(block) == 65_536)
        }

        @Test func `holds nothing of what comes after the peer's end`() throws {
            let pair = try pair()
            pair.server.closesWhenWritten = true
            pair.run()
            #expect(pair.client.hasEnded)
            let noise = Chunk([UInt8](repeating: 0x17, count: 50_000))
            for _ in 0..<3 { pair.client.machine.handle(.received(noise), now: pair.now) }
            guard case .wait = pair.client.machine.poll(now: pair.now) else {
                throw Unexpected("nothing should happen")
            }
            #expect(pair.client.failure == nil)
        }

        @Test func `refuses to write once it has closed`() throws {
            let pair = try pair()
            pair.run()
            pair.client.machine.close()
            #expect(tlsError { () throws(TLSError) in try pair.client.machine.write([1]) }?.code == .closed)
        }

        /// A connection that is cut is never taken for one that has ended.
        @Test(arguments: [0, 1, 40, 5_000]) func `knows a cut stream from an ended one`(kept: Int) throws {
            let pair = try pair()
            pair.run()
            var sent: [UInt8] = []
            _ = try pair.server.machine.write([UInt8](repeating: 7, count: 9_000))
            while case .send(let bytes) = pair.server.machine.poll(now: pair.now) { sent += bytes }
            let machine = pair.client.machine
            machine.handle(.received(Chunk(Array(sent.prefix(kept)))), now: pair.now)
            machine.handle(.ended, now: pair.now)
            var events: [TLSEvent] = []
            for _ in 0..<10 {
                guard case .event(let event) = machine.poll(now: pair.now) else { break }
                events.append(event)
            }
            #expect(events == [.failed(TLSError(.truncated))])
            guard case .close = machine.poll(now: pair.now) else { throw Unexpected("it has not closed") }
        }

        @Test func `says when the peer leaves during the handshake`() throws {
            let pair = try pair()
            let machine = pair.client.machine
            guard case .send = machine.poll(now: pair.now) else { throw Unexpected("a client speaks first") }
            machine.handle(.ended, now: pair.now)
            guard case .event(.failed(let error)) = machine.poll(now: pair.now) else { throw Unexpected("no failure") }
            #expect(error.code == .handshakeEnded)
        }

        @Test func `limits how long a handshake may take`() throws {
            let pair = try pair { client, _ in client.handshakeLimit = .seconds(5) }
            let machine = pair.client.machine
            _ = machine.poll(now: pair.now)
            guard case .wait(let instant) = machine.poll(now: pair.now) else { throw Unexpected("it must wait") }
            #expect(instant == pair.now.advanced(by: .seconds(5)))
            guard case .event(.failed(let error)) = machine.poll(now: instant) else { throw Unexpected("no failure") }
            #expect(error.code == .handshakeTimedOut)
            guard case .close = machine.poll(now: instant) else { throw Unexpected("it has not closed") }
        }

        @Test func `notices bytes that were changed on the way`() throws {
            let pair = try pair()
            pair.run()
            _ = try pair.client.machine.write("hello")
            guard case .send(let bytes) = pair.client.machine.poll(now: pair.now) else {
                throw Unexpected("nothing sent")
            }
            var changed = bytes.array
            changed[changed.count - 1] ^= 1
            pair.server.arriving = changed
            pair.run()
            #expect(pair.server.failure?.code == .protocolViolation)
            #expect(pair.server.received.isEmpty)
            #expect(pair.client.failure?.alert?.rawValue == 20)
        }

        @Test func `knows a peer that does not speak TLS`() throws {
            let pair = try pair()
            pair.client.arriving = Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)
            pair.run()
            #expect(pair.client.failure?.code == .notTLS)
            let other = try self.pair()
            other.server.machine.handle(.received("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), now: other.now)
            guard case .event(.failed(let error)) = other.server.machine.poll(now: other.now) else {
                throw Unexpected("no failure")
            }
            #expect(error.code == .notTLS)
            #expect(error.description.contains("check the port"))
        }

        @Test func `agrees on the server's best application protocol`() throws {
            let pair = try pair { client, server in
                client.applicationProtocols = ["http/1.1", "h2"]
                server.applicationProtocols = ["h3", "h2", "http/1.1"]
            }
            pair.run()
            #expect(pair.client.handshake?.applicationProtocol == "h2")
            #expect(pair.server.handshake?.applicationProtocol == "h2")
        }

        @Test func `refuses a peer without an application protocol in common, if it shall`() throws {
            let strict = try pair {
                $0.applicationProtocols = ["a"]; $1.applicationProtocols = ["b"]
            }
            strict.run()
            #expect(strict.server.failure?.code == .noSharedProtocol)
            #expect(strict.client.failure?.alert == .noApplicationProtocol)
            let lenient = try pair {
                $0.applicationProtocols = ["a"]
                $1.applicationProtocols = ["b"]
                $1.demandsApplicationProtocol = false
            }
            lenient.run()
            #expect(lenient.client.handshake != nil && lenient.client.handshake?.applicationProtocol == nil)
        }

        @Test func `says when the two have no version or no cipher suite in common`() throws {
            let versions = try pair {
                $0.versions = .tls13 ... .tls13; $1.versions = .tls12 ... .tls12
            }
            versions.run()
            #expect(versions.server.failure?.code == .noSharedVersion)
            #expect(versions.client.failure?.alert == .protocolVersion)
            let ciphers = try pair {
                $0.versions = .tls12 ... .tls12
                $0.cipherList = "ECDHE-ECDSA-AES128-GCM-SHA256"
                $1.cipherList = "ECDHE-ECDSA-AES256-GCM-SHA384"
            }
            ciphers.run()
            #expect(ciphers.server.failure?.code == .noSharedCipher)
            #expect(ciphers.client.failure?.alert == .handshakeFailure)
        }

        @Test func `serves each name with its own identity`() throws {
            let other = TestCertificate(
                .init(subject: "other", names: "DNS:*.example.org,DNS:example.org"), by: authority.root)
            for (name, subject) in [
                ("localhost", "CN=localhost"), ("www.example.org", "CN=other"), ("example.org", "CN=other"),
            ] {
                let server = try TLSContext(
                    {
                        var server = authority.serverConfiguration
                        server.identities = [("example.org", other.identity), ("*.example.org", other.identity)]
                        return server
                    }())
                let pair = try MachinePair(authority.clientContext(), server, name: name)
                pair.run()
                #expect(pair.client.failure == nil)
                #expect(pair.client.handshake?.peerCertificates.first?.subject == subject)
            }
        }

        @Test(arguments: TLSVersion.allCases) func `goes on where an earlier connection was`(version: TLSVersion) throws
        {
            var (client, server) = (authority.clientConfiguration, authority.serverConfiguration)
            (client.resumption, server.resumption) = (.tickets, .tickets)
            client.versions = version...version
            let contexts = (try TLSContext(client), try TLSContext(server))
            for round in 0..<3 {
                let pair = try MachinePair(contexts.0, contexts.1)
                pair.server.unwritten = [1]
                pair.run()
                #expect(pair.client.handshake?.isResumed == (round > 0))
                #expect(pair.client.received == [1])
                #expect(pair.client.handshake?.peerCertificates.first?.subject == "CN=localhost")
            }
            let elsewhere = try MachinePair(contexts.0, contexts.1, name: "server")
            elsewhere.run()
            #expect(elsewhere.client.handshake?.isResumed == false)
        }
    }
#endif
