import Locks
import Sockets

/// One server and one client, run together over loopback, and what they said.
struct Conversation {
    /// What a client sends, and must get back.
    static let text = "Hello, world"

    let lines: [(who: String, what: String)]
    let received: Chunk?
    let duration: Duration

    var isRight: Bool { received == Chunk(Array(Self.text.utf8)) }

    /// Runs the server on a thread of its own and the client on this one, and waits for both.
    ///
    /// When the client fails the listener is closed, so that the server does not wait for it for ever.
    init(
        _ network: Network, listener: Socket, serve: @escaping @Sendable ((String) -> Void) throws(SocketError) -> Void,
        client: (_ port: Int) throws(SocketError) -> Chunk?
    ) throws(SocketError) {
        let record = Record()
        let address = try listener.localAddress()
        let start = network.now
        let server = try network.spawn("demo-server") {
            do throws(SocketError) {
                try serve { record.add($0) }
            } catch {
                record.add("failed: \(error)")
            }
        }
        let answer = Result { () throws(SocketError) in try client(Int(address.port ?? 0)) }
        if case .failure = answer { try? listener.close() }
        try server.join()
        received = try answer.get()
        duration = start.duration(to: network.now)
        lines =
            [("server", "Listening at \(address)")] + record.all.map { ("server", $0) }
            + [
                ("client", "Sent          \(Chunk(Array(Self.text.utf8)).debugDescription)"),
                ("client", "Received      \(received?.debugDescription ?? "nothing: the stream ended")"),
            ]
    }

    /// What the server's thread says.
    private final class Record: Sendable {
        private let lines = Lock<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }
}

extension Conversation {
    /// The classic IPv4-only programs.
    static func ipv4(_ network: Network) throws(SocketError) -> Conversation {
        let server = try EchoServerIPv4(network, host: "127.0.0.1", port: 0)
        return try Conversation(network, listener: server.listener, serve: server.serve) { port throws(SocketError) in
            try EchoClientIPv4(network: network).run(host: "127.0.0.1", port: port, text)
        }
    }

    /// The dual-stack programs, the client asking for `host`.
    static func dualStack(_ network: Network, host: String) throws(SocketError) -> Conversation {
        let server = try EchoServerDualStack(network, port: 0)
        return try Conversation(network, listener: server.listener, serve: server.serve) { port throws(SocketError) in
            try EchoClientDualStack(network: network).run(host: host, port: port, text)
        }
    }
}
