import Sockets
import TestSupport
import Testing

@Suite struct `Binding, listening and connecting` {
    @Test(arguments: Backends.all, [SocketAddress.loopback4, .loopback6]) func `a bound socket knows its address`(
        backend: TestBackend, address: SocketAddress
    ) throws {
        let socket = try backend.network().socket(address.family)
        try socket.bind(to: address)
        let local = try socket.localAddress()
        #expect(local.ip == address.ip)
        #expect((local.port ?? 0) > 0)
    }

    @Test(arguments: Backends.all) func `an unbound socket has no port, a UNIX one no name`(backend: TestBackend) throws
    {
        let network = try backend.network()
        #expect(try network.socket(.ipv4).localAddress() == .ipv4(.any, port: 0))
        #expect(try network.socket(.unix).localAddress() == .unix(.unnamed))
    }

    @Test(arguments: Backends.all, [SocketAddress.loopback4, .loopback6]) func `both ends agree on the addresses`(
        backend: TestBackend, address: SocketAddress
    ) throws {
        let network = try backend.network()
        let listener = try network.listen(at: address)
        let client = try network.connect(to: listener.localAddress(), deadline: .net)
        let (server, peer) = try listener.accept(deadline: .net)
        #expect(try peer == client.localAddress())
        #expect(try server.peerAddress() == client.localAddress())
        #expect(try client.peerAddress() == server.localAddress())
        #expect(server.family == address.family)
    }

