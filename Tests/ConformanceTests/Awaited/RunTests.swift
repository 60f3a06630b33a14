import Locks
import Sockets
import TestSupport
import Testing

@Suite struct `A program that is run on a network` {
    private struct Own: Error, Equatable {}

    /// Fails unless the thread is the network's first executor's: at once, after a wait, and in child tasks.
    private static func check(_ network: Network) async throws -> String {
        let executor = try network.executor
        let (a, b) = try network.socketPair()
        #expect(executor.isCurrent)
        async let sending: Bool = {
            try await a.sendAll("here")
            return executor.isCurrent
        }()
        let text = try await b.receive()?.description
        #expect(executor.isCurrent)
        #expect(try await sending)
        return text ?? "nothing"
    }

    @Test(arguments: Backends.kernel(.severalExecutors), [1, 3])
    func `starts and stays on the first executor, and its caller's thread waits`(
        backend: TestBackend, threads: Int
    ) throws {
        let network = try backend.network(threads: threads)
        for _ in 0..<3 {
            let text = try network.run {
                #expect(try network.executor.isCurrent)
                return try await Self.check(network)
            }
            #expect(text == "here")
        }
        #expect(throws: Own()) { try network.run { throw Own() } }
        #expect(throws: CancellationError.self) { try network.run { throw CancellationError() } }
    }

    @Test(arguments: Backends.kernel(.severalExecutors), Place.allCases)
    func `starts and stays on the first executor, and its caller's task goes back`(
        backend: TestBackend, place: Place
    ) async throws {
        let network = try backend.network(threads: 3)
        let other = try backend.network()
        try await place.run(other) {
            let text = try await network.run {
                #expect(try network.executor.isCurrent)
                return try await Self.check(network)
            }
            #expect(text == "here")
            #expect(try network.executor.isCurrent == false)
            await #expect(throws: Own()) { try await network.run { throw Own() } }
            let nested = try await network.run { try await network.run { try await Self.check(network) } }
            #expect(nested == "here")
        }
    }

    @Test(arguments: Backends.kernel(.foreignThreads)) @MainActor
    func `leaves its caller's actor, and comes back to it`(backend: TestBackend) async throws {
        let network = try backend.network()
        let isThere = try await network.run { try network.executor.isCurrent }
        #expect(isThere)
        MainActor.assertIsolated()
        #expect(try !network.executor.isCurrent)
    }

    @Test(arguments: Backends.all) func `is cancelled with its caller's task`(backend: TestBackend) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            let task = Task {
                try await network.run {
                    try await a.sendAll("in")
                    _ = try await a.receive()
                }
            }
            #expect(try await b.receive() == Chunk("in"))
            task.cancel()
            let error = await awaitedFailure { try await task.value }
            #expect(error?.code == .cancelled)
        }
    }

    @Test(arguments: Backends.all) func `goes on where nobody cancels it, though the network is closed`(
        backend: TestBackend
    ) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let code = try network.run {
            async let receiving = awaitedCode { try await a.receive() }
            await settle()
            try await network.close()
            return await receiving
        }
        #expect(code == .closed)
        #expect(b.isClosed)
        #expect(try network.run { await awaitedCode { try await network.sleep(for: .seconds(1000)) } } == .closed)
    }

    @Test(arguments: Backends.all) func `may be one of several`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let answers = Lock<[String]>([])
        let thread = try network.spawn {
            let answer = try? network.run {
                let bytes = try await b.receiveExactly(4)
                try await b.sendAll("pong")
                return bytes.description
            }
            answers.withLock { $0.append(answer ?? "nothing") }
        }
        let answer = try network.run {
            try await a.sendAll("ping")
            return try await a.receiveExactly(4).description
        }
        try thread.join()
        #expect(answers.withLock { $0 } == ["ping"])
        #expect(answer == "pong")
    }

    @Test(arguments: Backends.all) func `is not begun by who may not wait for it`(backend: TestBackend) async throws {
        try await backend.run { network in
            let other = try backend.network()
            let hasBegun = Lock(false)
            // From a synchronous function the compiler takes the form that parks.
            let parking: @Sendable (Network) -> SocketError? = { network in
                do {
                    try network.run { hasBegun.withLock { $0 = true } }
                    return nil
                } catch {
                    return error as? SocketError
                }
            }
            for chosen in [network, other] {
                let error = try await network.run { parking(chosen) }
                #expect(error?.code == .blockingOnExecutor)
                #expect(error?.operation == .run)
            }
            try await network.run { await settle() }
            try await other.run { await settle() }
            #expect(!hasBegun.withLock { $0 })
        }
    }
}
