import Sockets
import TestSupport
import Testing

/// Several at one socket: each gets what is its own, and nobody waits for what is there.
@Suite struct `Several readers of one socket` {
    @Test(arguments: Backends.all) func `readers are served in the order they came`(backend: TestBackend) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                for (a, b) in [try await network.tcpPair(), try network.socketPair()] {
                    let order = Shared<[String]>([])
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in 0..<5 {
                            group.addTask {
                                let chunk = try await b.receive(1)
                                order.change { $0.append("\(number)\(chunk?.description ?? "-")") }
                            }
                            // Each is in before the next begins.
                            await settle()
                        }
                        try a.push("ab")
                        await settle()
                        try a.push("cde")
                        try await group.waitForAll()
                    }
                    #expect(order.value == ["0a", "1b", "2c", "3d", "4e"])
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `the end is everybody's`(backend: TestBackend) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try await network.tcpPair()
                try await withThrowingTaskGroup(of: Chunk?.self) { group in
                    for _ in 0..<5 { group.addTask { try await b.receive() } }
                    await settle()
                    try a.push("x")
                    try a.shutdown(.send)
                    var chunks: [Chunk?] = []
                    for try await chunk in group { chunks.append(chunk) }
                    #expect(chunks.filter { $0 == "x" }.count == 1)
                    #expect(chunks.filter { $0 == nil }.count == 4)
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `one that gives up takes nothing from the others`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try network.socketPair()
                for victim in 0..<4 {
                    let readers = (0..<4).map { _ in
                        Task(executorPreference: try? network.executor) { try await b.receive(1) }
                    }
                    await settle()
                    readers[victim].cancel()
                    let result = await readers[victim].result
                    #expect(throws: SocketError.self) { try result.get() }
                    try a.push("abc")
                    var received: [String] = []
                    for (number, reader) in readers.enumerated() where number != victim {
                        received.append(try await reader.value?.description ?? "-")
                    }
                    #expect(received == ["a", "b", "c"])
                }
            }
        }
    }

    /// The awaited ones are woken by the reactor, the blocking one by the kernel: whoever comes first takes, and the rest wait on.
    @Test(arguments: Backends.all) func `awaited and blocking readers share a socket`(backend: TestBackend) async throws
    {
        try await backend.run { network in
            let (a, b) = try await network.tcpPair()
            let total = 6000
            let (blocking, awaited) = (Shared(0), Shared(0))
            let thread = try Aside(network) { () throws(SocketError) in
                while let chunk = try b.receive(3) { blocking.change { $0 += chunk.count } }
            }
            try await network.onExecutor {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<2 {
                        group.addTask {
                            while let chunk = try await b.receive(3) { awaited.change { $0 += chunk.count } }
                        }
                    }
                    for round in 0..<total / 4 {
                        try await a.sendAll("abcd")
                        if round % 5 == 0 { await settle() }
                    }
                    try a.shutdown(.send)
                    try await group.waitForAll()
                }
            }
            #expect(await thread.failure() == nil)
            #expect(blocking.value + awaited.value == total)
        }
    }

    @Test(arguments: Backends.all) func `those who poll and those who receive are both told`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try network.socketPair()
                for _ in 0..<20 {
                    async let readable = b.wait(for: .readable)
                    async let chunk = b.receive(1)
                    await settle()
                    try a.push("xy")
                    let found = try await readable
                    #expect(found.contains(.readable))
                    #expect(try await chunk == "x")
                    #expect(try await b.wait(for: .readable) == .readable)
                    #expect(try await b.receive(1) == "y")
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `who waits to write does not hold up who waits to read`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try network.socketPair()
                try await b.fill()
                async let writable = b.wait(for: .writable)
                async let sent: Void = b.sendAll("z")
                await settle()
                async let readable = b.wait(for: .readable)
                async let polled = network.poll([PollRequest(b, .readable)])
                await settle()
                try a.push("x")
                #expect(try await readable == .readable)
                #expect(try await polled == [.readable])
                #expect(try await b.receive() == "x")
                try a.set(.socket.receiveBufferSize, 1 << 20)
                while let chunk = try await a.receive(), chunk.last != UInt8(ascii: "z") {}
                #expect(try await writable.contains(.writable))
                try await sent
            }
        }
    }

    @Test(arguments: Backends.all) func `acceptors are served in the order they came`(backend: TestBackend) async throws
    {
        try await backend.run { network in
            try await network.onExecutor {
                let listener = try network.listen(at: .loopback4)
                let address = try listener.localAddress()
                let order = Shared<[Int]>([])
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<4 {
                        group.addTask {
                            let connection = try await listener.accept().connection
                            order.change { $0.append(number) }
                            keep(connection)
                        }
                        await settle()
                    }
                    for _ in 0..<4 { try await network.connect(to: address, deadline: .net).close() }
                    try await group.waitForAll()
                }
                #expect(order.value == [0, 1, 2, 3])
            }
        }
    }
}
