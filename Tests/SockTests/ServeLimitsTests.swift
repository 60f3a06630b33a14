import Foundation
import Testing

extension ToolTests {
    @Suite(.needs("python3")) struct ServingAtItsLimits {
        @Test("SIGINT and SIGTERM end a server with connections open", arguments: [SIGINT, SIGTERM])
        func endsCleanly(signal: Int32) throws {
            let server = try Server("echo", "--listen", "127.0.0.1:0")
            let client = try python(
                """
                peers = [socket.create_connection(('127.0.0.1', int(sys.argv[1]))) for _ in range(5)]
                for s in peers: s.sendall(b'hello'); assert s.recv(5) == b'hello'
                print('open')
                for s in peers: assert s.recv(5) == b''
                print('closed')
                """, server.port)
            #expect(try client.firstLine() == "open")
            let (summary, errors) = try server.stop(signal)
            #expect(summary == "served 5 connections, received 25 bytes, sent 25 bytes")
            #expect(errors == "")
            #expect(try client.finish().text == "open\nclosed\n")
        }

        @Test("A server started with signals ignored, as shells do in the background, still ends")
        func endsInTheBackground() throws {
            let server = try shell("trap '' INT TERM; exec \"$0\" serve echo --listen 127.0.0.1:0")
            _ = try server.firstLine()
            server.signal(SIGINT)
            #expect(try server.finish().status == 0)
        }

        @Test("At --max-connections further peers wait until one ends")
        func boundsConnections() throws {
            let server = try Server("echo", "--listen", "127.0.0.1:0", "--max-connections", "1")
            let client = try python(
                """
                first, second = [socket.create_connection(('127.0.0.1', int(sys.argv[1]))) for _ in range(2)]
                first.sendall(b'1'); assert first.recv(1) == b'1'
                second.sendall(b'2'); second.settimeout(0.2)
                try: print('not', second.recv(1))
                except TimeoutError: print('waits')
                first.close(); second.settimeout(15)
                print(second.recv(1))
                """, server.port)
            let outcome = try client.finish()
            #expect(outcome.text == "waits\nb'2'\n", "\(outcome.errors)")
            _ = try server.stop()
        }

        @Test("A server at its bound ends cleanly too", arguments: 0..<3)
        func endsAtItsBound(turn: Int) throws {
            let server = try Server("discard", "--listen", "127.0.0.1:0", "--max-connections", "50")
            let client = try python(
                """
                peers = [socket.create_connection(('127.0.0.1', int(sys.argv[1]))) for _ in range(120)]
                print('open', flush=True); sys.stdin.read()
                """, server.port, holdsInputOpen: true)
            _ = try client.firstLine()
            #expect(try server.stop().errors == "")
            client.closeInput()
            _ = try client.finish()
        }

        @Test("A server that runs out of descriptors pauses, says so, and goes on")
        func survivesExhaustedDescriptors() throws {
            let server = try shell("ulimit -n 16; exec \"$0\" serve echo --listen 127.0.0.1:0")
            let port = try #require(
                server.firstLine().split(separator: " ").dropFirst(2).first?.split(separator: ":").last)
            let client = try python(
                """
                peers = [socket.create_connection(('127.0.0.1', int(sys.argv[1]))) for _ in range(30)]
                sys.stdin.read()
                for s in peers: s.close()
                s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
                s.sendall(b'hello'); print(s.recv(5))
                """, String(port), holdsInputOpen: true)
            try server.complains(about: "EMFILE")
            client.closeInput()
            let outcome = try client.finish()
            #expect(outcome.text == "b'hello'\n", "\(outcome.errors)")
            server.signal(SIGTERM)
            let end = try server.finish()
            #expect(end.status == 0)
        }

        @Test(
            "What cannot be served is exit code 1 with the reason, what is no endpoint 64",
            arguments: [
                ("192.0.2.1:0", 1, "EADDRNOTAVAIL"), ("unix:/nonexistent/folder/x", 1, "ENOENT"),
                ("127.0.0.1", 64, "127.0.0.1"), ("127.0.0.1:99999", 64, "99999"), ("", 64, "nothing to read"),
                ("unix:", 64, "unix:"), ("unix:" + String(repeating: "x", count: 109), 64, "108"),
            ] as [(String, Int32, String)])
        func refuses(endpoint: String, status: Int32, reason: String) throws {
            let outcome = try sock("serve", "echo", "--listen", endpoint).finish()
            #expect(outcome.status == status)
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
            #expect(outcome.text == "")
        }
    }
}
