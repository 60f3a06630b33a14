#if TLS
    import SocketsTLS
    import TestSupport
    import Testing

    /// Peers that are not to be believed, and how that is said.
    @Suite struct `A certificate` {
        private let authority = TestAuthority.shared

        /// A client's handshake with a server that has this certificate.
        private func meet(
            _ identity: TLSIdentity, name: String? = "localhost", trust: TLSTrust? = nil, seed: UInt64? = nil
        ) throws -> MachinePair {
            let client = try TLSContext(.client(trust: trust ?? authority.trust))
            let pair = try MachinePair(client, try TLSContext(.server(identity)), name: name, seed: seed)
            pair.run()
            return pair
        }

        @Test func `that has expired is refused, with the day`() throws {
            let old = TestCertificate(.init(notBefore: 1_000_000_000, notAfter: 1_500_000_000), by: authority.root)
            let pair = try meet(old.identity)
            let error = try #require(pair.client.failure)
            #expect(error.code == .certificateExpired)
            #expect(error.certificate?.subject == "CN=localhost")
            #expect(error.description.contains("CN=localhost was valid until 2017-07-14 02:40:00 UTC"), "\(error)")
            #expect(pair.server.failure?.alert == .certificateExpired)
            #expect(pair.server.failure?.description.contains("renew") == true)
        }

        @Test func `that is not yet valid is refused, with the day`() throws {
            let early = TestCertificate(.init(notBefore: 4_000_000_000), by: authority.root)
            let error = try #require(try meet(early.identity).client.failure)
            #expect(error.code == .certificateNotYetValid)
            #expect(error.description.contains("valid from 2096-10-02 07:06:40 UTC"), "\(error)")
        }

        @Test func `of an unknown issuer is refused, with the issuer's name`() throws {
            let stranger = TestCertificate(.init(subject: "Stranger", names: nil, isIssuer: true))
            let pair = try meet(TestCertificate(by: stranger).identity)
            let error = try #require(pair.client.failure)
            #expect(error.code == .unknownIssuer)
            #expect(error.description.contains("CN=Stranger"), "\(error)")
            #expect(pair.server.failure?.alert == .unknownIssuer)
        }

        @Test func `without those that lead to the root is refused, and with them taken`() throws {
            let middle = TestCertificate(.init(subject: "Middle", names: nil, isIssuer: true), by: authority.root)
            let leaf = TestCertificate(by: middle)
            #expect(try meet(leaf.identity).client.failure?.code == .unknownIssuer)
            let chain = TLSIdentity(chain: .pem(leaf.certificate + middle.certificate), key: .pem(leaf.key))
            let pair = try meet(chain)
            #expect(pair.client.failure == nil)
            #expect(pair.client.handshake?.peerCertificates.map(\.subject) == ["CN=localhost", "CN=Middle"])
        }

        @Test func `that vouches for itself is refused, unless it is trusted itself`() throws {
            let own = TestCertificate()
            let error = try #require(try meet(own.identity).client.failure)
            #expect(error.code == .selfSigned)
            #expect(try meet(own.identity, trust: .issuers(.pem(own.certificate))).client.failure == nil)
        }

        @Test(arguments: ["example.org", "sub.localhost", "127.0.0.2", "::2"])
        func `for another name is refused, with both names`(name: String) throws {
            let error = try #require(try meet(authority.server.identity, name: name).client.failure)
            #expect(error.code == .nameMismatch)
            #expect(error.wanted == name)
            #expect(error.description.contains("\"\(name)\""), "\(error)")
            #expect(error.description.contains("localhost, server, 127.0.0.1, ::1"), "\(error)")
        }

        @Test(arguments: ["localhost", "LOCALHOST", "localhost.", "server", "127.0.0.1", "::1"])
        func `for the name is taken`(name: String) throws {
            let pair = try meet(authority.server.identity, name: name)
            #expect(pair.client.failure == nil)
            // An address is not asked for by name (RFC 6066, 3).
            let isAddress = name.contains(":") || name.first?.isNumber == true
            #expect((pair.server.handshake?.serverName == nil) == isAddress)
        }

        @Test func `with a wildcard is taken for one label only`() throws {
            let wild = TestCertificate(.init(subject: "wild", names: "DNS:*.example.org"), by: authority.root)
            #expect(try meet(wild.identity, name: "www.example.org").client.failure == nil)
            for name in ["example.org", "a.b.example.org", "www.example.com"] {
                #expect(try meet(wild.identity, name: name).client.failure?.code == .nameMismatch)
            }
        }

        @Test func `that only has a common name is refused`() throws {
            // OpenSSL takes a common name where there are no alternative names at all, so one is there.
            let common = TestCertificate(.init(subject: "localhost", names: "DNS:elsewhere"), by: authority.root)
            #expect(try meet(common.identity).client.failure?.code == .nameMismatch)
        }

        @Test func `with a key too short is refused`() throws {
            #expect(
                tlsError { () throws(TLSError) in try TLSContext(.server(TestCertificate(.init(rsaBits: 512)).identity))
                }?.code == .refusedSetting)
        }

        @Test func `issued by one that may not issue is refused`() throws {
            let forged = TestCertificate(.init(subject: "forged"), by: authority.server)
            let chain = TLSIdentity(
                chain: .pem(forged.certificate + authority.server.certificate), key: .pem(forged.key))
            let error = try #require(try meet(chain).client.failure)
            #expect(error.code == .unfitCertificate)
            #expect(error.detail?.isEmpty == false)
        }

        @Test func `is not looked at by who trusts everybody`() throws {
            let own = TestCertificate(.init(names: "DNS:elsewhere", notAfter: 1_600_000_000))
            #expect(try meet(own.identity, trust: .unverifiedAndThereforeInsecure).client.failure == nil)
        }

        @Test(arguments: TLSVersion.allCases) func `of a client is asked for, verified and demanded`(
            version: TLSVersion
        ) throws {
            var server = authority.serverConfiguration
            server.trust = authority.trust
            server.versions = version...version
            func pair(_ identity: TLSIdentity?, _ wanted: TLSConfiguration.ClientCertificates) throws -> MachinePair {
                server.clientCertificates = wanted
                let client = try TLSContext(.client(trust: authority.trust, identity: identity))
                let pair = try MachinePair(client, TLSContext(server))
                pair.run()
                return pair
            }
            let known = TestCertificate(.init(subject: "a client", names: nil), by: authority.root).identity
            let stranger = TestCertificate(.init(subject: "stranger", names: nil)).identity
            for wanted in [TLSConfiguration.ClientCertificates.requested, .required] {
                #expect(try pair(known, wanted).server.handshake?.peerCertificates.map(\.subject) == ["CN=a client"])
                let refused = try pair(stranger, wanted)
                #expect(refused.server.failure?.code == .selfSigned)
                #expect(refused.client.failure?.code == .alertReceived)
            }
            #expect(try pair(nil, .requested).server.handshake?.peerCertificates == [])
            let missing = try pair(nil, .required)
            #expect(missing.server.failure?.code == .noPeerCertificate)
            #expect(missing.client.failure?.code == .alertReceived)
            #expect(try pair(stranger, .ignored).server.handshake?.peerCertificates == [])
        }

        /// Who knows clients by other means, as their certificates' fingerprints, still has to see one.
        @Test func `of a client is demanded by who takes any`() throws {
            var server = authority.serverConfiguration
            server.trust = .unverifiedAndThereforeInsecure
            let stranger = TestCertificate(.init(subject: "stranger", names: nil, notAfter: 1_600_000_000)).identity
            for (wanted, code) in [
                (TLSConfiguration.ClientCertificates.required, TLSError.Code.noPeerCertificate), (.requested, nil),
            ] {
                server.clientCertificates = wanted
                let without = try MachinePair(authority.clientContext(), TLSContext(server))
                without.run()
                #expect(without.server.failure?.code == code)
                let client = try TLSContext(.client(trust: authority.trust, identity: stranger))
                let with = try MachinePair(client, TLSContext(server))
                with.run()
                #expect(with.server.handshake?.peerCertificates.map(\.subject) == ["CN=stranger"])
            }
        }

        /// The same certificate, on the days of a simulation's calendar.
        @Test func `expires in the machine's own time`() throws {
            let start = TLSConfiguration.client().simulatedStart
            let week = TestCertificate(
                .init(notBefore: start - 60, notAfter: start + 7 * 86_400), by: authority.root)
            for (days, code) in [
                (-1, TLSError.Code.certificateNotYetValid), (0, nil), (6, nil), (8, .certificateExpired),
            ] {
                let pair = try MachinePair(authority.clientContext(), TLSContext(.server(week.identity)), seed: 1)
                pair.now = NetworkInstant(nanoseconds: Int64(days) * 86_400_000_000_000)
                pair.run()
                #expect(pair.client.failure?.code == code, "day \(days)")
            }
        }
    }
#endif
