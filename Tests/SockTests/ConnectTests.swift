import Foundation
import TestSupport
import Testing

extension ToolTests {
    @Suite(.needs("python3")) struct Connecting {
        /// Accepts one connection at a port it prints, as `s`, and does what `body` says.
        func peer(_ body: String, _ arguments: String...) throws -> (child: Child, address: String) {
            let program = """
                l = socket.socket(); l.bind(('127.0.0.1', 0)); l.listen(5)
                print('%s:%d' % l.getsockname())
                s, _ = l.accept()

                """
            let child = try python(program + body)
            return (child, try child.firstLine())
        }

        @Test("Large pipes in both directions at once arrive byte for byte")
        func carriesBothWaysAtOnce() throws {
            let server = try Server("echo", "--listen", "127.0.0.1:0")
            let data = noise(8 << 20, seed: 3)
            let outcome = try sock("connect", server.address, input: data).finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output == data)
            _ = try server.stop()
        }

        @Test("Standard input may be a file, a socket or a terminal", arguments: ["file", "socket", "terminal"])
        func readsAnyInput(kind: String) throws {
            let server = try Server("echo", "--listen", "127.0.0.1:0")
            let program = """
                import os, pty, subprocess, tempfile, tty
                kind, tool, address = sys.argv[1:]
                data = b'a line\\n' * (1 if kind == 'terminal' else 20000)
                if kind == 'file':
                    source = tempfile.TemporaryFile(); source.write(data); source.seek(0); end = lambda: None
                elif kind == 'socket':
                    ours, source = socket.socketpair()
                    end = lambda: (ours.sendall(data), ours.close())
                else:
                    ours, source = pty.openpty()
                    end = lambda: os.write(ours, data + b'\\x04')
                child = subprocess.Popen([tool, 'connect', address], stdin=source, stdout=subprocess.PIPE)
                if kind == 'socket': source.close()
                import threading
                threading.Thread(target=end).start()
                out, _ = child.communicate()
                print('same' if out == data else out, child.returncode)
                """
            let outcome = try python(program, kind, Programs.sock, server.address).finish()
            #expect(outcome.text == "same 0\n", "\(outcome.errors)")
            _ = try server.stop()
        }

        @Test("Standard output that is not read for a while does not hold up the input")
        func inputGoesOnWithoutOutput() throws {
            let program = """
                import subprocess, threading
                l = socket.socket(); l.bind(('127.0.0.1', 0)); l.listen(1)
                address = '%s:%d' % l.getsockname()
                child = subprocess.Popen([sys.argv[1], 'connect', address], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                s, _ = l.accept()
                flood = threading.Thread(target=lambda: s.sendall(bytes(16 << 20)))
                flood.start()
                def feed():
                    child.stdin.write(bytes(4 << 20)); child.stdin.close()
                threading.Thread(target=feed).start()
                total = 0
                while (piece := s.recv(65536)): total += len(piece)
                print('all in:', total)
                def end():
                    flood.join(); s.close()
                threading.Thread(target=end).start()
                print('all out:', len(child.stdout.read()), child.wait())
                """
            let outcome = try python(program, Programs.sock).finish()
            #expect(outcome.text == "all in: \(4 << 20)\nall out: \(16 << 20) 0\n", "\(outcome.errors)")
        }

        @Test("SIGINT and SIGTERM end it, wherever it waits", arguments: [SIGINT, SIGTERM])
        func endsBySignals(signal: Int32) throws {
            let (child, address) = try peer("s.sendall(b'here\\n'); s.recv(1)")
            // Threads that run tests may hold signals back, and programs inherit that.
            let client = try python(
                """
                import signal
                for number in (signal.SIGINT, signal.SIGTERM): signal.signal(number, signal.SIG_DFL)
                signal.pthread_sigmask(signal.SIG_SETMASK, [])
                os.execv(sys.argv[1], ['sock', 'connect', sys.argv[2]])
                """, Programs.sock, address, holdsInputOpen: true)
            #expect(try client.firstLine() == "here")
            client.signal(signal)
            #expect(try client.finish().status == -signal)
            _ = try child.finish()
        }

        @Test("The end of input is told to the peer, whose answer is waited for")
        func halfCloses() throws {
            let (child, address) = try peer(
                """
                total = 0
                while (piece := s.recv(65536)): total += len(piece)
                s.sendall(b'got %d' % total)
                """)
            let outcome = try sock("connect", address, input: noise(100_000, seed: 4)).finish()
            #expect(outcome.text == "got 100000")
            #expect(outcome.status == 0)
            _ = try child.finish()
        }

