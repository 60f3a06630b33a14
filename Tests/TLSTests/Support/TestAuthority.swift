#if TLS
    import SocketsTLS
    import TestAuthority

    /// A certificate with its key, as PEM.
    struct TestCertificate: Codable, Sendable {
        let certificate: String
        let key: String

        /// What to ask of the authority.
        struct Request {
            var subject = "localhost"
            var names: String? = "DNS:localhost,DNS:server,IP:127.0.0.1,IP:::1"
            /// 2020 to 2100: valid on any day, the simulated ones too.
            var notBefore: Int64 = 1_577_836_800
            var notAfter: Int64 = 4_102_444_800
            var isIssuer = false
            var rsaBits: Int32 = 0
        }

        /// Issued by another, or by itself.
        init(_ request: Request = Request(), by issuer: TestCertificate? = nil) {
            var texts: (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?) = (nil, nil)
            let names = request.names ?? ""
            unsafe request.subject.withCString { subject in
                unsafe names.withCString { names in
                    unsafe (issuer?.certificate ?? "").withCString { issuing in
                        unsafe (issuer?.key ?? "").withCString { issuingKey in
                            var asked = unsafe authority_request(
                                subject: subject, names: request.names == nil ? nil : names,
                                not_before: request.notBefore, not_after: request.notAfter,
                                is_issuer: request.isIssuer ? 1 : 0, rsa_bits: request.rsaBits,
                                issuer_certificate: issuer == nil ? nil : issuing,
                                issuer_key: issuer == nil ? nil : issuingKey)
                            _ = unsafe authority_issue(&asked, &texts.0, &texts.1)
                        }
                    }
                }
            }
            certificate = unsafe texts.0.map { unsafe String(cString: $0) } ?? ""
            key = unsafe texts.1.map { unsafe String(cString: $0) } ?? ""
            unsafe authority_free(texts.0)
            unsafe authority_free(texts.1)
        }

        var identity: TLSIdentity { TLSIdentity(chain: .pem(certificate), key: .pem(key)) }

        /// A list of what it has revoked, for an issuer: at most one certificate. It counts on any day, unless said otherwise.
        func revoking(
            _ certificate: TestCertificate?, issued: Int64 = 1_577_836_800, next: Int64 = 4_102_444_800
        ) -> String {
            let text = unsafe authority_revoke(self.certificate, key, certificate?.certificate, issued, next)
            defer { unsafe authority_free(text) }
            return unsafe text.map { unsafe String(cString: $0) } ?? ""
        }

        /// The key, encrypted.
        func lockedKey(_ passphrase: String) -> String {
            let text = unsafe authority_lock(key, passphrase)
            defer { unsafe authority_free(text) }
            return unsafe text.map { unsafe String(cString: $0) } ?? ""
        }
    }

    /// An issuer, and a server it has vouched for.
    struct TestAuthority: Codable, Sendable {
        let root: TestCertificate
        let server: TestCertificate

        init(_ request: TestCertificate.Request = .init(), rsaBits: Int32 = 0) {
            root = TestCertificate(.init(subject: "Test Root", names: nil, isIssuer: true))
            var request = request
            if rsaBits > 0 { request.rsaBits = rsaBits }
            server = TestCertificate(request, by: root)
        }

        /// One for all tests that need nothing special.
        static let shared = TestAuthority()

        var trust: TLSTrust { .issuers(.pem(root.certificate)) }
        var clientConfiguration: TLSConfiguration { .client(trust: trust) }
        var serverConfiguration: TLSConfiguration { .server(server.identity) }

        func clientContext() throws(TLSError) -> TLSContext { try TLSContext(clientConfiguration) }
        func serverContext() throws(TLSError) -> TLSContext { try TLSContext(serverConfiguration) }
    }
#endif
