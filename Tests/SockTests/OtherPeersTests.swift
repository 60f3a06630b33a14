import TestSupport
import Testing

extension ToolTests {
    @Suite struct OtherPeers {
        @Test(.needs("socat"), arguments: ServeMode.allCases) func socatIsEchoed(mode: ServeMode) throws {
            let server = try Server("echo", "--listen", "127.0.0.1:0", mode: mode)
            let data = noise(300_000, seed: 1)
            let client = try Child(
                named: "socat", ["-t10", "-", "TCP:\(server.address)"], input: data)
            #expect(try client.finish().output == data)
            _ = try server.stop()
        }

        @Test(.needs("nc"), arguments: ServeMode.allCases) func netcatIsEchoed(mode: ServeMode) throws {
            let server = try Server("echo", "--listen", "127.0.0.1:0", mode: mode)
            let arguments = ["127.0.0.1", server.port]
            let client = try Child(
                named: "nc", arguments, input: Array("hello\n".utf8), holdsInputOpen: true)
            #expect(try client.firstLine() == "hello")
            _ = try server.stop()
            client.closeInput()
            _ = try client.finish()
        }

        @Test(.needs("curl"), arguments: ServeMode.allCases) func curlIsEchoed(mode: ServeMode) throws {
            let server = try Server("echo", "--listen", "127.0.0.1:0", mode: mode)
            let arguments = ["-s", "-N", "--max-time", "15", "telnet://\(server.address)"]
            let client = try Child(
                named: "curl", arguments, input: Array("hello\n".utf8), holdsInputOpen: true)
            #expect(try client.firstLine() == "hello")
            _ = try server.stop()
            client.closeInput()
            _ = try client.finish()
        }

        @Test(.needs("socat"), arguments: [false, true])
        func socatServes(udp: Bool) throws {
            let folder = TemporaryDirectory()
            let path = folder.path + "/peer"
            let kind = udp ? "UNIX-RECVFROM:\(path)" : "UNIX-LISTEN:\(path)"
            let peer = try Child(named: "socat", ["-d", "-d", "-t10", kind, "EXEC:cat"])
            try peer.complains(about: udp ? "receiving on" : "listening on")
            let data = noise(udp ? 1000 : 300_000, seed: 2)
            let client = try Child(Programs.sock, ["connect", "unix:\(path)"] + (udp ? ["--udp"] : []), input: data)
            let outcome = try client.finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output == data)
            peer.signal(15)
            _ = try peer.finish()
        }
    }
}
