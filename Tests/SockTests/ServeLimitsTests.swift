import Foundation
import TestSupport
import Testing

extension ToolTests {
    @Suite(.needs("python3")) struct ServingAtItsLimits {
        /// A server that has 16 descriptors, and its port.
        private func scarceServer(_ mode: ServeMode) throws -> (Child, String) {
            let server = try shell("ulimit -n 16; exec \"$0\" serve echo --listen 127.0.0.1:0 \"$@\"", mode.arguments)
            let port = try #require(
                server.firstLine().split(separator: " ").dropFirst(2).first?.split(separator: ":").last)
            return (server, String(port))
        }

        @Test(
            "SIGINT and SIGTERM end a server with connections open", arguments: [SIGINT, SIGTERM], ServeMode.allCases)
        func endsCleanly(signal: Int32, mode: ServeMode) throws {
            let server = try Server("echo", "--listen", "127.0.0.1:0", mode: mode)
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

        @Test(
            "A server started with signals ignored, as shells do in the background, still ends",
            arguments: ServeMode.allCases)
        func endsInTheBackground(mode: ServeMode) throws {
            let server = try shell(
                "trap '' INT TERM; exec \"$0\" serve echo --listen 127.0.0.1:0 \"$@\"", mode.arguments)
            _ = try server.firstLine()
            server.signal(SIGINT)
            #expect(try server.finish().status == 0)
        }

        @Test("At --max-connections further peers wait until one ends", arguments: ServeMode.allCases)
        func boundsConnections(mode: ServeMode) throws {
            let server = try Server("echo", "--listen", "127.0.0.1:0", "--max-connections", "1", mode: mode)
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

        @Test("A server at its bound ends cleanly too", arguments: 0..<3, ServeMode.allCases)
        func endsAtItsBound(turn: Int, mode: ServeMode) throws {
            let server = try Server("discard", "--listen", "127.0.0.1:0", "--max-connections", "50", mode: mode)
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

        @Test("A server that runs out of descriptors pauses, says so, and goes on", arguments: ServeMode.allCases)
        func survivesExhaustedDescriptors(mode: ServeMode) throws {
            let (server, port) = try scarceServer(mode)
            let client = try python(
                """
                peers = [socket.create_connection(('127.0.0.1', int(sys.argv[1]))) for _ in range(30)]
                sys.stdin.read()
                for s in peers: s.close()
                s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
                s.sendall(b'hello'); print(s.recv(5))
                """, port, holdsInputOpen: true)
            try server.complains(about: "EMFILE")
            client.closeInput()
            let outcome = try client.finish()
            #expect(outcome.text == "b'hello'\n", "\(outcome.errors)")
            server.signal(SIGTERM)
            let end = try server.finish()
            #expect(end.status == 0)
        }

        @Test(
            "A pause for want of descriptors is told once, however often accepting is tried",
            arguments: ServeMode.allCases)
        func complainsOnce(mode: ServeMode) throws {
            let (server, port) = try scarceServer(mode)
            // How long it takes decides how much the test proves, never whether it passes.
            let client = try python(
                """
                import time
                peers = [socket.create_connection(('127.0.0.1', int(sys.argv[1]))) for _ in range(30)]
                sys.stdin.readline(); time.sleep(0.4); print('tried'); sys.stdin.read()
                """, port, holdsInputOpen: true)
            try server.complains(about: "EMFILE")
            client.write(Array("go on\n".utf8))
            _ = try client.firstLine()
            server.signal(SIGTERM)
            let end = try server.finish()
            #expect(end.status == 0)
            #expect(end.errors.split(separator: "\n").count == 1, "\(end.errors)")
            #expect(end.errors.hasSuffix("; trying again every 100 ms\n"), "\(end.errors)")
            client.closeInput()
            _ = try client.finish()
        }

        @Test(
            "--threads is refused where it has no meaning, and out of bounds",
            arguments: [
                (["--threads", "2"], "--mode async"), (["--mode", "blocking", "--threads", "1"], "--mode async"),
                (["--mode", "async", "--threads", "0"], "1...1024"),
                (["--mode", "async", "--threads", "-1"], "1...1024"),
                (["--mode", "async", "--threads", "1025"], "1...1024"), (["--mode", "async", "--threads", "x"], "'x'"),
                (["--mode", "magic"], "async"), (["--mode", "async", "--max-connections", "0"], "1...65536"),
            ])
        func refusesModes(arguments: [String], reason: String) throws {
            let outcome = try Child(Programs.sock, ["serve", "echo", "--listen", "127.0.0.1:0"] + arguments).finish()
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
            #expect(outcome.text == "")
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
