import Sockets
import TestSupport
import Testing

/// The backends that the article "Writing a backend" shows.
@Suite struct `A fence` {
    private let network: Network

    init() throws {
        let permitted = [try IPPrefix(parsing: "127.0.0.0/8")]
        network = try Network(.posix.wrapped { Fence($0, to: permitted) })
    }

    private static let outside = ["10.1.2.3", "::ffff:10.1.2.3", "2001:db8::1"]

    @Test(arguments: outside) func `lets no blocking call out`(address: String) throws {
        let peer = SocketAddress(try IPAddress(parsing: address), port: 9)
        let stream = try network.socket(peer.family)
        let refused = failure { () throws(SocketError) in try stream.connect(to: peer) }
        #expect(refused?.code == .permissionDenied)
        #expect(refused?.subject == .address(peer))
        #expect(refused?.description.contains("outside of the fence") == true)
        let datagrams = try network.socket(peer.family, .datagram)
        #expect(code { () throws(SocketError) in try datagrams.send("x", to: peer) } == .permissionDenied)
    }

    @Test(arguments: outside) func `lets no awaited call out`(address: String) async throws {
        let peer = SocketAddress(try IPAddress(parsing: address), port: 9)
        let stream = try network.socket(peer.family)
        let refused = await #expect(throws: SocketError.self) { try await stream.connect(to: peer) }
        #expect(refused?.code == .permissionDenied)
        let datagrams = try network.socket(peer.family, .datagram)
        let unsent = await #expect(throws: SocketError.self) { try await datagrams.send("x", to: peer) }
        #expect(unsent?.code == .permissionDenied)
    }

    @Test func `lets no message of a batch out, nor any before it`() throws {
        let scripted = ScriptedBackend()
        let fence = Fence(scripted, to: [try IPPrefix(parsing: "127.0.0.0/8")])
        let headers = ["127.0.0.1", "10.0.0.1"].compactMap { address in
            (try? IPAddress(parsing: address)).map { Operation.MessageHeader(address: SocketAddress($0, port: 9)) }
        }
        let completion = unsafe fence.execute(Operation(.sendBatch(headers, [])), memory: .none)
        guard case .failure(let failure) = completion.outcome else { return #expect(Bool(false), "\(completion)") }
        #expect(failure.code == .permissionDenied)
        #expect(scripted.executed.isEmpty)
    }

    @Test func `completes what is started and leads out with its failure`() throws {
        let (scripted, sink) = (ScriptedBackend(), Collector())
        let face = try Fence(scripted, to: []).register(SocketHandle(rawValue: 3))
        let token = Token(slot: 1, generation: 1)
        unsafe face.start(Operation(.connect(.loopback4)), token: token, memory: .none, completing: sink)
        #expect(sink.completions.map(\.token) == [token])
        #expect(sink.completions.first?.isFinal == true)
        #expect(scripted.registered.first?.running == 0)
    }

    @Test func `is not noticed inside`() async throws {
        let listener = try network.listen(at: .loopback4)
        let client = try await network.connect(to: listener.localAddress(), deadline: .net)
        let server = try await listener.accept(deadline: .net).connection
        try await client.sendAll("hello")
        let chunk = try await server.receive(9, deadline: .net)
        #expect(chunk == "hello")
        let (a, b) = try network.socketPair()
        try await a.sendAll("x")
        let byte = try await b.receive(9, deadline: .net)
        #expect(byte == "x")
    }
}

@Suite struct `Pipes between threads` {
    private let network: Network
    private let a: Socket
    private let b: Socket

    init() throws {
        network = try Network(.existing(Pipes()))
        (a, b) = try network.socketPair()
    }

    @Test func `carry what is sent, to the end`() throws {
        try a.sendAll("hello")
        #expect(try b.receive(3) == "hel")
        #expect(try b.receive(9) == "lo")
        try a.shutdown(.send)
        #expect(try b.receive(9) == nil)
        #expect(code { () throws(SocketError) in try a.send("x") } == .brokenPipe)
        try b.sendAll("back")
        try b.close()
        #expect(try a.receive(9) == "back")
        #expect(try a.receive(9) == nil)
    }

    @Test func `carry more than there is room for`() throws {
        let count = 10 * PipeEnd.capacity
        let received = try Aside(network) { [b] () throws(SocketError) in try b.receiveExactly(count).count }
        try a.sendAll([UInt8](repeating: 7, count: count))
        #expect(try received.outcome().get() == count)
    }

    @Test func `wait no longer than they may`() throws {
        #expect(code { () throws(SocketError) in try a.receive(1, deadline: .immediate) } == .wouldBlock)
        #expect(code { () throws(SocketError) in try a.receive(1, deadline: .within(.milliseconds(1))) } == .timedOut)
    }

    @Test func `wake who waits when they are closed`() throws {
        let waiting = try Aside(network) { [a] () throws(SocketError) in try a.receive(1) }
        try a.close()
        #expect(throws: SocketError.self) { try waiting.outcome().get() }
        #expect(try b.receive(1) == nil)
    }

    @Test func `refuse what they have not`() async throws {
        #expect(code { () throws(SocketError) in try network.socket(.ipv4) } == .unsupported)
        #expect(code { () throws(SocketError) in try network.addresses(of: "localhost") } == .unsupported)
        #expect(code { () throws(SocketError) in try a.receive(1, flags: .peek) } == .unsupported)
        let error = await #expect(throws: SocketError.self) { try await a.receive(1) }
        #expect(error?.code == .unsupported)
    }
}
