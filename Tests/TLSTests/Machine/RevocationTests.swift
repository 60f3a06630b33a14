#if TLS
    import Foundation
    import SocketsTLS
    import TestSupport
    import Testing

    /// Certificates that their issuers have revoked: `revocation` and what comes of it.
    @Suite struct Revocation {
        private let authority = TestAuthority.shared

        /// A client that looks at lists meets a server.
        private func meet(
            _ revocation: TLSRevocation, _ identity: TLSIdentity? = nil, seed: UInt64? = nil
        ) throws -> MachinePair {
            var configuration = authority.clientConfiguration
            configuration.revocation = revocation
            let server = try TLSContext(.server(identity ?? authority.server.identity))
            let pair = try MachinePair(try TLSContext(configuration), server, seed: seed)
            pair.run()
            return pair
        }

        @Test(arguments: [nil, 7 as UInt64]) func `a revoked certificate is refused, and the peer told why`(
            seed: UInt64?
        ) throws {
            let list = authority.root.revoking(authority.server)
            for revocation in [TLSRevocation.peer(lists: .pem(list)), .chain(lists: .pem(list))] {
                let pair = try meet(revocation, seed: seed)
                let error = try #require(pair.client.failure)
                #expect(error.code == .certificateRevoked)
                #expect(error.certificate?.subject == "CN=localhost")
                #expect(error.description.contains("CN=localhost"), "\(error)")
                #expect(pair.server.failure?.alert == TLSAlert(rawValue: 44))
            }
        }

        @Test func `one that is on no list is taken`() throws {
            let other = TestCertificate(by: authority.root)
            for list in [authority.root.revoking(nil), authority.root.revoking(other)] {
                #expect(try meet(.peer(lists: .pem(list))).client.failure == nil)
                #expect(try meet(.chain(lists: .pem(list))).client.failure == nil)
            }
        }

        @Test func `without a list that counts nobody is taken`() throws {
            let stranger = TestCertificate(.init(subject: "Stranger", names: nil, isIssuer: true))
            let old = authority.root.revoking(nil, issued: 1_500_000_000, next: 1_600_000_000)
            let early = authority.root.revoking(nil, issued: 4_000_000_000)
            for (list, words) in [
                (stranger.revoking(nil), "unable to get certificate CRL"), (old, "CRL has expired"),
                (early, "CRL is not yet valid"),
            ] {
                let error = try #require(try meet(.peer(lists: .pem(list))).client.failure)
                #expect(error.code == .revocationUnknown)
                #expect(error.detail == words)
                #expect(error.description.contains("up to date"), "\(error)")
            }
        }

        /// A list's time is the simulation's.
        @Test func `a list ends in virtual time`() throws {
            let start = authority.clientConfiguration.simulatedStart
            let list = authority.root.revoking(nil, issued: start - 10, next: start - 5)
            #expect(try meet(.peer(lists: .pem(list)), seed: 1).client.failure?.code == .revocationUnknown)
            let current = authority.root.revoking(nil, issued: start - 10, next: start + 5)
            #expect(try meet(.peer(lists: .pem(current)), seed: 1).client.failure == nil)
        }

        @Test func `the chain's issuers are looked up only where that is asked for`() throws {
            let middle = TestCertificate(.init(subject: "Middle", names: nil, isIssuer: true), by: authority.root)
            let leaf = TestCertificate(by: middle)
            let identity = TLSIdentity(chain: .pem(leaf.certificate + middle.certificate), key: .pem(leaf.key))
            let lists = TLSMaterial.pem(middle.revoking(nil) + authority.root.revoking(middle))
            #expect(try meet(.peer(lists: lists), identity).client.failure == nil)
            let error = try #require(try meet(.chain(lists: lists), identity).client.failure)
            #expect(error.code == .certificateRevoked)
            #expect(error.certificate?.subject == "CN=Middle")
        }

        @Test(arguments: [false, true]) func `a server looks at clients' certificates, by name too`(
            isNamed: Bool
        ) throws {
            let client = TestCertificate(.init(subject: "client", names: nil), by: authority.root)
            var configuration = authority.serverConfiguration
            configuration.trust = authority.trust
            configuration.clientCertificates = .required
            configuration.revocation = .peer(lists: .pem(authority.root.revoking(client)))
            if isNamed { configuration.identities = [("localhost", authority.server.identity)] }
            let asking = try TLSContext(.client(trust: authority.trust, identity: client.identity))
            let pair = try MachinePair(asking, try TLSContext(configuration))
            pair.run()
            #expect(pair.server.failure?.code == .certificateRevoked)
        }

        @Test func `lists come from files and in DER, and what is none is refused`() throws {
            let directory = TemporaryDirectory()
            let path = "\(directory.path)/revoked.pem"
            let text = authority.root.revoking(authority.server)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            let base64 = text.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
            let der = Array(try #require(Data(base64Encoded: base64)))
            for lists in [TLSMaterial.file(path), .der(der)] {
                #expect(try meet(.peer(lists: lists)).client.failure?.code == .certificateRevoked)
            }
            for lists in [
                TLSMaterial.pem(""), .pem(authority.root.certificate), .der(Array(der.dropLast())), .der(der + [0]),
                .der([[UInt8]]()), .pem(text.replacingOccurrences(of: "-----\nM", with: "-----\nA")),
            ] {
                let error = #expect(throws: TLSError.self) { _ = try meet(.peer(lists: lists)) }
                #expect(error?.code == .malformedRevocationList)
            }
        }

        @Test func `where nobody is verified it cannot be asked for`() {
            let lists = TLSMaterial.pem(authority.root.revoking(nil))
            var client = TLSConfiguration.client(trust: .unverifiedAndThereforeInsecure)
            client.revocation = .peer(lists: lists)
            var server = authority.serverConfiguration
            server.revocation = .chain(lists: lists)
            for configuration in [client, server] {
                let error = #expect(throws: TLSError.self) { _ = try TLSContext(configuration) }
                #expect(error?.code == .invalidArgument)
            }
        }
    }
#endif
