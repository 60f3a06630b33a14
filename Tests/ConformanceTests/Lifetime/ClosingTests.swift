import ProcessControl
import Sockets
import TestSupport
import Testing

/// Every call that can be parked, started on a socket of its own; what must be kept alive meanwhile.
enum ParkedCall: String, CaseIterable, Sendable {
    case receive, receiveFrom, receiveMessage, receiveBatch, accept, connect, send, sendMessage, sendFile, wait,
        sendToFull

    func prepare(_ network: Network, _ directory: TemporaryDirectory) throws -> (Socket, keep: [Socket], call: Call) {
        switch self {
        case .receive: return try onPair(network) { socket throws(SocketError) in _ = try socket.receive(1) }
        case .receiveFrom: return try onPair(network) { socket throws(SocketError) in _ = try socket.receiveFrom(1) }
        case .receiveMessage:
            return try onPair(network) { socket throws(SocketError) in _ = try socket.receiveMessage(1) }
        case .receiveBatch:
            return try onPair(network) { socket throws(SocketError) in _ = try socket.receiveBatch(2, of: 1) }
        case .wait: return try onPair(network) { socket throws(SocketError) in _ = try socket.wait(for: .readable) }
        case .send:
            return try onPair(network, filled: true) { socket throws(SocketError) in _ = try socket.send("x") }
        case .sendMessage:
            return try onPair(network, filled: true) { socket throws(SocketError) in
                _ = try socket.sendMessage(["x", "y"])
            }
        case .sendFile:
            let file = directory.file([1, 2, 3])
            return try onPair(network, filled: true) { socket throws(SocketError) in
                defer { Process.close(file) }
                _ = try socket.sendFile(file)
            }
        case .accept:
            let listener = try network.listen(at: .loopback4)
            return (listener, [], { socket throws(SocketError) in _ = try socket.accept() })
        case .connect:
            let address = directory.address("full")
            let listener = try network.listen(at: address, backlog: 1)
            var waiting: [Socket] = []
            while true {
                let next = try network.socket(.unix)
                guard try next.connectResult(to: address, deadline: .immediate) == nil else { break }
                waiting.append(next)
            }
            return (
                try network.socket(.unix), waiting + [listener],
                { socket throws(SocketError) in try socket.connect(to: address) }
            )
        case .sendToFull:
            let address = directory.address("datagrams")
            let receiver = try network.socket(.unix, .datagram)
            try receiver.bind(to: address)
            let sender = try network.socket(.unix, .datagram)
            while code({ () throws(SocketError) in try sender.send("x", to: address, deadline: .immediate) }) == nil {}
            return (sender, [receiver], { socket throws(SocketError) in try socket.send("x", to: address) })
        }
    }

    typealias Call = @Sendable (Socket) throws(SocketError) -> Void

    private func onPair(
        _ network: Network, filled: Bool = false, _ call: @escaping Call
    ) throws(SocketError) -> (Socket, keep: [Socket], call: Call) {
        let (a, b) = try network.socketPair()
        if filled { try a.fill() }
        return (a, [b], call)
    }
}

