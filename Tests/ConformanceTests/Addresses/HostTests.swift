import Sockets
import TestSupport
import Testing

@Suite struct `Hosts and ports` {
    @Test(arguments: Backends.all) func `an empty host is every address of this host`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4)
        try socket.bind(to: "", port: 0)
        #expect(try socket.localAddress().ip == .v4(.any))
    }

    @Test(arguments: Backends.all) func `the broadcast host is the broadcast address`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4, .datagram)
        try socket.set(.socket.broadcast, true)
        try socket.connect(to: "<broadcast>", port: 9)
        #expect(try socket.peerAddress() == .ipv4(.broadcast, port: 9))
    }

    @Test(arguments: Backends.all, ["", "<broadcast>"]) func `neither has a meaning for IPv6`(
        backend: TestBackend, host: String
    ) throws {
        let socket = try backend.network().socket(.ipv6)
        #expect(code { () throws(SocketError) in try socket.bind(to: host, port: 0) } == .invalidAddress)
    }

    @Test(arguments: Backends.all) func `neither has a meaning for UNIX`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.unix)
        #expect(code { () throws(SocketError) in try socket.bind(to: "", port: 0) } == .invalidAddress)
        #expect(code { () throws(SocketError) in try socket.connect(to: "localhost", port: 1) } == .invalidAddress)
    }

    @Test(arguments: Backends.all) func `a name becomes its first address of the socket's family`(backend: TestBackend)
        throws
    {
        let socket = try backend.network().socket(.ipv4)
        try socket.bind(to: "localhost", port: 0)
        #expect(try socket.localAddress().ip?.isLoopback == true)
    }

    @Test(arguments: ["127.0.0.1", "0x7f.1", "2130706433", "017700000001", "127.1"])
    func `numeric text never touches the resolver`(host: String) throws {
        let recorder = Recorder()
        let network = try Network(.posix.recorded(by: recorder))
        let socket = try network.socket(.ipv4, .datagram)
        try socket.bind(to: host, port: 0)
        _ = try socket.send("x", to: host, port: 9)
        try socket.connect(to: host, port: 9)
        #expect(try network.ipv4Address(ofHost: host) == .loopback)
        #expect(try socket.peerAddress() == .ipv4(.loopback, port: 9))
        #expect(recorder.resolutions.isEmpty)
    }

    @Test func `numeric IPv6 text and the special hosts never touch the resolver`() throws {
        let recorder = Recorder()
        let network = try Network(.posix.recorded(by: recorder))
        try network.socket(.ipv6, .datagram).connect(to: "::1", port: 9)
        try network.socket(.ipv4, .datagram).bind(to: "", port: 0)
        _ = code { () throws(SocketError) in try network.socket(.ipv4).connect(to: "::1", port: 9) }
        #expect(try network.ipv4Address(ofHost: "") == .any)
        #expect(try network.ipv4Address(ofHost: "<broadcast>") == .broadcast)
        #expect(recorder.resolutions.isEmpty)
        for host in ["", "127.0.0.1"] {
            let listener = try network.listen(host: host, port: 0)
            let port = try #require(try listener.localAddress().port)
            _ = try network.connect(to: host, port: Int(port), deadline: .net)
            _ = try network.connect("127.0.0.1:\(port)", deadline: .net)
        }
        _ = try network.listen("[::1]:0")
        #expect(recorder.resolutions.isEmpty)
        try network.socket(.ipv4).bind(to: "localhost", port: 0)
        #expect(recorder.resolutions.count == 1)
    }

    @Test(arguments: Backends.all, [-1, 65536, .max, .min]) func `a port out of range is refused everywhere`(
        backend: TestBackend, port: Int
    ) throws {
        let network = try backend.network()
        let socket = try network.socket(.ipv4, .datagram)
        let errors = [
            failure { () throws(SocketError) in try socket.bind(to: "", port: port) },
            failure { () throws(SocketError) in try socket.connect(to: "127.0.0.1", port: port) },
            failure { () throws(SocketError) in try socket.connectResult(to: "127.0.0.1", port: port) },
            failure { () throws(SocketError) in try socket.send("x", to: "127.0.0.1", port: port) },
            failure { () throws(SocketError) in try network.connect(to: "127.0.0.1", port: port) },
            failure { () throws(SocketError) in try network.listen(port: port) },
            failure { () throws(SocketError) in try network.addresses(of: "localhost", port: port) },
            failure { () throws(SocketError) in try network.serviceName(atPort: port) },
        ]
        for error in errors {
            #expect(error?.code == .invalidArgument)
            #expect(error?.description.contains("\(port)") == true)
        }
    }

    @Test(arguments: Backends.all) func `an address of another family is refused`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4)
        let error = failure { () throws(SocketError) in try socket.connect(to: "::1", port: 1) }
        #expect(error?.cause == .resolution(ResolutionError(.addressFamily)))
    }

    @Test(arguments: Backends.all) func `malformed hosts fail as names`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4)
        for host in ["256.0.0.1", "1.2.3.4.5", "a b", "..", "-", "127.0.0.1 "] {
            let error = failure { () throws(SocketError) in try socket.bind(to: host, port: 0) }
            #expect(error?.code == .resolutionFailed, "\(host)")
            #expect(error?.operation == .bind)
        }
        #expect(code { () throws(SocketError) in try socket.bind(to: "a\0b", port: 0) } == .invalidArgument)
    }
}