        @Test("The peer's end is the command's, though there may be more input")
        func endsWithThePeer() throws {
            let (child, address) = try peer("s.sendall(bytes(1000000)); s.close()")
            let client = try sock("connect", address, holdsInputOpen: true)
            let outcome = try client.finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output == [UInt8](repeating: 0, count: 1_000_000))
            _ = try child.finish()
        }

        @Test func reportsAReset() throws {
            let (child, address) = try peer(
                "s.recv(1); s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0)); s.close()")
            let outcome = try sock("connect", address, input: [1], holdsInputOpen: true).finish()
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("ECONNRESET"), "\(outcome.errors)")
            _ = try child.finish()
        }

        @Test(
            "Standard output that is closed, or that nobody reads, is an error and not the end by a signal",
            arguments: [
                ("\"$0\" connect $1 >&-; echo $? >&2", "EBADF"),
                ("(\"$0\" connect $1; echo $? >&2) | head -c 1 >/dev/null", "EPIPE"),
            ])
        func reportsLostOutput(command: String, reason: String) throws {
            let (child, address) = try peer(
                """
                try:
                    while True: s.sendall(bytes(65536))
                except OSError: pass
                """)
            let outcome = try shell(command, address).finish()
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
            #expect(outcome.errors.hasSuffix("\n1\n"), "\(outcome.errors)")
            _ = try child.finish()
        }

        @Test func reportsLostInput() throws {
            let (child, address) = try peer("s.recv(1)")
            let outcome = try shell("exec \"$0\" connect $1 <&-", address).finish()
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("standard input: Bad file descriptor (EBADF)"), "\(outcome.errors)")
            _ = try child.finish()
        }

        @Test("Datagrams go out, answers come in, silence is the end")
        func carriesDatagrams() throws {
            let server = try Server("echo", "--udp", "--listen", "127.0.0.1:0")
            let outcome = try sock("connect", server.address, "--udp", "--wait", "0.5", input: Array("hello".utf8))
                .finish()
            #expect(outcome.text == "hello")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try server.stop().summary == "served 1 datagram, received 5 bytes, sent 5 bytes")
        }

        @Test("--timeout ends a connect that nobody answers")
        func timesOut() throws {
            let folder = TemporaryDirectory()
            let path = folder.path + "/full"
            let holder = try python(
                """
                l = socket.socket(socket.AF_UNIX); l.bind(sys.argv[1]); l.listen(0)
                peers = []
                while True:
                    s = socket.socket(socket.AF_UNIX); s.setblocking(False); peers.append(s)
                    try: s.connect(sys.argv[1])
                    except BlockingIOError: break
                print('full'); sys.stdin.read()
                """, path, holdsInputOpen: true)
            _ = try holder.firstLine()
            let outcome = try sock("connect", "unix:\(path)", "--timeout", "0.2").finish()
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("timed out"), "\(outcome.errors)")
            holder.closeInput()
            _ = try holder.finish()
        }

        @Test(
            "What cannot be reached is exit code 1, a wrong command line 64",
            arguments: [
                (["127.0.0.1:1"], 1, "ECONNREFUSED"), (["unix:/nonexistent"], 1, "ENOENT"),
                (["-6", "127.0.0.1:1"], 1, "127.0.0.1"),
                (["nonsense"], 64, "nonsense"), (["127.0.0.1:65536"], 64, "65535"), ([""], 64, "nothing to read"),
                (["unix:"], 64, "unix:"), (["unix:" + String(repeating: "x", count: 109)], 64, "108"),
                (["-4", "-6", "127.0.0.1:1"], 64, "exclude"),
                (["-4", "unix:/x"], 64, "UNIX"),
                (["127.0.0.1:1", "--timeout", "0"], 64, "timeout"), (["127.0.0.1:1", "--timeout", "-1"], 64, "'-1'"),
                (["127.0.0.1:1", "--udp", "--wait", "-1"], 64, "'-1'"),
                (["127.0.0.1:1", "--backend", "magic"], 64, "posix"), ([], 64, "endpoint"),
            ] as [([String], Int32, String)])
        func refuses(arguments: [String], status: Int32, reason: String) throws {
            let outcome = try Child(Programs.sock, ["connect"] + arguments).finish()
            #expect(outcome.status == status)
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        }
    }
}
