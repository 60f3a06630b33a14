import Foundation
import TestSupport
import Testing

extension ToolTests {
    @Suite(.needs("python3")) struct Serving {
        /// Sends a megabyte, ends its half, and compares what comes back.
        static let echoClient = """
            s = socket.create_connection(('localhost', int(sys.argv[1])))
            data = os.urandom(1 << 20)
            import threading
            def send():
                s.sendall(data); s.shutdown(socket.SHUT_WR)
            threading.Thread(target=send).start()
            back = b''
            while (piece := s.recv(65536)): back += piece
            print('same' if back == data else 'other')
            """

        @Test(
            "An echo server gives Python's socket back what it sent", arguments: ["127.0.0.1:0", ":0"],
            ServeMode.allCases)
        func echoes(endpoint: String, mode: ServeMode) throws {
            let server = try Server("echo", "--listen", endpoint, mode: mode)
            for _ in 0..<2 { #expect(try python(Self.echoClient, server.port).finish().text == "same\n") }
            let (summary, errors) = try server.stop()
            #expect(summary == "served 2 connections, received 2097152 bytes, sent 2097152 bytes")
            #expect(errors == "")
        }

        @Test(.needsIPv6, arguments: ["::1", "127.0.0.1"], ServeMode.allCases)
        func servesBothFamiliesFromOneSocket(host: String, mode: ServeMode) throws {
            let server = try Server("echo", "--listen", "[::]:0", mode: mode)
            let client = try python(
                """
                s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
                s.sendall(b'hello'); print(s.recv(10))
                """, host, server.port)
            #expect(try client.finish().text == "b'hello'\n")
            _ = try server.stop()
        }

        @Test(
            "Datagrams are answered by the socket they were sent to", arguments: ["127.0.0.1:0", "localhost:0"],
            ServeMode.allCases)
        func echoesDatagrams(endpoint: String, mode: ServeMode) throws {
            let server = try Server("echo", "--udp", "--listen", endpoint, mode: mode)
            let client = try python(
                """
                port = int(sys.argv[1])
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                s.connect(('127.0.0.1', port))
                for data in (b'', b'x', b'y' * 9000, bytes(range(256))):
                    s.send(data)
                    assert s.recv(65536) == data
                print('same')
                """, server.port)
            let outcome = try client.finish()
            #expect(outcome.text == "same\n", "\(outcome.errors)")
            #expect(try server.stop().summary == "served 4 datagrams, received 9257 bytes, sent 9257 bytes")
        }

        @Test(
            "A server on every address answers from the one that was asked",
            arguments: [
                ("0.0.0.0:0", "127.0.0.1"), ("0.0.0.0:0", "127.0.0.2"), (":0", "127.0.0.3"),
            ], ServeMode.allCases)
        func answersFromTheAddressAsked(_ row: (endpoint: String, host: String), mode: ServeMode) throws {
            let (endpoint, host) = row
            let server = try Server("echo", "--udp", "--listen", endpoint, mode: mode)
            let client = try python(
                """
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                s.sendto(b'hello', (sys.argv[1], int(sys.argv[2])))
                print(*s.recvfrom(10))
                """, host, server.port)
            let outcome = try client.finish()
            #expect(outcome.text == "b'hello' ('\(host)', \(server.port))\n", "\(outcome.errors)")
            _ = try server.stop()
        }

        @Test(arguments: ["STREAM", "DGRAM"], ServeMode.allCases)
        func servesUNIXPathsAndRemovesThem(type: String, mode: ServeMode) throws {
            let folder = TemporaryDirectory()
            let path = folder.path + "/echo"
            let extra = (type == "DGRAM" ? ["--udp"] : []) + mode.arguments
            let server = try Child(Programs.sock, ["serve", "echo", "--listen", "unix:\(path)"] + extra)
            #expect(try server.firstLine().hasPrefix("listening on unix:\(path) "))
            let client = try python(
                """
                s = socket.socket(socket.AF_UNIX, socket.SOCK_\(type)); s.bind(sys.argv[1] + '.client')
                s.connect(sys.argv[1]); s.sendall(b'hello'); print(s.recv(10))
                """, path)
            let outcome = try client.finish()
            #expect(outcome.text == "b'hello'\n", "\(outcome.errors)")
            // As `timeout(1)` does: one for the process, and one for its group.
            server.signal(SIGTERM)
            server.signal(SIGHUP)
            server.signal(SIGTERM)
            #expect(try server.finish().status == 0)
            #expect(!FileManager.default.fileExists(atPath: path))
        }

        @Test("Many connections at once each get back their own", arguments: ServeMode.allCases)
        func keepsConnectionsApart(mode: ServeMode) throws {
            let server = try Server("echo", "--listen", "127.0.0.1:0", mode: mode)
            let client = try python(
                """
                peers = [socket.create_connection(('127.0.0.1', int(sys.argv[1]))) for _ in range(100)]
                for turn in range(5):
                    for number, s in enumerate(peers): s.sendall(b'%4d %4d' % (number, turn))
                    for number, s in enumerate(peers): assert s.recv(9, socket.MSG_WAITALL) == b'%4d %4d' % (number, turn)
                for s in peers: s.shutdown(socket.SHUT_WR); assert s.recv(1) == b''
                print('same')
                """, server.port)
            let outcome = try client.finish()
            #expect(outcome.text == "same\n", "\(outcome.errors)")
            #expect(try server.stop().summary == "served 100 connections, received 4500 bytes, sent 4500 bytes")
        }

        @Test func leavesAloneAPathThatIsNotItsOwn() throws {
            let folder = TemporaryDirectory()
            let path = folder.path + "/taken"
            try Data("kept".utf8).write(to: URL(fileURLWithPath: path))
            let refused = try sock("serve", "echo", "--listen", "unix:\(path)").finish()
            #expect(refused.status == 1)
            #expect(refused.errors.contains("EADDRINUSE"))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "kept")

            let replaced = folder.path + "/replaced"
            let server = try Server("echo", "--listen", "unix:\(replaced)")
            try FileManager.default.removeItem(atPath: replaced)
            try Data("kept".utf8).write(to: URL(fileURLWithPath: replaced))
            _ = try server.stop()
            #expect(try String(contentsOfFile: replaced, encoding: .utf8) == "kept")
        }

        @Test(arguments: ServeMode.allCases) func discardsEverything(mode: ServeMode) throws {
            let server = try Server("discard", "--listen", "127.0.0.1:0", mode: mode)
            let client = try python(
                """
                s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
                s.sendall(bytes(3000000)); s.shutdown(socket.SHUT_WR); print(s.recv(10))
                """, server.port)
            #expect(try client.finish().text == "b''\n")
            #expect(try server.stop().summary == "served 1 connection, received 3000000 bytes, sent 0 bytes")
        }

        /// RFC 864's pattern, made by Python.
        static let pattern = """
            ring = bytes(range(32, 127))
            pattern = b''.join((ring * 2)[n:n + 72] + b'\\r\\n' for n in range(95))

            """

        @Test(
            "chargen sends RFC 864's pattern over and over, throws away what it gets, and survives the peer's going",
            arguments: ServeMode.allCases)
        func generatesCharacters(mode: ServeMode) throws {
            let server = try Server("chargen", "--listen", "127.0.0.1:0", mode: mode)
            let client =
                Self.pattern + """
                    for turn in range(2):
                        s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
                        s.sendall(bytes(100000))
                        if turn: s.shutdown(socket.SHUT_WR)
                        got = b''
                        while len(got) < 200000: got += s.recv(4096)
                        assert got == (pattern * 30)[:len(got)]
                        s.close()
                    print('same')
                    """
            let outcome = try python(client, server.port).finish()
            #expect(outcome.text == "same\n", "\(outcome.errors)")
            let (summary, errors) = try server.stop()
            #expect(summary.hasPrefix("served 2 connections, "))
            #expect(errors == "")
        }

        @Test("chargen answers each datagram with 0...512 characters of the pattern", arguments: ServeMode.allCases)
        func generatesDatagrams(mode: ServeMode) throws {
            let server = try Server("chargen", "--udp", "--listen", "127.0.0.1:0", mode: mode)
            let client =
                Self.pattern + """
                    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                    for number in range(200):
                        s.sendto(b'', ('127.0.0.1', int(sys.argv[1])))
                        got, sender = s.recvfrom(65536)
                        assert len(got) <= 512 and got == (pattern * 2)[number % 95 * 74:][:len(got)]
                        assert sender[1] == int(sys.argv[1])
                    print('same')
                    """
            let outcome = try python(client, server.port).finish()
            #expect(outcome.text == "same\n", "\(outcome.errors)")
            _ = try server.stop()
        }

        @Test(
            "A peer that resets ends its own connection only", arguments: ["echo", "discard", "chargen"],
            ServeMode.allCases)
        func survivesResets(service: String, mode: ServeMode) throws {
            let server = try Server(service, "--listen", "127.0.0.1:0", mode: mode)
            let client = """
                for turn in range(20):
                    s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
                    s.sendall(bytes(100))
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                    s.close()
                print('done')
                """
            #expect(try python(client, server.port).finish().text == "done\n")
            let (summary, errors) = try server.stop()
            #expect(summary.hasPrefix("served "))
            for line in errors.split(separator: "\n") {
                #expect(line.hasPrefix("sock: serve: connection from 127.0.0.1:"), "\(line)")
            }
        }
    }
}
