import Locks
import Sockets
import TestSupport
import Testing

/// Peers that are slow on purpose, talk nonsense, or do not listen.
@Suite(.serialized, .timeLimit(.minutes(10))) struct `Peers that are no good` {
    /// What a server does against slow loris: a bound on connections, and a deadline for a whole request.
    @Test(arguments: Backends.all) func `slow ones at the limit make room when their time is up`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            let taken = Lock(0)
            let served = try Served(network, ServerOptions(maximumConnections: 3)) { connection in
                let number = taken.withLock { count in
                    count += 1
                    return count
                }
                // However slow the machine is, the good one is not too late.
                let deadline: Deadline = number <= 9 ? .within(.milliseconds(100)) : .net
                let request = try await connection.receiveExactly(7, deadline: deadline)
                try await connection.sendAll(request)
            }
            let slow = try await served.clients(9)
            for client in slow { try await client.send("r") }
            let good = try await served.client()
            try await exchange("request", with: good)
            #expect(served.probe.mostAtOnce <= 3)
            await served.probe.wait(for: .failed, 9)
            for case .failed(_, let error) in served.probe.events {
                #expect((error as? SocketError)?.code == .timedOut)
            }
            try await served.stop()
            keep(slow)
        }
    }

    @Test(arguments: Backends.all) func `one that sends a byte at a time is understood`(backend: TestBackend) throws {
        let network = try backend.network()
        let text = "first line\r\nsecond\nexactly 10,all of it"
        let (client, server) = try network.tcpPair()
        try client.set(.tcp.noDelay, true)
        let sender = try Aside(network) { () throws(SocketError) in
            for byte in text.utf8 { try client.sendAll([byte]) }
            try client.shutdown(.send)
        }
        let file = try server.file(.read)
        #expect(try file.readLine()?.description == "first line\r\n")
        #expect(try file.readLine()?.description == "second\n")
        #expect(try file.read(10).description == "exactly 10")
        #expect(try file.read().description == ",all of it")
        #expect(sender.failure() == nil)
    }

    @Test(arguments: Backends.all) func `one that sends a byte at a time is understood by awaited readers`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let (client, server) = try await network.tcpPair()
            try client.set(.tcp.noDelay, true)
            let sender = Task {
                for byte in "exactly 10filled up 12a line\r\nlast".utf8 {
                    try await client.sendAll([byte])
                    await Task.yield()
                }
                try client.shutdown(.send)
            }
            #expect(try await server.receiveExactly(10).description == "exactly 10")
            #expect(try await server.receive(12, flags: .waitForAll)?.description == "filled up 12")
            var lines: [String] = []
            for try await line in server.lines(limit: 10) { lines.append(line.description) }
            #expect(lines == ["a line", "last"])
            try await sender.value
        }
    }

    @Test(arguments: Backends.all) func `garbage ends its own connection only`(backend: TestBackend) async throws {
        try await backend.run { network in
            let served = try Served(network) { connection in
                for try await line in connection.lines(limit: 64) { try await connection.sendAll("\(line)\n") }
            }
            let good = try await served.client()
            var generator = SeededGenerator(seed: 5)
            for _ in 0..<20 {
                let bad = try await served.client()
                // The server may be done with it before all of it is sent.
                try? await bad.socket.sendAll(generator.bytes(20_000).filter { $0 != 10 }, deadline: .net)
                try await exchange("well formed\n", with: good)
                while (try? await bad.receive()) ?? nil != nil {}
            }
            await served.probe.wait(for: .failed, 20)
            for case .failed(_, let error) in served.probe.events {
                #expect((error as? SocketError)?.code == .messageTooLong)
            }
            try await exchange("still\n", with: good)
            try await served.stop()
        }
    }

    @Test(arguments: Backends.all) func `one that never reads costs its own connection only`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            let served = try Served(network) { connection in
                guard try await connection.receive(1)?.description == "d" else { return try await echo(connection) }
                let deadline = Deadline.within(.milliseconds(50))
                while true { try await connection.sendAll([UInt8](repeating: 1, count: 1 << 20), deadline: deadline) }
            }
            let deaf = try await served.clients(4)
            for client in deaf { try await client.send("d") }
            let good = try await served.client()
            try await good.send("g")
            try await exchange("served", with: good)
            await served.probe.wait(for: .failed, 4)
            for case .failed(_, let error) in served.probe.events {
                #expect((error as? SocketError)?.code == .timedOut)
            }
            try await served.stop()
            keep(deaf)
        }
    }

    @Test(arguments: Backends.all) func `closing does not wait for one that never reads`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            for isAwaited in [false, true] {
                let (client, server) = try await network.tcpPair()
                try await client.fill()
                let waiting = Task { try await client.sendAll([UInt8](repeating: 2, count: 1 << 20)) }
                await settle()
                if isAwaited {
                    try await client.close()
                } else {
                    let closing = try Aside(network) { () throws(SocketError) in try client.close() }
                    #expect(await closing.failure() == nil)
                }
                await #expect(throws: SocketError.self) { try await waiting.value }
                keep(server)
            }
        }
    }
}
