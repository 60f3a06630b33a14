import Foundation
import TestSupport
import Testing

extension ToolTests {
    @Suite struct Looking {
        /// Its output is what it was called for.
        @Test(arguments: [
            ["resolve", "localhost"], ["options", "--type", "tcp4"], ["doctor"], ["simulate", "echo"], ["--help"],
        ])
        func outputThatIsLostIsAFailure(arguments: [String]) throws {
            let outcome = try Child("/bin/sh", ["-c", "exec \"$0\" \"$@\" > /dev/full", Programs.sock] + arguments)
                .finish()
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("standard output: No space left on device (ENOSPC)"))
        }

        @Test func theDemoIsRight() throws {
            let outcome = try sock("demo").finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.text.contains(#"Received      "Hello, world""#))
            #expect(outcome.text.contains(/(\d) of \1 conversations right, on posix/))
        }

        @Test(.needs("python3"), arguments: ["127.0.0.1", "::1", "localhost"])
        func resolvesAsPythonDoes(host: String) throws {
            let program = """
                for f, t, p, _, a in socket.getaddrinfo(sys.argv[1], 80): print(f.name, t.name, p, a[0])
                """
            let expected = try python(program, host).finish().text.split(separator: "\n").map {
                $0.split(separator: " ")
            }
            let outcome = try sock("resolve", host, "80").finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            let rows = outcome.text.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
            #expect(rows.map { $0.prefix(2) } == expected.map { $0.prefix(2) })
            for (row, wanted) in zip(rows, expected) {
                #expect(row.last == (wanted[3].contains(":") ? "[\(wanted[3])]:80" : "\(wanted[3]):80"))
            }
        }

        @Test(
            arguments: [
                (["no.such.host.invalid", "--numeric"], 1, "getaddrinfo"),
                (["127.0.0.1", "nosuchservice"], 1, "nosuchservice"), (["127.0.0.1", "65536"], 64, "65535"),
                (["::1", "-4"], 1, "::1"), ([], 64, "host"),
            ] as [([String], Int32, String)])
        func refusesToResolve(arguments: [String], status: Int32, reason: String) throws {
            let outcome = try Child(Programs.sock, ["resolve"] + arguments).finish()
            #expect(outcome.status == status)
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        }

        @Test(arguments: [[], ["--canonical"]])
        func showsCanonicalNamesToThoseWhoAsk(flags: [String]) throws {
            let outcome = try Child(Programs.sock, ["resolve", "192.0.2.1", "--numeric"] + flags).finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.text.contains("CANONICAL NAME") == !flags.isEmpty)
        }

        @Test func resolvesBackwards() throws {
            let outcome = try sock("resolve", "192.0.2.1", "--reverse", "--canonical", "--numeric").finish()
            #expect(outcome.status == 0)
            #expect(outcome.text.contains("AF_INET"))
        }

        @Test("Options are shown with the values Python reads", .needs("python3"))
        func showsOptions() throws {
            let program = """
                s = socket.socket()
                for level, name in ((1, 'SO_RCVBUF'), (1, 'SO_SNDBUF'), (6, 'TCP_KEEPIDLE'), (0, 'IP_TTL'), (6, 'TCP_USER_TIMEOUT')):
                    print(name, s.getsockopt(level, getattr(socket, name)))
                """
            let outcome = try sock("options", "--type", "tcp4").finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            let rows = outcome.text.split(separator: "\n").map { $0.split(separator: " ") }
            for line in try python(program).finish().text.split(separator: "\n") {
                let wanted = line.split(separator: " ")
                #expect(rows.first { $0.first == wanted[0] }?.last == wanted[1], "\(line)")
            }
        }

        @Test("The tables fit 120 columns, leave out what reading changes, and say why a value is missing")
        func laysOptionsOut() throws {
            let text = try sock("options").finish().text
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 })
            for kind in ["tcp4", "tcp6", "udp4", "udp6", "unix-stream", "unix-datagram", "unix-packet"] {
                #expect(text.contains("\(kind): AF_"))
            }
            for name in ["SO_ERROR", "TCP_SAVED_SYN", "SO_PEERPIDFD"] { #expect(!text.contains("  \(name) ")) }
            #expect(text.contains("– ENOTCONN"))
        }

        @Test func searchesOptions() throws {
            let text = try sock("options", "--type", "tcp4", "--search", "KEEPidle").finish().text
            #expect(text.split(separator: "\n").count == 3)
            #expect(text.hasPrefix("tcp4: AF_INET, SOCK_STREAM, IPPROTO_TCP\n"), "\(text)")
            #expect(
                text.contains("TCP_KEEPIDLE  .tcp.keepAliveIdle  rw      7200") || text.contains(".tcp.keepAliveIdle"))
            let nothing = try sock("options", "--search", "nothing-has-this").finish()
            #expect(nothing.status == 1)
            #expect(nothing.errors.hasPrefix("Error: no option has nothing-has-this"), "\(nothing.errors)")
            let wrong = try sock("options", "--type", "tcp5").finish()
            #expect(wrong.status == 64)
            #expect(wrong.errors.contains("unix-packet"))
        }

        @Test func examinesTheMachine() throws {
            let outcome = try sock("doctor").finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            for text in [
                "kernel                Linux ", "descriptors", "net.core.somaxconn", "posix                 works",
                "io_uring_setup(2)", "automatic             is ",
            ] {
                #expect(outcome.text.contains(text), "\(outcome.text)")
            }
        }

        @Test(arguments: [[], ["demo"], ["serve"], ["connect"], ["resolve"], ["options"], ["simulate"], ["doctor"]])
        func explainsItself(command: [String]) throws {
            let outcome = try Child(Programs.sock, command + ["--help"]).finish()
            #expect(outcome.status == 0)
            #expect(outcome.text.contains("EXAMPLES"))
        }

        @Test func saysItsVersion() throws {
            let outcome = try sock("--version").finish()
            #expect(outcome.status == 0)
            #expect(outcome.text.contains(/^\d+\.\d+\.\d+\n$/))
        }
    }
}