extension Recorder {
    var resolutions: [NameQuery] {
        events.compactMap { event in if case .resolved(let query, _, _) = event { query } else { nil } }
    }
}

@Suite struct `Helpers that connect and listen` {
    @Test(arguments: Backends.all) func `connect tries every address`(backend: TestBackend) throws {
        // The listener serves only one family, `localhost` may be both: whichever comes first, the other is tried.
        let network = try backend.network()
        for address in [SocketAddress.loopback4, .loopback6] {
            let listener = try network.listen(at: address)
            let port = Int(try listener.localAddress().port ?? 0)
            let found = try network.addresses(of: "localhost", port: port, type: .stream)
            guard found.contains(where: { $0.family == address.family }) else { continue }
            #expect(try network.connect(to: "localhost", port: port, deadline: .net).family == address.family)
        }
    }

    @Test func `connect goes on after an address that refuses`() throws {
        let plan = FaultPlan([.init(.connect, Failure(errno: .networkUnreachable))])
        let recorder = Recorder()
        let network = try Network(.posix.injecting(plan).recorded(by: recorder))
        let listener = try network.listen(port: 0)
        let port = Int(try listener.localAddress().port ?? 0)
        let several = try network.addresses(of: nil, port: port, type: .stream)
        try #require(several.count >= 2)
        let socket = try network.connect(to: "", port: port, deadline: .net)
        #expect(socket.family == several[1].family)
        // The socket of the failed attempt is closed, not leaked.
        #expect(recorder.operations(.open).count - recorder.operations(.close).count == 2)
    }

    @Test func `connect reports the last address's failure`() throws {
        let failures = [Errno.networkUnreachable, .noRouteToHost].map { FaultPlan.Rule(.connect, Failure(errno: $0)) }
        let network = try Network(.posix.injecting(FaultPlan(failures)))
        #expect(code { () throws(SocketError) in try network.connect(to: "", port: 9) } == .hostUnreachable)
    }

    @Test(arguments: Backends.all) func `a listener without a host serves both families`(backend: TestBackend) throws {
        let network = try backend.network()
        let listener = try network.listen(port: 0)
        let port = try listener.localAddress().port ?? 0
        #expect(listener.family == .ipv6)
        for ip in [IPAddress.v4(.loopback), .v6(.loopback)] {
            let client = try network.connect(to: SocketAddress(ip, port: port), deadline: .net)
            let (server, peer) = try listener.accept(deadline: .net)
            #expect(peer.unmapped.ip == ip)
            #expect(try peer.unmapped == client.localAddress())
            keep(server)
        }
    }

    /// Half of what was asked for would be a service that nobody by IPv6 reaches, or reaches another's.
    @Test(arguments: Backends.all) func `both families or none, where there are both`(backend: TestBackend) throws {
        let network = try backend.network()
        let other = try network.listen(port: 0, families: .ipv6)
        let port = Int(try other.localAddress().port ?? 0)
        #expect(code { () throws(SocketError) in try network.listen(port: port) } == .addressInUse)
        #expect(code { () throws(SocketError) in try network.listen(":\(port)") } == .addressInUse)
        #expect(try network.listen(port: port, families: .ipv4).family == .ipv4)
    }

