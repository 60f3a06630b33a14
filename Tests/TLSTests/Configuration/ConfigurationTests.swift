#if TLS
    import SocketsTLS
    import TestSupport
    import Testing

    /// What a context is made of, and what it cannot be made of.
    @Suite struct `A context` {
        private let authority = TestAuthority.shared

        private func refusal(_ configuration: TLSConfiguration) -> TLSError? {
            tlsError { () throws(TLSError) in try TLSContext(configuration) }
        }

        private func refusal(_ chain: TLSMaterial, _ key: TLSMaterial, _ passphrase: String? = nil) -> TLSError? {
            refusal(.server(TLSIdentity(chain: chain, key: key, passphrase: passphrase)))
        }

        @Test func `is made of files, of PEM and of DER`() throws {
            let directory = TemporaryDirectory()
            Process.close(directory.file(Array(authority.server.certificate.utf8), named: "chain.pem"))
            Process.close(directory.file(Array(authority.server.key.utf8), named: "key.pem"))
            Process.close(directory.file(Array(authority.root.certificate.utf8), named: "root.pem"))
            let identities = [
                TLSIdentity(chain: .file(directory.path + "/chain.pem"), key: .file(directory.path + "/key.pem")),
                TLSIdentity(
                    chain: .der(Self.der(authority.server.certificate)), key: .der(Self.der(authority.server.key))),
                authority.server.identity,
            ]
            let trusts: [TLSTrust] = [
                .issuers(.file(directory.path + "/root.pem")), .issuers(.der(Self.der(authority.root.certificate))),
                authority.trust,
            ]
            for (identity, trust) in zip(identities, trusts) {
                let pair = try MachinePair(TLSContext(.client(trust: trust)), TLSContext(.server(identity)))
                pair.run()
                #expect(pair.client.handshake != nil && pair.client.failure == nil)
            }
        }

        @Test func `says which file it cannot read`() {
            let error = refusal(.file("/nowhere/chain.pem"), .pem(authority.server.key))
            #expect(error?.code == .unreadableFile)
            #expect(error?.description.contains("\"/nowhere/chain.pem\"") == true, "\(String(describing: error))")
            #expect(error?.description.contains("No such file") == true, "\(String(describing: error))")
            #expect(refusal(.client(trust: .issuers(.file("/"))))?.code == .unreadableFile)
        }

        @Test func `says what is no certificate and no key`() {
            let (certificate, key) = (authority.server.certificate, authority.server.key)
            #expect(refusal(.pem("nothing"), .pem(key))?.code == .noCertificate)
            #expect(refusal(.pem(key), .pem(key))?.code == .noCertificate)
            #expect(refusal(.der([]), .pem(key))?.code == .noCertificate)
            let broken = certificate.replacing("MII", with: "MIIB", maxReplacements: 1)
            #expect(refusal(.pem(broken), .pem(key))?.code == .malformedCertificate)
            #expect(refusal(.der([1, 2, 3]), .pem(key))?.code == .malformedCertificate)
            #expect(refusal(.der(Self.der(certificate) + [0]), .pem(key))?.code == .malformedCertificate)
            #expect(refusal(.pem(certificate), .pem("nothing"))?.code == .malformedKey)
            #expect(refusal(.pem(certificate), .pem(certificate))?.code == .malformedKey)
            #expect(refusal(.pem(certificate), .der([1, 2]))?.code == .malformedKey)
            #expect(refusal(.pem(certificate), .pem(authority.root.key))?.code == .keyMismatch)
            #expect(refusal(.client(trust: .issuers(.pem(""))))?.code == .noCertificate)
        }

        @Test func `opens an encrypted key with its passphrase, and asks nobody for it`() {
            let (certificate, locked) = (authority.server.certificate, authority.server.lockedKey("open sesame"))
            #expect(refusal(.pem(certificate), .pem(locked), "open sesame") == nil)
            #expect(refusal(.pem(certificate), .pem(locked), "open barley")?.code == .lockedKey)
            #expect(refusal(.pem(certificate), .pem(locked))?.code == .lockedKey)
        }

        @Test func `refuses what is out of bounds`() {
            func refused(_ base: TLSConfiguration, _ change: (inout TLSConfiguration) -> Void) -> TLSError.Code? {
                var configuration = base
                change(&configuration)
                return refusal(configuration)?.code
            }
            let (client, server) = (authority.clientConfiguration, authority.serverConfiguration)
            #expect(refused(client) { $0.applicationProtocols = [""] } == .invalidArgument)
            #expect(
                refused(client) { $0.applicationProtocols = [String(repeating: "a", count: 256)] } == .invalidArgument)
            #expect(refused(client) { $0.applicationProtocols = [String(repeating: "a", count: 255)] } == nil)
            #expect(
                refused(client) {
                    $0.applicationProtocols = Array(repeating: String(repeating: "a", count: 255), count: 257)
                }
                    == .invalidArgument)
            #expect(refused(client) { $0.cipherList = "no such cipher" } == .refusedSetting)
            #expect(refused(client) { $0.cipherSuites = "TLS_NONE" } == .refusedSetting)
            #expect(refused(client) { $0.handshakeLimit = .zero } == .invalidArgument)
            #expect(refused(client) { $0.handshakeLimit = .seconds(3601) } == .invalidArgument)
            #expect(refused(client) { $0.simulatedStart = .max } == .invalidArgument)
            #expect(refused(client) { $0.clientCertificates = .required } == .invalidArgument)
            #expect(refused(client) { $0.identities = [("a", authority.server.identity)] } == .invalidArgument)
            #expect(refused(server) { $0.identities = [("no name", authority.server.identity)] } == .invalidName)
            #expect(refused(server) { $0.identity = nil } == .invalidArgument)
        }

        @Test(arguments: [
            "", ".", "a..b", "exämple.org", "a b", "a/b", String(repeating: "a", count: 64), "fe80::1%eth0", "[::1]",
        ])
        func `asks for no name that no server has`(name: String) throws {
            let context = try authority.clientContext()
            #expect(
                tlsError { () throws(TLSError) in try TLSMachine(client: context, name: name) }?.code == .invalidName)
        }

        @Test func `serves one role alone`() throws {
            let (client, server) = (try authority.clientContext(), try authority.serverContext())
            #expect(
                tlsError { () throws(TLSError) in try TLSMachine(client: server, name: nil) }?.code == .invalidArgument)
            #expect(tlsError { () throws(TLSError) in try TLSMachine(server: client) }?.code == .invalidArgument)
        }

        @Test func `does not resume where time is simulated`() throws {
            var configuration = authority.clientConfiguration
            configuration.resumption = .tickets
            let context = try TLSContext(configuration)
            #expect(
                tlsError { () throws(TLSError) in
                    try TLSMachine(client: context, name: "a", environment: .simulated(seed: 1))
                }?.code == .unsupported)
        }

        @Test func `names the OpenSSL that is linked`() { #expect(TLSContext.library.hasPrefix("OpenSSL ")) }

        /// The DER in a PEM block.
        static func der(_ pem: String) -> [UInt8] {
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
            var (bits, count, bytes) = (UInt32(0), 0, [UInt8]())
            for line in pem.split(separator: "\n") where !line.hasPrefix("-") {
                for byte in line.utf8 {
                    guard let value = alphabet.firstIndex(of: byte) else { continue }
                    bits = bits << 6 | UInt32(value)
                    count += 6
                    if count >= 8 {
                        count -= 8
                        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                    }
                }
            }
            return bytes
        }
    }

    @Suite struct `Errors of TLS` {
        @Test(arguments: TLSError.Code.allCases) func `say in words what they are`(code: TLSError.Code) {
            let text = TLSError(code).description
            #expect(text.first?.isLowercase == true || text.hasPrefix("OpenSSL") || text.hasPrefix("TLS"))
            #expect(!text.contains("\n") && text.count > 10)
        }

        @Test func `carry the socket's own`() {
            let error = TLSError(SocketError(.connectionReset, .receive, errno: .connectionReset))
            #expect(error.code == .socket && error.socketError?.code == .connectionReset)
            #expect(error.description.hasPrefix("recv: "))
        }
    }
#endif
