import Sockets
import TestSupport
import Testing

/// A proxy's two connections, and both that are beyond it.
@Suite(.timeLimit(.minutes(10))) struct `Relaying between two streams` {
    /// A client and a server with a relay between them: `client` - `near` = `far` - `server`.
    private struct Line {
        let client: Socket
        let near: Socket
        let far: Socket
        let server: Socket

        init(_ network: Network) async throws {
            (client, near) = try await network.tcpPair()
            (far, server) = try await network.tcpPair()
        }
    }

    @Test(arguments: Backends.all) func `bytes go both ways, and ends with them`(backend: TestBackend) async throws {
        try await backend.run { network in
            let line = try await Line(network)
            async let relayed = line.near.relay(with: line.far)
            let request = [UInt8](repeating: 7, count: 300_000)
            async let sending: Void = line.client.sendAll(request, deadline: .net)
            #expect(try await line.server.receiveExactly(request.count, deadline: .net).array == request)
            try await sending
            // Half-closed: the answer still comes.
            try line.client.shutdown(.send)
            #expect(try await line.server.receive(deadline: .net) == nil)
            try await line.server.sendAll("answer")
            try line.server.shutdown(.send)
            #expect(try await line.client.receiveExactly(6, deadline: .net) == "answer")
            #expect(try await line.client.receive(deadline: .net) == nil)
            let bytes = try await relayed
            #expect(bytes.sent == 300_000 && bytes.received == 6)
            #expect(!line.near.isClosed && !line.far.isClosed)
        }
    }

    @Test(arguments: Backends.all) func `what breaks one direction ends both`(backend: TestBackend) async throws {
        try await backend.run { network in
            let line = try await Line(network)
            async let relayed = Self.error(of: line.near, line.far)
            try await line.client.sendAll("x")
            #expect(try await line.server.receive(deadline: .net) == "x")
            try line.server.set(.socket.linger, .on(seconds: 0))
            try await line.server.close()
            #expect(await relayed == .connectionReset)
            // Nor does it look like an end to who is beyond the other.
            #expect(
                await ending { () async throws(SocketError) in try await line.client.receive(deadline: .net) }
                    == .connectionReset)
            #expect(line.near.isClosed && line.far.isClosed)
            keep(line)
        }
    }

    @Test(arguments: Backends.all) func `without a byte for so long it ends`(backend: TestBackend) async throws {
        try await backend.run { network in
            let line = try await Line(network)
            let start = network.now
            async let relayed = Self.error(of: line.near, line.far, idleLimit: .milliseconds(80))
            for _ in 0..<4 {
                try await network.sleep(for: .milliseconds(30))
                try await line.client.sendAll("x")
            }
            #expect(await relayed == .timedOut)
            // The bytes have put it off.
            #expect(start.duration(to: network.now) >= .milliseconds(200))
            #expect(await Self.error(of: line.near, line.far, idleLimit: .zero) == .invalidArgument)
            keep(line)
        }
    }

    @Test(arguments: Backends.all) func `a cancelled relay loses no byte it has not taken`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            let line = try await Line(network)
            let relay = Task { [line] in await Self.error(of: line.near, line.far) }
            try await line.client.sendAll("before")
            #expect(try await line.server.receiveExactly(6, deadline: .net) == "before")
            relay.cancel()
            #expect(await relay.value == .cancelled)
            try await line.client.sendAll("after")
            #expect(try await line.near.receiveExactly(5, deadline: .net) == "after")
        }
    }

    private static func error(
        of near: Socket, _ far: Socket, idleLimit: Duration? = nil
    ) async -> SocketError.Code? {
        do {
            try await near.relay(with: far, idleLimit: idleLimit)
            return nil
        } catch {
            return (error as? SocketError)?.code
        }
    }
}
