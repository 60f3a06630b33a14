import Sockets
import TestSupport
import Testing

/// A dnsmasq of the test's own on a free port of 127.0.0.1, which ends with it.
final class DNSMasq {
    let address: SocketAddress
    private let child: Child

    /// Starts it with the records, given as its options.
    init(_ records: [String]) throws {
        let port = try Self.freePort()
        address = SocketAddress(.v4(.loopback), port: port)
        child = try Child(
            named: "dnsmasq",
            [
                "--no-daemon", "--conf-file=/dev/null", "--port=\(port)", "--listen-address=127.0.0.1",
                "--bind-interfaces", "--no-resolv", "--no-hosts", "--pid-file=", "--local=/test/", "--log-facility=-",
                "--user=\(Process.userName)", "--local-ttl=60",
            ] + records)
        try child.complains(about: "started")
    }

    /// A port that nobody has at the moment.
    static func freePort() throws -> UInt16 {
        let network = try Network(.posix)
        let socket = try network.socket(.ipv4, .stream)
        try socket.bind(to: SocketAddress(.v4(.loopback), port: 0))
        return try #require(try socket.localAddress().port)
    }

    /// What a resolver is told that asks it.
    func stub(search: [String] = []) throws -> StubConfiguration {
        StubConfiguration(
            resolver: ResolverConfiguration(servers: [address], search: try search.map { try DNSName(parsing: $0) }))
    }
}
