import ProcessControl
import Sockets
import TestSupport
import Testing

/// What comes late for a socket that is gone must not reach the next one, which has its number.
@Suite struct `Numbers that come back at once` {
    @Test(arguments: Backends.all) func `a number is reused while changes are on their way`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            try await network.onExecutor {
                for round in 0..<3000 {
                    let (a, b) = try network.socketPair()
                    async let received = b.receive()
                    if round % 3 != 0 { await Task.yield() }
                    // The change is told of, or not yet, when the socket is gone.
                    try a.push("old")
                    if round % 2 == 0 { await Task.yield() }
                    #expect(try await received == "old")
                    try a.push("late")
                    try a.closeNow()
                    try b.closeNow()
                    let (c, d) = try network.socketPair()
                    async let next = d.receive()
                    await Task.yield()
                    try c.push("new")
                    let chunk = try await next
                    if chunk != "new" { Issue.record("round \(round): \(String(describing: chunk))") }
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `a socket that is closed under its reader gives its number to nobody's harm`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                for round in 0..<1500 {
                    let (a, b) = try network.socketPair()
                    let reader = Task(executorPreference: try network.executor) { try await b.receive() }
                    if round % 4 != 0 { await Task.yield() }
                    if round % 3 == 0 { try a.push("x") }
                    try await b.close()
                    let (c, d) = try network.socketPair()
                    async let next = d.receive()
                    await Task.yield()
                    try c.push("new")
                    #expect(try await next == "new")
                    switch await reader.result {
                    case .success(let chunk): #expect(chunk == "x")
                    case .failure(let error): #expect((error as? SocketError)?.code == .closed)
                    }
                    keep(a)
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `sockets that never wait come and go`(backend: TestBackend) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                for _ in 0..<2000 {
                    let (a, b) = try network.socketPair()
                    try await a.sendAll("x")
                    #expect(try await b.receive() == "x")
                }
                // Dropped without a close, and with one, right after the first awaited call has registered them.
                for _ in 0..<500 {
                    let (a, b) = try network.socketPair()
                    try a.closeNow()
                    #expect(try await b.receive() == nil)
                    try b.closeNow()
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `a duplicate goes, and its twin waits on`(backend: TestBackend) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                for round in 0..<200 {
                    let (a, b) = try await round % 2 == 0 ? network.socketPair() : network.tcpPair()
                    let twin = try b.duplicate()
                    async let kept = b.receive()
                    let other = Task(executorPreference: try network.executor) { try await twin.receive() }
                    await settle()
                    try await twin.close()
                    let result = await other.result
                    #expect(throws: SocketError.self) { try result.get() }
                    try a.push("x")
                    #expect(try await kept == "x")
                    try a.push("y")
                    #expect(try await b.receive() == "y")
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `who waits for one twin is not told what the other has taken`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try await network.tcpPair()
                let twin = try b.duplicate()
                async let first = b.receive(1)
                async let second = twin.receive(1)
                await settle()
                try a.push("x")
                await settle()
                try a.push("y")
                let both = try await [first, second].map { $0?.description }
                #expect(both.sorted { ($0 ?? "") < ($1 ?? "") } == ["x", "y"])
            }
        }
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess))
    func `what is no socket is told so, or waited for, and never hangs`(
        backend: TestBackend
    ) async throws {
        let (network, folder) = (try backend.network(), TemporaryDirectory())
        try await network.onExecutor {
            let pipe = Process.pipe()
            let reader = try network.adopt(descriptor: pipe.reader, family: .unix, type: .stream)
            let writer = try network.adopt(descriptor: pipe.writer, family: .unix, type: .stream)
            let file = try network.adopt(descriptor: folder.file([1, 2]), family: .unix, type: .stream)
            for socket in [reader, writer, file] {
                let error = await #expect(throws: SocketError.self) { try await socket.receive() }
                #expect(error?.code == .badDescriptor)
            }
            async let readable = reader.wait(for: .readable)
            await settle()
            try await writer.close()
            #expect(try await readable.contains(.hangUp))
            #expect(try await file.wait(for: .readable) == .readable)
        }
    }

    /// Between a try on a thread that is not the executor's and the wait there, anything may come.
    @Test(arguments: Backends.all) func `nothing is missed between a try elsewhere and the wait`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            try await network.withDeadline(.net) {
                for (a, b) in [try await network.tcpPair(), try network.socketPair()] {
                    for round in 0..<3000 {
                        async let echo = b.receive(1)
                        if round % 2 == 0 { await Task.yield() }
                        try await a.sendAll("x")
                        if try await echo != "x" { Issue.record("round \(round)") }
                    }
                    async let end = b.receive(1)
                    try await a.close()
                    #expect(try await end == nil)
                }
            }
        }
    }
}
