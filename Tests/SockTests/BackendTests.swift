import TestSupport
import Testing

extension ToolTests {
    /// `--backend`, and what `doctor` says of it.
    @Suite struct Choosing {
        private static let commands = [
            ["resolve", "127.0.0.1", "80", "--numeric"], ["options", "--type", "tcp4"], ["demo"],
        ]

        @Test(arguments: commands, ["posix", "automatic"])
        func everyCommandTakesABackend(command: [String], backend: String) throws {
            let outcome = try Child(Programs.sock, command + ["--backend", backend]).finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(!outcome.text.isEmpty)
        }

        @Test(arguments: ["serve", "connect", "resolve", "options", "demo"])
        func helpNamesTheBackends(command: String) throws {
            let help = try sock(command, "--help").finish().text.split(whereSeparator: \.isWhitespace)
            #expect(help.joined(separator: " ").contains("(values: posix, uring, automatic"))
        }

        #if URing && os(Linux)
            @Test(arguments: commands) func everyCommandTakesURing(command: [String]) throws {
                let outcome = try Child(Programs.sock, command + ["--backend", "uring"]).finish()
                #expect(outcome.status == 0, "\(outcome.errors)")
            }

            @Test(.needs("socat"), arguments: ["posix", "uring", "automatic"], [false, true])
            func connectsToSocat(backend: String, udp: Bool) throws {
                let folder = TemporaryDirectory()
                let path = folder.path + "/peer"
                let kind = udp ? "UNIX-RECVFROM:\(path)" : "UNIX-LISTEN:\(path)"
                let peer = try Child(named: "socat", ["-d", "-d", "-t10", kind, "EXEC:cat"])
                try peer.complains(about: udp ? "receiving on" : "listening on")
                let data = noise(udp ? 1000 : 300_000, seed: 3)
                let arguments = ["connect", "unix:\(path)", "--backend", backend] + (udp ? ["--udp"] : [])
                let outcome = try Child(Programs.sock, arguments, input: data).finish()
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output == data)
                peer.signal(15)
                _ = try peer.finish()
            }

            @Test func doctorSaysWhatURingHasFound() throws {
                let outcome = try sock("doctor").finish()
                #expect(outcome.text.contains("uring                 works: bytes"), "\(outcome.text)")
                #expect(outcome.text.contains("automatic             is uring here"), "\(outcome.text)")
                #expect(outcome.text.contains("io_uring              works\n"), "\(outcome.text)")
                for feature in [
                    "deferred work", "multishot receive", "incremental buffers", "zero-copy send", "accept when ready",
                ] {
                    let line = outcome.text.split(separator: "\n").first { $0.hasPrefix("  \(feature) ") }
                    #expect(line?.dropFirst(24).prefix { $0.isLetter } == "yes" || line?.contains("  no: ") == true)
                }
                #expect(outcome.text.contains("multishot accept      there, not used: "), "\(outcome.text)")
            }
        #else
            @Test func toolWithoutURingSaysSo() throws {
                let refused = try sock("resolve", "127.0.0.1", "--backend", "uring").finish()
                #expect(refused.status == 1)
                #expect(refused.errors.contains("io_uring is not built into this sock"), "\(refused.errors)")
                let doctor = try sock("doctor").finish()
                #expect(doctor.status == 0, "\(doctor.errors)")
                #expect(doctor.text.contains("io_uring              io_uring is not built into this sock"))
                #expect(doctor.text.contains("automatic             is posix here"))
                #expect(try sock("resolve", "127.0.0.1", "--backend", "automatic").finish().errors == "")
            }
        #endif
    }
}
