import ProcessControl
import Sockets
import TestSupport
import Testing

/// More than anybody wants: in processes of their own, where descriptors can be counted and limited.
@Suite(.serialized) struct `Floods` {
    @Test(arguments: Backends.distinctKernel(.processes)) func `of descriptors that nobody takes: all are closed`(
        backend: TestBackend
    )
        async
    {
        await #expect(processExitsWith: .success) { [backend] in try await FloodChild.descriptors(backend) }
    }

    @Test(arguments: Backends.distinctKernel(.processes))
    func `of descriptors beyond the process's limit: told, and nothing is lost but they`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try FloodChild.descriptorsBeyondTheLimit(backend) }
    }

    @Test(arguments: Backends.distinctKernel(.processes))
    func `of connections beyond the backlog: whoever gets through is served`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try await FloodChild.connections(backend) }
    }
}

private enum FloodChild {
    /// As many as one message may carry.
    private static let most = 253

    static func descriptors(_ backend: TestBackend) async throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let passed = try a.duplicate()
        try await flood(a, b, passed)
        let before = Process.descriptorCount
        for _ in 0..<10 { try await flood(a, b, passed) }
        let after = Process.descriptorCount
        Process.require(after == before, "\(before) descriptors became \(after)")
        // Those that are on their way when the receiver closes go with it.
        try await a.send("x", passing: Array(repeating: passed, count: most))
        try await b.close()
    }

    /// Received with room, with too little, and with none; awaited and not.
    private static func flood(_ a: Socket, _ b: Socket, _ passed: Socket) async throws {
        let many = Array(repeating: passed, count: most)
        for capacity in [4096, 100, 0] {
            for isAwaited in [false, true] {
                try await a.send("x", passing: many)
                let message =
                    isAwaited
                    ? try await b.receiveMessage(1, controlCapacity: capacity, deadline: .net)
                    : try blocking(b, capacity)
                Process.require(message?.bytes.count == 1, "no message")
                Process.require(message?.isControlTruncated == (capacity < 4096), "truncation is not told")
            }
        }
        try await a.send("x", passing: many)
        Process.require(try await b.receive(1, deadline: .net)?.count == 1, "no byte")
    }

    private static func blocking(_ socket: Socket, _ capacity: Int) throws -> Message? {
        try socket.receiveMessage(1, controlCapacity: capacity, deadline: .net)
    }

    static func descriptorsBeyondTheLimit(_ backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        try a.send("x", passing: Array(repeating: a, count: 100))
        try a.sendAll("y")
        // What a ring or a first wait needs is open before there is none left.
        Process.require(try b.receive(1, flags: .peek, deadline: .net)?.count == 1, "nothing there")
        control_exhaust_descriptors(64)
        let message = try b.receiveMessage(1, controlCapacity: 4096, deadline: .net)
        Process.require(message?.bytes.description == "x", "the byte is lost")
        Process.require(message?.isControlTruncated == true, "the lost descriptors are not told")
        Process.require((message?.descriptors.count ?? 0) < 100, "more descriptors than there can be")
        Process.require(try b.receive(1, deadline: .net)?.description == "y", "the next byte is lost")
    }

    static func connections(_ backend: TestBackend) async throws {
        let network = try backend.network()
        let listener = try network.listen(at: .loopback4, backlog: 1)
        let address = try listener.localAddress()
        var clients: [Socket] = []
        for _ in 0..<200 {
            let client = try network.socket(.ipv4)
            _ = try await client.connectResult(to: address, deadline: .immediate)
            clients.append(client)
        }
        let served = try Served(network, listener) { try await echo($0) }
        var answered = 0
        for client in clients[..<2] {
            _ = try await client.wait(for: .writable, deadline: .net)
            try await client.sendAll("x", deadline: .net)
            if try await client.receive(1, deadline: .net)?.count == 1 { answered += 1 }
        }
        Process.require(answered == 2, "\(answered) of the first two were answered")
        for client in clients { try await client.close() }
        let good = try await network.connect(to: address, deadline: .net)
        try await good.sendAll("y")
        Process.require(try await good.receive(1, deadline: .net)?.description == "y", "not served any more")
        try await served.stop()
    }
}
