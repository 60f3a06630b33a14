import Sockets
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Sequences of what a socket receives` {
    @Test(arguments: Backends.all) func `connections come with their peers, until the listener closes`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let listener = try network.listen(at: .loopback4)
            let clients = try await connections(3, network, to: listener)
            var peers: [SocketAddress] = []
            let error = await failure {
                for try await (connection, peer) in listener.connections {
                    try await connection.sendAll("welcome")
                    peers.append(peer)
                    if peers.count == 3 { try await listener.close() }
                }
            }
            #expect(error?.code == .closed)
            #expect(peers == clients.map(\.address))
            for client in clients { #expect(try await client.receive() == "welcome") }
        }
    }

    @Test(arguments: Backends.all) func `chunks are what was received, to the end`(backend: TestBackend) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) }
            async let sending: Void = {
                try await a.sendAll(bytes, deadline: .net); try a.shutdown(.send)
            }()
            var received: [UInt8] = []
            for try await chunk in b.chunks(maximum: 1000) {
                #expect((1...1000).contains(chunk.count))
                received += chunk.array
            }
            try await sending
            #expect(received == bytes)
            var more = b.chunks().makeAsyncIterator()
            #expect(try await more.next() == nil)
            #expect(try await more.next() == nil)
        }
    }

    @Test(arguments: Backends.all) func `who stops iterating over chunks goes on with other receives`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            try await a.sendAll("one two three")
            for try await chunk in b.chunks(maximum: 4) {
                #expect(chunk == "one ")
                break
            }
            #expect(try await b.receive(100) == "two three")
        }
    }

    @Test(arguments: Backends.all) func `datagrams come with their senders, empty ones too`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            let (a, b) = try network.udpPair()
            for text in ["one", "", "three"] { try await a.send(text, to: b.localAddress()) }
            var received: [String] = []
            for try await (bytes, sender) in b.datagrams(maximum: 100) {
                #expect(try sender == a.localAddress())
                received.append(bytes.description)
                if received.count == 3 { break }
            }
            #expect(received == ["one", "", "three"])
        }
    }

    @Test(arguments: Backends.all) func `a cancel ends every sequence`(backend: TestBackend) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            let (listener, datagrams) = (try network.listen(at: .loopback4), try network.udp())
            let tasks = [
                Task { await failure { for try await _ in b.chunks() {} } },
                Task { await failure { for try await _ in a.lines() {} } },
                Task { await failure { for try await _ in listener.connections {} } },
                Task { await failure { for try await _ in datagrams.datagrams() {} } },
            ]
            for task in tasks { task.cancel() }
            for task in tasks { #expect(await task.value?.code == .cancelled) }
        }
    }

    @Test(arguments: Backends.all) func `sizes out of bounds are refused`(backend: TestBackend) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            let datagrams = try network.udp()
            for size in [-1, 0, (1 << 30) + 1] {
                #expect(await failure { for try await _ in b.chunks(maximum: size) {} }?.code == .invalidArgument)
                #expect(await failure { for try await _ in b.lines(limit: size) {} }?.code == .invalidArgument)
                #expect(
                    await failure { for try await _ in datagrams.datagrams(maximum: size) {} }?.code == .invalidArgument
                )
            }
            keep(a)
        }
    }
}

/// The error that iterating ends with; nil when it ends well.
func failure(_ body: () async throws -> Void) async -> SocketError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? SocketError
    }
}