@Suite struct `Closing` {
    @Test(arguments: Backends.all, ParkedCall.allCases) func `closing wakes whoever waits`(
        backend: TestBackend, parked: ParkedCall
    ) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let (socket, others, call) = try parked.prepare(network, directory)
        let waiting = try Aside(network) { () throws(SocketError) in try call(socket) }
        waiting.awaitParked()
        try socket.close()
        #expect(waiting.failure()?.code == .closed)
        keep(others, directory)
    }

    @Test(arguments: Backends.all, [ParkedCall.receive, .accept, .wait])
    func `detaching wakes whoever waits and leaves the descriptor usable`(backend: TestBackend, parked: ParkedCall)
        throws
    {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let (socket, others, call) = try parked.prepare(network, directory)
        let waiting = try Aside(network) { () throws(SocketError) in try call(socket) }
        waiting.awaitParked()
        let again = try network.adopt(descriptor: socket.detach())
        #expect(waiting.failure()?.code == .closed)
        // Nothing of the cancel sticks to the number.
        #expect(try again.wait(for: .readable, deadline: .within(.milliseconds(1))) == [])
        keep(others, directory)
    }

    @Test(arguments: Backends.all) func `all who wait are woken, readers and writers`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        defer { keep(b) }
        try a.fill()
        let waiting = try (0..<12).map { index in
            try Aside(network) { () throws(SocketError) in
                if index % 2 == 0 { _ = try a.receive(1) } else { _ = try a.send("x") }
            }
        }
        waiting.forEach { $0.awaitParked() }
        try a.close()
        for one in waiting { #expect(one.failure()?.code == .closed) }
    }

    @Test(arguments: Backends.all) func `a duplicate lives on when the original is closed under a reader`(
        backend: TestBackend
    ) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let copy = try a.duplicate()
        let waiting = try Aside(network) { () throws(SocketError) in try a.receive(1) }
        let other = try Aside(network) { () throws(SocketError) in try copy.receive(1, deadline: .net) }
        waiting.awaitParked()
        other.awaitParked()
        try a.close()
        #expect(waiting.failure()?.code == .closed)
        try b.sendAll("x")
        #expect(try other.outcome().get()?.description == "x")
        try copy.sendAll("back")
        #expect(try b.receive(9, deadline: .net)?.description == "back")
    }

    @Test(arguments: Backends.all) func `a poll over many tells which one was closed`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let waiting = try Aside(network) { () throws(SocketError) in
            try network.poll([PollRequest(a, .readable), PollRequest(b, .readable)])
        }
        waiting.awaitParked()
        try b.close()
        let events = try waiting.outcome().get()
        #expect(events[1].contains(.invalid))
    }

    @Test(arguments: Backends.all) func `a second close is harmless`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        try a.close()
        try a.close()
        #expect(a.isClosed)
        // Were the number closed twice, somebody else would lose it.
        #expect(!b.isClosed)
        try b.close()
    }

    @Test(arguments: Backends.all) func `every call fails once the socket is closed`(backend: TestBackend) throws {
        let network = try backend.network()
        let socket = try network.socket(.ipv4)
        try socket.close()
        var (bytes, arrays): ([UInt8], [[UInt8]]) = ([0], [[0]])
        let address = SocketAddress.loopback4
        let calls: [(OperationName, () throws(SocketError) -> Void)] = [
            (.bind, { () throws(SocketError) in try socket.bind(to: address) }),
            (.listen, { () throws(SocketError) in try socket.listen() }),
            (.accept, { () throws(SocketError) in _ = try socket.accept() }),
            (.connect, { () throws(SocketError) in try socket.connect(to: address) }),
            (.connect, { () throws(SocketError) in _ = try socket.connectResult(to: address) }),
            (.localAddress, { () throws(SocketError) in _ = try socket.localAddress() }),
            (.peerAddress, { () throws(SocketError) in _ = try socket.peerAddress() }),
            (.shutdown, { () throws(SocketError) in try socket.shutdown() }),
            (.send, { () throws(SocketError) in _ = try socket.send("x") }),
            (.send, { () throws(SocketError) in try socket.sendAll("") }),
            (.sendMessage, { () throws(SocketError) in try socket.send("x", to: address) }),
            (.sendMessage, { () throws(SocketError) in try socket.sendMessage(["x"]) }),
            (.sendBatch, { () throws(SocketError) in _ = try socket.sendBatch([OutgoingMessage([1])]) }),
            (.sendFile, { () throws(SocketError) in try socket.sendFile(0) }),
            (.receive, { () throws(SocketError) in _ = try socket.receive(1) }),
            (.receive, { () throws(SocketError) in _ = try socket.receive(0) }),
            (.receive, { () throws(SocketError) in _ = try socket.receiveExactly(1) }),
            (.receive, { () throws(SocketError) in _ = try socket.receive(into: &bytes) }),
            (.receiveMessage, { () throws(SocketError) in _ = try socket.receiveFrom(1) }),
            (.receiveMessage, { () throws(SocketError) in _ = try socket.receiveMessage(1) }),
            (.receiveMessage, { () throws(SocketError) in _ = try socket.receiveMessage(into: &arrays) }),
            (.receiveBatch, { () throws(SocketError) in _ = try socket.receiveBatch(1, of: 1) }),
            (.getOption, { () throws(SocketError) in _ = try socket.get(.socket.type) }),
            (.setOption, { () throws(SocketError) in try socket.set(.socket.keepAlive, true) }),
            (.poll, { () throws(SocketError) in _ = try socket.wait(for: .readable) }),
            (.duplicate, { () throws(SocketError) in _ = try socket.duplicate() }),
            (.duplicate, { () throws(SocketError) in _ = try socket.file() }),
            (.detach, { () throws(SocketError) in _ = try socket.detach() }),
            (.descriptor, { () throws(SocketError) in _ = try socket.descriptor() }),
        ]
        for (index, call) in calls.enumerated() {
            let error = failure(call.1)
            #expect(error?.code == .closed, "call \(index)")
            #expect(error?.operation == call.0, "call \(index)")
        }
    }

    @Test(arguments: Backends.all) func `data sent before the close still arrives`(backend: TestBackend) throws {
        let (client, server) = try backend.network().tcpPair()
        try client.sendAll("last words")
        try client.close()
        #expect(try server.receiveExactly(10, deadline: .net).description == "last words")
        #expect(try server.receive(1, deadline: .net) == nil)
    }

    @Test(arguments: Backends.all) func `a close that lingers for no time resets the connection`(backend: TestBackend)
        throws
    {
        let (client, server) = try backend.network().tcpPair()
        try client.set(.socket.linger, .on(seconds: 0))
        try client.close()
        #expect(code { () throws(SocketError) in try server.receive(1, deadline: .net) } == .connectionReset)
        #expect(code { () throws(SocketError) in try server.send("x") } == .brokenPipe)
    }

    @Test(arguments: Backends.all) func `dropping the last reference closes the socket`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        var last: Socket? = try a.duplicate()
        try a.close()
        #expect(code { () throws(SocketError) in try b.receive(1, deadline: .immediate) } == .wouldBlock)
        last = nil
        #expect(last == nil)
        #expect(try b.receive(1, deadline: .net) == nil)
    }
}