    @Test(arguments: Backends.all) func `a socket is prepared before it connects`(backend: TestBackend) async throws {
        try await backend.run { network in
            let listener = try await network.listen(host: "localhost", port: 0)
            let address = try listener.localAddress()
            let own: Network.Preparation = { socket in
                try socket.set(.tcp.noDelay, true)
                try socket.bind(to: socket.family == .ipv6 ? "::1" : "127.0.0.2", port: 0)
            }
            let sockets = [
                try await network.connect(to: address, preparing: own),
                try await network.connect(to: "localhost", port: Int(address.port ?? 0), preparing: own),
                try await network.connect("localhost:\(address.port ?? 0)", preparing: own),
            ]
            for socket in sockets {
                #expect(try socket.get(.tcp.noDelay))
                #expect(
                    try socket.localAddress().ip
                        == (socket.family == .ipv6 ? .v6(.loopback) : .v4(IPv4Address(127, 0, 0, 2))))
                try await listener.accept(deadline: .net).0.close()
            }
            // What a socket cannot be given is why its attempt fails.
            let failure = await failure {
                _ = try await network.connect(
                    to: "localhost", port: Int(address.port ?? 0),
                    preparing: { socket in
                        try socket.bind(to: socket.family == .ipv6 ? "2001:db8::7" : "192.0.2.7", port: 0)
                    })
            }
            #expect(failure?.code == .addressNotAvailable)
        }
    }

    @Test(arguments: Backends.all) func `a socket is prepared by the blocking calls, too`(backend: TestBackend) throws {
        try backend.runBlocking { network in
            let listener = try network.listen(host: "localhost", port: 0)
            let address = try listener.localAddress()
            let own: Network.Preparation = { socket in try socket.set(.tcp.noDelay, true) }
            let sockets = [
                try network.connect(to: address, preparing: own),
                try network.connect(to: "localhost", port: Int(address.port ?? 0), preparing: own),
                try network.connect("localhost:\(address.port ?? 0)", preparing: own),
            ]
            for socket in sockets { #expect(try socket.get(.tcp.noDelay)) }
        }
    }

    @Test(arguments: Backends.all) func `UNIX sockets meet at a path`(backend: TestBackend) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let listener = try network.listen(at: directory.address())
        let client = try network.connect(to: directory.address(), deadline: .net)
        let (server, peer) = try listener.accept(deadline: .net)
        #expect(peer == .unix(.unnamed))
        #expect(try client.peerAddress() == directory.address())
        try client.sendAll("x")
        #expect(try server.receive(1, deadline: .net)?.count == 1)
    }

    @Test(arguments: Backends.all) func `a path whose socket is gone stays, and refuses`(backend: TestBackend) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let address = directory.address("gone")
        try network.listen(at: address).close()
        #expect(code { () throws(SocketError) in try network.connect(to: address) } == .connectionRefused)
        #expect(code { () throws(SocketError) in _ = try network.listen(at: address) } == .addressInUse)
    }

    @Test(arguments: Backends.all) func `a path may be as long as the system allows`(backend: TestBackend) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let name = String(repeating: "n", count: 108 - directory.path.utf8.count - 1)
        let address = directory.address(name)
        let listener = try network.listen(at: address)
        #expect(try listener.localAddress() == address)
        #expect(throws: AddressError.self) { try UNIXAddress(path: directory.path + "/" + name + "x") }
    }

    @Test(arguments: Backends.all) func `abstract names may hold any bytes`(backend: TestBackend) throws {
        let network = try backend.network()
        let name: [UInt8] = [0, 255, 10] + Array("swift-sockets-\(network.random.description)".utf8)
        let address = SocketAddress.unix(try UNIXAddress(abstract: name))
        let listener = try network.listen(at: address)
        #expect(try listener.localAddress() == address)
        let client = try network.connect(to: address, deadline: .net)
        #expect(try client.peerAddress() == address)
    }

    @Test(arguments: Backends.all) func `what nobody has is refused, with the address in the text`(backend: TestBackend)
        throws
    {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let vacant = try network.vacantAddress()
        let error = failure { () throws(SocketError) in try network.connect(to: vacant, deadline: .net) }
        #expect(error?.code == .connectionRefused)
        #expect(error?.operation == .connect)
        #expect(error?.subject == .address(vacant))
        #expect(error?.description.contains("\(vacant)") == true)
        #expect(code { () throws(SocketError) in try network.connect(to: directory.address()) } == .notFound)
    }

    @Test(arguments: Backends.all) func `an address is bound once`(backend: TestBackend) throws {
        let network = try backend.network()
        let first = try network.udp()
        let address = try first.localAddress()
        #expect(code { () throws(SocketError) in try network.udp(address) } == .addressInUse)
        #expect(code { () throws(SocketError) in try first.bind(to: .loopback4) } == .invalidArgument)
        try first.close()
        _ = try network.udp(address)
    }

    @Test(arguments: Backends.all) func `an address of another host cannot be bound`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4)
        #expect(code { () throws(SocketError) in try socket.bind(to: "192.0.2.1", port: 0) } == .addressNotAvailable)
    }

    @Test(arguments: Backends.all) func `connectResult returns the number instead of throwing`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let listener = try network.listen(at: .loopback4)
        let address = try listener.localAddress()
        #expect(try network.socket(.ipv4).connectResult(to: address, deadline: .net) == nil)
        #expect(
            try network.socket(.ipv4).connectResult(to: network.vacantAddress(), deadline: .net) == .connectionRefused)
        let twice = try network.socket(.ipv4)
        try twice.connect(to: address, deadline: .net)
        #expect(try twice.connectResult(to: address) == .socketIsConnected)
        let closed = try network.socket(.ipv4)
        try closed.close()
        #expect(code { () throws(SocketError) in try closed.connectResult(to: address) } == .closed)
    }

    @Test(arguments: Backends.all) func `connectResult throws what connect never answers`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4)
        #expect(
            code { () throws(SocketError) in try socket.connectResult(to: "127.0.0.1", port: 70_000) }
                == .invalidArgument)
        #expect(code { () throws(SocketError) in try socket.connectResult(to: "::1", port: 1) } == .resolutionFailed)
    }

    @Test(arguments: Backends.all) func `a connect begun without waiting is finished by poll`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let listener = try network.listen(at: .loopback4)
        let socket = try network.socket(.ipv4)
        let begun = try socket.connectResult(to: listener.localAddress(), deadline: .immediate)
        #expect(begun == nil || begun == .nowInProgress)
        #expect(try socket.wait(for: .writable, deadline: .net).contains(.writable))
        #expect(try socket.get(.socket.error) == nil)
        #expect(try socket.peerAddress() == listener.localAddress())
    }

    @Test(arguments: Backends.all) func `a full UNIX backlog lets time run out, then makes room`(backend: TestBackend)
        throws
    {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let (socket, keep:others, _) = try ParkedCall.connect.prepare(network, directory)
        let address = directory.address("full")
        #expect(
            code { () throws(SocketError) in try socket.connect(to: address, deadline: .within(.milliseconds(4))) }
                == .timedOut)
        #expect(
            try socket.connectResult(to: address, deadline: .within(.milliseconds(4)))
                == .resourceTemporarilyUnavailable)
        let waiting = try Aside(network) { () throws(SocketError) in try socket.connect(to: address, deadline: .net) }
        waiting.awaitParked()
        _ = try others.last?.accept(deadline: .net)
        #expect(waiting.failure() == nil)
    }

    @Test(arguments: Backends.all) func `wrong states are told`(backend: TestBackend) throws {
        let network = try backend.network()
        let stream = try network.socket(.ipv4)
        #expect(code { () throws(SocketError) in try stream.accept() } == .invalidArgument)
        #expect(code { () throws(SocketError) in try stream.receive(1) } == .notConnected)
        #expect(code { () throws(SocketError) in try stream.send("x") } == .brokenPipe)
        #expect(code { () throws(SocketError) in try stream.peerAddress() } == .notConnected)
        #expect(code { () throws(SocketError) in try network.udp().listen() } == .unsupported)
        #expect(code { () throws(SocketError) in try network.udp().accept() } == .unsupported)
        #expect(code { () throws(SocketError) in try network.udp().send("x") } == .notConnected)
        #expect(code { () throws(SocketError) in try stream.connect(to: .loopback6) } == .unsupported)
    }

    @Test(arguments: Backends.all) func `a backlog of any size is accepted`(backend: TestBackend) throws {
        let network = try backend.network()
        for backlog in [Int.min, -1, 0, 1, .max] {
            let socket = try network.socket(.ipv4)
            try socket.bind(to: .loopback4)
            try socket.listen(backlog: backlog)
            #expect(try socket.get(.socket.isListening))
        }
    }

    @Test(arguments: Backends.all) func `a zone that is no interface is told`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv6)
        let address = try SocketAddress(parsing: "[fe80::1%nosuch0]:9")
        let error = failure { () throws(SocketError) in try socket.bind(to: address) }
        #expect(error?.code == .notFound)
        #expect(error?.description.contains("nosuch0") == true)
    }
}

extension NetworkRandom {
    fileprivate var description: String {
        var copy = self
        return String(copy.next(), radix: 16)
    }
}
