import Sockets
import TestSupport
import Testing

@Suite struct `Making sockets` {
    static let kinds: [(AddressFamily, SocketType)] = [
        (.ipv4, .stream), (.ipv4, .datagram), (.ipv6, .stream), (.ipv6, .datagram), (.unix, .stream),
        (.unix, .datagram),
        (.unix, .sequencedPacket),
    ]

    @Test(arguments: Backends.all, kinds) func `a socket knows its family and type`(
        backend: TestBackend, kind: (AddressFamily, SocketType)
    ) throws {
        let socket = try backend.network().socket(kind.0, kind.1)
        #expect(socket.family == kind.0)
        #expect(socket.type == kind.1)
        #expect(try socket.get(.socket.type) == kind.1)
        #expect(try socket.get(.socket.family) == kind.0)
    }

    @Test(arguments: Backends.all) func `a socket says what it is, and whose`(backend: TestBackend) throws {
        let network = try backend.network()
        let (client, server) = try network.tcpPair()
        let peer = try client.peerAddress()
        #expect("\(client)".hasPrefix("AF_INET SOCK_STREAM socket "))
        #expect("\(client)".hasSuffix(", peer \(peer)"))
        #expect(try "\(network.socket(.ipv6, .datagram))".contains(",") == false)
        try server.close()
        #expect("\(server)" == "closed AF_INET SOCK_STREAM socket")
    }

    /// As the kernel: such numbers are no kinds of sockets at all.
    @Test(arguments: Backends.all) func `numbers beyond all types and protocols are malformed`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        for type in [-1, 11, 99] as [Int32] {
            #expect(
                code { () throws(SocketError) in try network.socket(.ipv4, SocketType(rawValue: type)) }
                    == .invalidArgument)
        }
        for number in [-1, 300] as [Int32] {
            #expect(
                code { () throws(SocketError) in
                    try network.socket(.ipv4, .stream, protocol: IPProtocol(rawValue: number))
                } == .invalidArgument)
        }
    }

    @Test(arguments: Backends.all) func `a protocol can be asked for`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv6, .datagram, protocol: .udp)
        #expect(socket.protocol == .udp)
        #expect(try socket.get(.socket.protocol) == .udp)
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess)) func `descriptors are close-on-exec`(
        backend: TestBackend
    ) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let sockets = try [a, b, a.duplicate(), network.socket(.ipv4), network.tcpPair().server]
        for socket in sockets { #expect(try Process.isCloseOnExec(socket.descriptor())) }
    }

    @Test(arguments: Backends.all) func `a combination the system does not know is refused`(backend: TestBackend) throws
    {
        let network = try backend.network()
        #expect(
            failure { () throws(SocketError) in try network.socket(.ipv4, .stream, protocol: .udp) }?.errno
                == .protocolNotSupported)
        #expect(code { () throws(SocketError) in try network.socket(AddressFamily(rawValue: 250)) } == .unsupported)
        #expect(code { () throws(SocketError) in try network.socket(.ipv4, SocketType(rawValue: 99)) } != nil)
        #expect(code { () throws(SocketError) in try network.socket(.ipv4, SocketType(rawValue: 0x1001)) } != nil)
    }

    @Test(arguments: Backends.all) func `flags of a type are none of the type's`(backend: TestBackend) throws {
        let network = try backend.network()
        let flags = SocketTypeFlags([.nonBlocking, .closeOnExec]).rawValue
        let socket = try network.socket(.ipv4, SocketType(rawValue: SocketType.stream.rawValue | flags))
        #expect(socket.type == .stream && socket.mode == .nonBlocking)
        let (a, b) = try network.socketPair(.unix, SocketType(rawValue: SocketType.stream.rawValue | 0x80000))
        #expect(a.type == .stream && a.mode == .blocking)
        try b.close()
        #expect(try a.receive() == nil)
    }

    @Test(arguments: Backends.all, [SocketType.stream, .datagram, .sequencedPacket])
    func `a pair is connected both ways`(backend: TestBackend, type: SocketType) throws {
        let (a, b) = try backend.network().socketPair(.unix, type)
        try a.sendAll("there")
        try b.sendAll("back")
        #expect(try b.receive(10, deadline: .net)?.description == "there")
        #expect(try a.receive(10, deadline: .net)?.description == "back")
    }

    @Test(arguments: Backends.all) func `only families with pairs give a pair`(backend: TestBackend) throws {
        let network = try backend.network()
        #expect(failure { () throws(SocketError) in try network.socketPair(.ipv4) }?.errno == .notSupportedOnSocket)
    }

    @Test(arguments: Backends.all) func `a descriptor is the socket's until it closes`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4)
        let number = try socket.descriptor()
        #expect(number >= 0)
        #expect(try socket.descriptor() == number)
        try socket.close()
        #expect(code { () throws(SocketError) in try socket.descriptor() } == .closed)
    }

    @Test(arguments: Backends.all) func `a duplicate shares the connection`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let copy = try a.duplicate()
        #expect(copy.family == .unix)
        #expect(copy.type == .stream)
        try copy.sendAll("x")
        try a.sendAll("y")
        #expect(try b.receiveExactly(2, deadline: .net).description == "xy")
    }

    @Test(arguments: Backends.all) func `a duplicate starts in the original's mode and keeps its own`(
        backend: TestBackend
    ) throws {
        let (a, peer) = try backend.network().socketPair()
        defer { keep(peer) }
        a.mode = .nonBlocking
        let copy = try a.duplicate()
        #expect(copy.mode == .nonBlocking)
        copy.mode = .blocking
        #expect(a.mode == .nonBlocking)
    }

    @Test(arguments: Backends.all) func `a duplicate outlives the original`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let copy = try a.duplicate()
        try a.close()
        try copy.sendAll("still here")
        #expect(try b.receive(20, deadline: .net)?.description == "still here")
    }
}
