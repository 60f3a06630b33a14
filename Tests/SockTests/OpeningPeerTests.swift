import Sockets
import TestSupport
import Testing

extension ToolTests {
    /// What opens a conversation, with curl as the peer.
    @Suite struct OpeningPeerTests {
        private static let answer = "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nyes"

        /// What curl prints, and what came of the one connection that it made.
        private func curl<Result: Sendable>(
            _ arguments: (String) -> [String], _ serve: @escaping @Sendable (Socket) async throws -> Result
        ) async throws -> (String, Result) {
            let network = try Network(.posix)
            let listener = try network.listen(at: .ipv4(.loopback, port: 0))
            let address = "\(try listener.localAddress())"
            let child = try Child(
                named: "curl", ["-s", "--max-time", "30", "--noproxy", ""] + arguments(address))
            let result = try await serve(try await listener.accept(deadline: .within(.seconds(60))).connection)
            let outcome = try child.finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            return (String(decoding: outcome.output, as: UTF8.self), result)
        }

        /// Answers one request, whatever it is.
        private static func answer(_ socket: Socket) async throws -> Chunk? {
            for try await line in socket.lines() {
                try await socket.sendAll(answer)
                try socket.shutdown(.send)
                return line
            }
            return nil
        }

        @Test(.needs("curl"), arguments: ["alice:s3cret", "alice:wrong"])
        func curlAsksASOCKSProxy(user: String) async throws {
            let isRight = user == "alice:s3cret"
            let (printed, request) = try await curl { address in
                // Without the right password curl fails, as it should: its status is not looked at then.
                isRight
                    ? ["--proxy", "socks5h://\(user)@\(address)", "http://example.org/path"]
                    : [
                        "--proxy", "socks5h://\(user)@\(address)", "-o", "/dev/null", "http://example.org/path",
                        "--next", "-s", "file:///dev/null",
                    ]
            } _: { connection -> SOCKSAddress? in
                var opening = connection.conversation(SOCKSServer(wantsCredentials: true))
                var asked: SOCKSAddress?
                while let event = try await opening.next(deadline: .within(.seconds(60))) {
                    switch event {
                    case .credentials(let credentials):
                        opening.machine.accept(credentials: credentials.password == "s3cret")
                    case .request(let command, let address):
                        #expect(command == .connect)
                        asked = address
                        opening.machine.reply(.succeeded)
                    case .established:
                        #expect(try await Self.answer(opening.handOver()) == "GET /path HTTP/1.1")
                        return asked
                    case .failed(let error): #expect(error == .authenticationFailed)
                    }
                }
                return asked
            }
            #expect(request == (isRight ? .name("example.org", port: 80) : nil))
            #expect(printed == (isRight ? "yes" : ""))
        }

        @Test(.needs("curl")) func curlSaysWhomItIsFor() async throws {
            let (printed, header) = try await curl {
                ["--haproxy-protocol", "http://\($0)/"]
            } _: { connection in
                var opening = connection.conversation(ProxyHeaderReader())
                let event = try await opening.next(deadline: .within(.seconds(60)))
                let socket = opening.handOver()
                // Once it has its answer it is gone.
                let (peer, local) = (try socket.peerAddress(), try socket.localAddress())
                #expect(try await Self.answer(socket) == "GET / HTTP/1.1")
                return (event, peer, local)
            }
            let (event, peer, local) = header
            #expect(event == .header(ProxyHeader(source: peer, destination: local)))
            #expect(printed == "yes")
        }
    }
}