    @Test(arguments: Backends.all, [ListenFamilies.ipv4, .ipv6]) func `a listener for one family serves only that`(
        backend: TestBackend, families: ListenFamilies
    ) throws {
        let network = try backend.network()
        let listener = try network.listen(port: 0, families: families)
        let port = try listener.localAddress().port ?? 0
        #expect(listener.family == (families == .ipv4 ? .ipv4 : .ipv6))
        let (own, other) =
            families == .ipv4 ? (IPAddress.v4(.loopback), IPAddress.v6(.loopback)) : (.v6(.loopback), .v4(.loopback))
        _ = try network.connect(to: SocketAddress(own, port: port), deadline: .net)
        #expect(
            code { () throws(SocketError) in try network.connect(to: SocketAddress(other, port: port)) }
                == .connectionRefused)
    }

    @Test(arguments: Backends.all) func `a listener on a host is bound to it`(backend: TestBackend) throws {
        let listener = try backend.network().listen(host: "127.0.0.1", port: 0)
        #expect(try listener.localAddress().ip == .v4(.loopback))
    }

    @Test(arguments: Backends.all) func `reusePort lets listeners share a port`(backend: TestBackend) throws {
        let network = try backend.network()
        let first = try network.listen(host: "127.0.0.1", port: 0, reusePort: true)
        let port = Int(try first.localAddress().port ?? 0)
        _ = try network.listen(host: "127.0.0.1", port: port, reusePort: true)
        #expect(code { () throws(SocketError) in try network.listen(host: "127.0.0.1", port: port) } == .addressInUse)
    }

    static let endpoints: [(text: String, family: AddressFamily, ip: String)] = [
        ("127.0.0.1:0", .ipv4, "127.0.0.1"), ("[::1]:0", .ipv6, "::1"), (":0", .ipv6, "::"), ("[::]:0", .ipv6, "::"),
        ("0.0.0.0:0", .ipv4, "0.0.0.0"),
    ]

    @Test(arguments: Backends.all, endpoints) func `endpoints are written as people write them`(
        backend: TestBackend, endpoint: (text: String, family: AddressFamily, ip: String)
    ) throws {
        let network = try backend.network()
        let listener = try network.listen(endpoint.text)
        #expect(listener.family == endpoint.family)
        #expect(try listener.localAddress().ip?.description == endpoint.ip)
        let datagrams = try network.datagrams(at: endpoint.text)
        #expect(datagrams.type == .datagram)
        let port = try listener.localAddress().port ?? 0
        let host = endpoint.family == .ipv4 ? "127.0.0.1" : "[::1]"
        _ = try network.connect("\(host):\(port)", deadline: .net)
    }

    @Test(arguments: Backends.all) func `an IPv6 endpoint for every address serves IPv4 too`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let listener = try network.listen("[::]:0")
        _ = try network.connect("127.0.0.1:\(listener.localAddress().port ?? 0)", deadline: .net)
    }

    @Test(arguments: Backends.all) func `a UNIX endpoint is a path or an abstract name`(backend: TestBackend) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        for text in ["unix:\(directory.path)/s", "unix:@sockets-\(directory.path)"] {
            let listener = try network.listen(text)
            let client = try network.connect(text, deadline: .net)
            #expect(try client.peerAddress() == listener.localAddress())
            #expect(code { () throws(SocketError) in try network.listen(text, reusePort: true) } == .invalidArgument)
        }
    }

    @Test(
        arguments: Backends.all,
        ["", "host", "::1:80", "[::1]", "[::1:80", "h:70000", "h:-1", "unix:", "http://h:80", "a b:80"])
    func `other text is refused, and named`(backend: TestBackend, text: String) throws {
        let network = try backend.network()
        for error in [
            failure({ () throws(SocketError) in try network.connect(text) }),
            failure({ () throws(SocketError) in try network.listen(text) }),
            failure({ () throws(SocketError) in try network.datagrams(at: text) }),
        ] {
            #expect(error?.code == .invalidAddress)
            #expect(error?.subject == .name(text))
        }
    }
}

extension Recorder {
    func operations(_ name: OperationName) -> [Operation] {
        events.compactMap { event in
            guard case .executed(let operation, _) = event, operation.name == name else { return nil }
            return operation
        }
    }
}
