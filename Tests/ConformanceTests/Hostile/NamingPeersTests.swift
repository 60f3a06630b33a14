import Sockets
import TestSupport
import Testing

/// What a server logs of a connection that broke says whose it was, though the kernel has no peer to report any more.
@Suite struct `Errors of connections name the peer` {
    @Test(arguments: Backends.all, [SocketAddress.loopback4, .loopback6]) func `that has reset it`(
        backend: TestBackend, address: SocketAddress
    ) async throws {
        try await backend.run { network in
            let listener = try network.listen(at: address)
            let client = try await network.connect(to: listener.localAddress(), deadline: .net)
            let (server, peer) = try await listener.accept(deadline: .net)
            try client.reset()
            let received = try #require(await failure { _ = try await server.receive() })
            #expect(received.code == .connectionReset)
            #expect(received.subject == .address(peer))
            #expect(received.description.hasPrefix("recv \(peer): Connection reset by peer (ECONNRESET)"))
            #expect(code { () throws(SocketError) in try server.peerAddress() } == .notConnected)
            let sent = try #require(await failure { try await server.sendAll("x") })
            #expect(sent.code == .brokenPipe)
            #expect(sent.subject == .address(peer))
            let written = try #require(await failure { _ = try await server.sendMessage(["x"]) })
            #expect(written.subject == .address(peer))
        }
    }

    /// What C has for it, which `getpeername(2)` has not.
    @Test(arguments: Backends.all) func `and SO_PEERNAME reads it after the connection has broken`(
        backend: TestBackend
    ) throws {
        let network = try backend.network()
        let (client, server) = try network.tcpPair()
        let before = try server.get(.socket.peerName)
        #expect(before.count == 16)
        try client.reset()
        _ = failure { () throws(SocketError) in try server.receive(1) }
        #expect(code { () throws(SocketError) in try server.peerAddress() } == .notConnected)
        #expect(try server.get(.socket.peerName) == before)
    }

    @Test(arguments: Backends.all) func `that a blocking call has waited for in vain`(backend: TestBackend) throws {
        let network = try backend.network()
        let (client, server) = try network.tcpPair()
        let peer = SocketError.Subject.address(try server.localAddress())
        let late = failure { () throws(SocketError) in try client.receive(1, deadline: .within(.milliseconds(1))) }
        #expect(late?.code == .timedOut)
        #expect(late?.subject == peer)
        try server.sendAll("half")
        try server.shutdown(.send)
        let short = failure { () throws(SocketError) in try client.receiveExactly(10, deadline: .net) }
        #expect(short?.code == .endOfStream)
        #expect(short?.subject == peer)
    }

    @Test(arguments: Backends.all) func `that is not there, of datagrams`(backend: TestBackend) async throws {
        try await backend.run { network in
            let vacant = try network.vacantAddress()
            let socket = try network.udp()
            try await socket.connect(to: vacant)
            _ = try await socket.send("x")
            let refused = await failure { _ = try await socket.receive(deadline: .net) }
            #expect(refused?.code == .connectionRefused)
            #expect(refused?.subject == .address(vacant))
        }
    }

    @Test(arguments: Backends.all) func `by the path it listens at`(backend: TestBackend) async throws {
        try await backend.run { network in
            let folder = TemporaryDirectory()
            let path = folder.address()
            let listener = try network.listen(at: path)
            let client = try await network.connect(to: path, deadline: .net)
            try await listener.accept(deadline: .net).connection.close()
            let broken = await failure { try await client.sendAll("x") }
            #expect(broken?.code == .brokenPipe)
            #expect(broken?.subject == .address(path))
        }
    }

    @Test(arguments: Backends.all) func `and nobody where there is none, or it is not the peer's matter`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let socket = try network.udp()
            let (a, b) = try network.socketPair()
            let (client, server) = try await network.tcpPair()
            for waiting in [socket, a] {
                let late = await failure { _ = try await waiting.receive(deadline: .within(.milliseconds(1))) }
                #expect(late?.code == .timedOut)
                #expect(late?.subject == nil)
            }
            let hasty = await failure { _ = try await client.receive(deadline: .immediate) }
            #expect(hasty?.subject == nil)
            try await client.close()
            let closed = await failure { _ = try await client.receive() }
            #expect(closed?.code == .closed)
            #expect(closed?.subject == nil)
            keep(server, b)
        }
    }

    /// The look is none of the program's operations: a recording replays, and counts of faults stay true.
    @Test func `without an operation that a recorder would see`() throws {
        let recorder = Recorder()
        let network = try Network(.posix.recorded(by: recorder))
        let (client, server) = try network.tcpPair()
        try client.reset()
        let before = recorder.events.count
        #expect(failure { () throws(SocketError) in try server.receive(1) }?.subject != nil)
        #expect(recorder.events.count == before + 1)
    }
}
