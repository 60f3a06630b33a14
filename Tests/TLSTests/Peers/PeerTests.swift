#if TLS
    import Foundation
    import SocketsTLS
    import TestSupport
    import Testing

    /// Programs of other people's, at the other end.
    @Suite(.serialized) struct `Other programs` {
        private let authority = TestAuthority.shared

        private func serving(
            _ backend: TestBackend, _ body: (ServedTLS, CertificateFiles) throws -> Void
        ) throws {
            var configuration = authority.serverConfiguration
            configuration.applicationProtocols = ["h2", "http/1.1"]
            configuration.demandsApplicationProtocol = false
            let server = try ServedTLS(backend.network(), TLSContext(configuration))
            try body(server, CertificateFiles(authority))
            try server.stop()
        }

        @Test(.needs("openssl"), arguments: Backends.distinctKernel(.otherPrograms), ["-tls1_2", "-tls1_3"])
        func `openssl s_client is served, and takes the certificate`(backend: TestBackend, version: String) throws {
            try serving(backend) { server, files in
                let arguments = [
                    "s_client", "-connect", "127.0.0.1:\(server.port)", "-servername", "localhost", "-verify_hostname",
                    "localhost",
                    "-verify_return_error", "-CAfile", files.root, "-alpn", "h2", version,
                ]
                let client = try Child(
                    named: "openssl", arguments, input: Array("hello from s_client\n".utf8), holdsInputOpen: true,
                    mergesErrors: true)
                _ = try client.output(/ALPN protocol: (h2)/)
                _ = try client.output(/Verify return code: (0) \(ok\)/)
                _ = try client.output(/\n(hello from s_client)\n/)
            }
        }

        @Test(.needs("openssl"), arguments: Backends.distinctKernel(.otherPrograms))
        func `openssl s_client refuses a server for another name`(backend: TestBackend) throws {
            try serving(backend) { server, files in
                let client = try Child(
                    named: "openssl",
                    [
                        "s_client", "-connect", "127.0.0.1:\(server.port)", "-verify_hostname", "example.org",
                        "-verify_return_error", "-CAfile", files.root,
                    ])
                #expect(try client.finish().status != 0)
                #expect(try server.failures(1).first?.code == .alertReceived)
            }
        }

        @Test(.needs("openssl"), arguments: Backends.distinctKernel(.otherPrograms), ["-tls1_2", "-tls1_3"])
        func `openssl s_server answers, and its end is clean`(backend: TestBackend, version: String) throws {
            let files = try CertificateFiles(authority)
            let server = try Child(
                named: "openssl",
                [
                    "s_server", "-accept", "127.0.0.1:0", "-cert", files.chain, "-key", files.key, "-rev", "-alpn",
                    "x/1",
                    version, "-naccept", "1",
                ], holdsInputOpen: true, mergesErrors: true)
            let port = try #require(Int(try server.output(/ACCEPT .*:(\d+)/)))
            var configuration = authority.clientConfiguration
            configuration.applicationProtocols = ["x/1"]
            let network = try backend.network()
            let connection = try network.connect(
                to: "127.0.0.1", port: port, tls: TLSContext(configuration), name: "localhost", deadline: .net)
            #expect(connection.handshakeResult?.version == (version == "-tls1_3" ? .tls13 : .tls12))
            #expect(connection.handshakeResult?.applicationProtocol == "x/1")
            try connection.sendAll("abcdef\n")
            #expect(try connection.receiveExactly(7, deadline: .net) == "fedcba\n")
            try connection.shutdown()
            #expect(try connection.receive(deadline: .net) == nil)
            try connection.close()
        }

        @Test(.needs("openssl")) func `openssl s_server is asked for its name`() throws {
            let files = try CertificateFiles(authority)
            let server = try Child(
                named: "openssl",
                ["s_server", "-accept", "127.0.0.1:0", "-cert", files.chain, "-key", files.key, "-naccept", "1"],
                holdsInputOpen: true, mergesErrors: true)
            let port = try #require(Int(try server.output(/ACCEPT .*:(\d+)/)))
            let network = try TestBackend.posix.network()
            let context = try authority.clientContext()
            let error = tlsError { () throws(TLSError) in
                try network.connect(to: "127.0.0.1", port: port, tls: context, name: "example.org", deadline: .net)
            }
            #expect(error?.code == .nameMismatch)
            #expect(try server.output(/alert (bad certificate)/) == "bad certificate")
        }

        @Test(.needs("curl"), arguments: Backends.distinctKernel(.otherPrograms)) func `curl fetches a page`(
            backend: TestBackend
        ) throws {
            let page = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
            let server = try ServedTLS(backend.network(), authority.serverContext()) { connection in
                var request = ""
                while !request.hasSuffix("\r\n\r\n"), let chunk = try await connection.receive() {
                    request += chunk.description
                }
                if request.hasPrefix("GET /page HTTP/1.1\r\n") { try await connection.sendAll(page) }
            }
            let files = try CertificateFiles(authority)
            let url = "https://localhost:\(server.port)/page"
            let resolved = ["--resolve", "localhost:\(server.port):127.0.0.1"]
            let good = try Child(
                named: "curl", ["-sS", "--http1.1", "--cacert", files.root, url] + resolved
            ).finish()
            #expect(good.status == 0 && good.text == "hello", "\(good.errors)")
            // Without the root it does not believe us (curl's 60).
            let bad = try Child(
                named: "curl", ["-sS", "--http1.1", url] + resolved
            ).finish()
            #expect(bad.status == 60, "\(bad.errors)")
            #expect(try server.failures(1).first?.alert == .unknownIssuer)
            try server.stop()
        }

        @Test(.needs("python3"), arguments: Backends.distinctKernel(.otherPrograms))
        func `Python's client and server agree with ours`(
            backend: TestBackend
        ) throws {
            try serving(backend) { server, files in
                let script = """
                    import socket, ssl, sys
                    context = ssl.create_default_context(cafile=sys.argv[1])
                    with socket.create_connection(("127.0.0.1", int(sys.argv[2]))) as raw:
                        with context.wrap_socket(raw, server_hostname="localhost") as tls:
                            sent = bytes(range(256)) * 1000
                            tls.sendall(sent)
                            received = b""
                            while len(received) < len(sent): received += tls.recv(65536)
                            tls.unwrap()
                            print("same" if received == sent else "different")
                    """
                let client = try Child(named: "python3", ["-c", script, files.root, "\(server.port)"]).finish()
                #expect(client.text == "same\n", "\(client.errors)")
            }
            let files = try CertificateFiles(authority)
            let script = """
                import socket, ssl, sys
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(sys.argv[1], sys.argv[2])
                listener = socket.create_server(("127.0.0.1", 0))
                print("port", listener.getsockname()[1], "", flush=True)
                raw, _ = listener.accept()
                with context.wrap_socket(raw, server_side=True) as tls:
                    tls.sendall(tls.recv(65536).upper())
                    tls.unwrap()
                    print("ended", "cleanly", flush=True)
                """
            let server = try Child(
                named: "python3", ["-c", script, files.chain, files.key])
            let port = try #require(Int(try server.output(#/port (\d+) /#)))
            let connection = try backend.network().connect(
                to: "127.0.0.1", port: port, tls: authority.clientContext(), name: "localhost", deadline: .net)
            try connection.sendAll("hello")
            #expect(try connection.receive(deadline: .net) == "HELLO")
            #expect(try connection.receive(deadline: .net) == nil)
            try connection.shutdown()
            #expect(try server.finish().text.contains("ended cleanly"))
            try connection.close()
        }
    }
#endif
