import Sockets
import TestSupport
import Testing

@Suite struct `Modes and deadlines` {
    @Test(arguments: Backends.all) func `sockets start blocking, accepted ones too`(backend: TestBackend) throws {
        let network = try backend.network()
        let listener = try network.listen(at: .loopback4)
        listener.mode = .timeout(.seconds(20))
        let client = try network.connect(to: listener.localAddress(), deadline: .net)
        #expect(client.mode == .blocking)
        #expect(try listener.accept().connection.mode == .blocking)
    }

    @Test(arguments: Backends.all) func `what is set is read back`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4)
        for mode in [Socket.Mode.timeout(.milliseconds(1500)), .nonBlocking, .blocking] {
            socket.mode = mode
            #expect(socket.mode == mode)
        }
        socket.setBlocking(false)
        #expect(socket.mode == .nonBlocking)
        socket.setBlocking(true)
        #expect(socket.mode == .blocking)
        socket.mode = .timeout(.zero)
        #expect(socket.mode == .nonBlocking)
        socket.mode = .timeout(.seconds(-5))
        #expect(socket.mode == .nonBlocking)
        // Less than can be told apart is some time.
        socket.mode = .timeout(Duration(secondsComponent: 0, attosecondsComponent: 1))
        #expect(socket.mode == .timeout(.nanoseconds(1)))
    }

    @Test(arguments: Backends.all) func `in non-blocking mode calls never wait`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        defer { keep(b) }
        a.mode = .nonBlocking
        #expect(code { () throws(SocketError) in try a.receive(1) } == .wouldBlock)
        #expect(failure { () throws(SocketError) in try a.receive(1) }?.errno == .resourceTemporarilyUnavailable)
        try a.fill()
        #expect(code { () throws(SocketError) in try a.send("x") } == .wouldBlock)
        let listener = try network.listen(at: .loopback4)
        listener.mode = .nonBlocking
        #expect(code { () throws(SocketError) in try listener.accept() } == .wouldBlock)
    }

    @Test(arguments: Backends.all) func `a timeout ends every call that waits`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        defer { keep(b) }
        a.mode = .timeout(.milliseconds(5))
        var memory: [UInt8] = [0]
        #expect(code { () throws(SocketError) in try a.receive(1) } == .timedOut)
        #expect(code { () throws(SocketError) in try a.receive(into: &memory) } == .timedOut)
        #expect(code { () throws(SocketError) in try a.receiveFrom(1) } == .timedOut)
        #expect(code { () throws(SocketError) in try a.receiveMessage(1) } == .timedOut)
        #expect(code { () throws(SocketError) in try a.receiveBatch(1, of: 1) } == .timedOut)
        #expect(code { () throws(SocketError) in try a.receiveExactly(1) } == .timedOut)
        try a.fill()
        #expect(code { () throws(SocketError) in try a.send("x") } == .timedOut)
        #expect(code { () throws(SocketError) in try a.sendAll("x") } == .timedOut)
        #expect(code { () throws(SocketError) in try a.sendMessage(["x", "y"]) } == .timedOut)
        #expect(code { () throws(SocketError) in try a.sendBatch([OutgoingMessage([1])]) } == .timedOut)
        let listener = try network.listen(at: .loopback4)
        listener.mode = .timeout(.milliseconds(5))
        #expect(code { () throws(SocketError) in try listener.accept() } == .timedOut)
    }

    @Test(arguments: Backends.all) func `a call's own deadline wins over the mode`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        a.mode = .nonBlocking
        #expect(code { () throws(SocketError) in try a.receive(1, deadline: .within(.milliseconds(5))) } == .timedOut)
        a.mode = .blocking
        #expect(code { () throws(SocketError) in try a.receive(1, deadline: .immediate) } == .wouldBlock)
        #expect(code { () throws(SocketError) in try a.receive(1, deadline: .within(.seconds(-1))) } == .timedOut)
        #expect(
            code { () throws(SocketError) in try a.receive(1, deadline: .at(NetworkInstant(nanoseconds: 0))) }
                == .timedOut)
        a.mode = .nonBlocking
        _ = try b.send("x")
        #expect(try a.receive(1, deadline: .never)?.count == 1)
    }

    @Test(arguments: Backends.all) func `data that is there is received though the deadline has passed`(
        backend: TestBackend
    ) throws {
        let (a, b) = try backend.network().socketPair()
        _ = try b.send("x")
        #expect(try a.receive(1, deadline: .at(NetworkInstant(nanoseconds: 0)))?.count == 1)
    }

    @Test(arguments: Backends.all) func `doNotWait holds for one call`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        defer { keep(b) }
        #expect(code { () throws(SocketError) in try a.receive(1, flags: .doNotWait) } == .wouldBlock)
        #expect(code { () throws(SocketError) in try a.receiveMessage(1, flags: .doNotWait) } == .wouldBlock)
        #expect(code { () throws(SocketError) in try a.receiveBatch(1, of: 1, flags: .doNotWait) } == .wouldBlock)
        try a.fill()
        #expect(code { () throws(SocketError) in try a.send("x", flags: .doNotWait) } == .wouldBlock)
    }

    @Test(arguments: Backends.all) func `the kernel's receive and send timeouts are honoured`(backend: TestBackend)
        throws
    {
        let (a, b) = try backend.network().socketPair()
        defer { keep(b) }
        try a.set(.socket.receiveTimeout, .milliseconds(5))
        try a.setOption(.socket, 21, bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0x88, 0x13, 0, 0, 0, 0, 0, 0])
        // The kernel rounds to its ticks.
        #expect(try a.get(.socket.sendTimeout) >= .milliseconds(5))
        #expect(code { () throws(SocketError) in try a.receive(1) } == .timedOut)
        let copy = try a.duplicate()
        #expect(code { () throws(SocketError) in try copy.receive(1) } == .timedOut)
        try a.fill()
        #expect(code { () throws(SocketError) in try a.send("x") } == .timedOut)
        try a.set(.socket.receiveTimeout, .zero)
        _ = try b.send("x")
        #expect(try a.receive(1)?.count == 1)
    }

    @Test(arguments: Backends.all) func `connections inherit the listener's kernel timeouts`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let listener = try network.listen(at: .loopback4)
        try listener.set(.socket.receiveTimeout, .seconds(7))
        let client = try network.connect(to: listener.localAddress(), deadline: .net)
        defer { keep(client) }
        let connection = try listener.accept(deadline: .net).connection
        #expect(try connection.get(.socket.receiveTimeout) == .seconds(7))
    }

    @Test(arguments: Backends.all) func `a network sleeps and tells the time`(backend: TestBackend) throws {
        let network = try backend.network()
        let start = network.now
        try network.sleep(for: .milliseconds(3))
        #expect(start.duration(to: network.now) >= .milliseconds(3))
        try network.sleep(for: .seconds(-1))
        try network.sleep(until: start)
        try network.sleep(until: .distantPast)
    }

    @Test(arguments: Backends.all) func `randomness differs from call to call`(backend: TestBackend) throws {
        var random = try backend.network().random
        #expect(Set((0..<8).map { _ in random.next() }).count == 8)
    }

    @Test(arguments: Backends.all) func `a spawned thread can be waited for`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let thread = try network.spawn("a name of more than fifteen bytes") { _ = try? a.send("done") }
        try thread.join()
        try thread.join()
        #expect(try b.receive(9, deadline: .immediate)?.description == "done")
    }
}