@Suite struct `Closing a network` {
    @Test(arguments: Backends.all) func `ends every socket and wakes whoever waits`(backend: TestBackend) throws {
        try backend.runBlocking { network in
            let other = try backend.network()
            let (a, b) = try network.socketPair()
            let listener = try network.listen(at: .loopback4)
            let waiting = [
                try Aside(other) { () throws(SocketError) in _ = try a.receive(1) },
                try Aside(other) { () throws(SocketError) in _ = try listener.accept() },
                try Aside(other) { () throws(SocketError) in _ = try b.wait(for: .readable) },
            ]
            waiting.forEach { $0.awaitParked() }
            try network.close()
            for one in waiting { #expect(one.failure()?.code == .closed) }
            #expect(a.isClosed && b.isClosed && listener.isClosed && network.isClosed)
        }
    }

    @Test(arguments: Backends.all) func `lets no new sockets be made`(backend: TestBackend) throws {
        let network = try backend.network()
        try network.close()
        try network.close()
        #expect(code { () throws(SocketError) in try network.socket(.ipv4) } == .closed)
        #expect(code { () throws(SocketError) in try network.socketPair() } == .closed)
        #expect(code { () throws(SocketError) in try network.adopt(descriptor: 0) } == .closed)
        #expect(code { () throws(SocketError) in try network.listen(at: .loopback4) } == .closed)
        #expect(code { () throws(SocketError) in try network.connect(to: "127.0.0.1", port: 9) } == .closed)
    }

    @Test(arguments: Backends.all) func `leaves other networks alone`(backend: TestBackend) throws {
        let (network, other) = (try backend.network(), try backend.network())
        let (a, b) = try other.socketPair()
        try network.close()
        try a.sendAll("x")
        #expect(try b.receive(1, deadline: .net)?.count == 1)
    }
}