@Suite struct `Polling` {
    @Test(arguments: Backends.all) func `the sockets that are ready are told among many`(backend: TestBackend) throws {
        let network = try backend.network()
        let pairs = try (0..<50).map { _ in try network.socketPair() }
        for index in [7, 31] { _ = try pairs[index].1.send("x") }
        let events = try network.poll(pairs.map { PollRequest($0.0, .readable) }, deadline: .net)
        #expect(events.indices.filter { events[$0].contains(.readable) } == [7, 31])
        #expect(events.count == 50)
    }

    @Test(arguments: Backends.all) func `nothing ready in time is empty, not an error`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let requests = [PollRequest(a, .readable), PollRequest(b, .readable)]
        #expect(try network.poll(requests, deadline: .immediate) == [[], []])
        #expect(try network.poll(requests, deadline: .within(.milliseconds(3))) == [[], []])
        #expect(try network.poll([], deadline: .immediate).isEmpty)
    }

    @Test(arguments: Backends.all) func `a socket waits for events of its own`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        #expect(try a.wait(for: .writable, deadline: .net) == .writable)
        #expect(try a.wait(for: .readable, deadline: .immediate) == [])
        try b.close()
        #expect(try a.wait(for: .readable, deadline: .net).isSuperset(of: [.readable, .hangUp]))
    }

    @Test(arguments: Backends.all) func `polling a closed socket is refused`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        try b.close()
        #expect(
            code { () throws(SocketError) in try network.poll([PollRequest(a, .readable), PollRequest(b, .readable)]) }
                == .closed)
        try a.close()
        #expect(code { () throws(SocketError) in try a.wait(for: .readable) } == .closed)
    }

    @Test(arguments: Backends.all) func `a socket may be polled twice in one call`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        defer { keep(b) }
        let events = try network.poll([PollRequest(a, .readable), PollRequest(a, .writable)], deadline: .net)
        #expect(events == [[], .writable])
    }

    @Test(arguments: Backends.all) func `another network's sockets are refused`(backend: TestBackend) throws {
        let network = try backend.network()
        let stranger = try backend.network().socket(.ipv4)
        #expect(
            code { () throws(SocketError) in try network.poll([PollRequest(stranger, .writable)], deadline: .immediate)
            } == .invalidArgument)
        let (a, b) = try network.socketPair()
        defer { keep(b) }
        #expect(code { () throws(SocketError) in try a.send("x", passing: [stranger]) } == .invalidArgument)
    }
}
