import Locks
import Sockets
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `A program that is all of a network` {
    private struct Own: Error, Equatable {}

    @Test(arguments: Backends.all) func `gets a network, which is closed when it has ended`(backend: TestBackend) throws
    {
        let seen = Shared<(network: Network, socket: Socket)?>(nil)
        let text = try Network.run(backend.choice) { network in
            let executor = try network.executor
            #expect(executor.isCurrent)
            let (a, b) = try await network.tcpPair()
            seen.change { $0 = (network, a) }
            async let sending: Void = a.sendAll("here")
            let text = try await b.receiveExactly(4).description
            try await sending
            try await network.sleep(for: .milliseconds(1))
            #expect(executor.isCurrent)
            return text
        }
        #expect(text == "here")
        let (network, socket) = try #require(seen.value)
        #expect(network.isClosed && socket.isClosed)
        #expect(code { () throws(SocketError) in _ = try network.socket(.ipv4) } == .closed)
    }

    @Test(arguments: Backends.all) func `fails as it does, and with what it does not catch`(backend: TestBackend) throws
    {
        #expect(throws: Own()) { try Network.run(backend.choice) { _ in throw Own() } }
        let error = try #require(
            throws: SocketError.self
        ) {
            try Network.run(backend.choice) { network in
                let (a, b) = try network.socketPair()
                defer { keep(b) }
                _ = try await a.receive(deadline: .within(.milliseconds(1)))
            }
        }
        #expect(error.code == .timedOut)
        #expect(throws: SocketError.self) { try Network.run(.posix(threads: 0)) { _ in } }
    }

    @Test(arguments: Backends.all, [1, 3]) func `serves`(backend: TestBackend, threads: Int) throws {
        // A simulated host has one thread.
        let sums = try Network.run(backend == .simulation ? backend.choice : backend.choice(threads: threads)) {
            network in
            let listener = try await network.listen(port: 0)
            return try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    try await listener.serve { connection in
                        while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
                    }
                    return 0
                }
                for _ in 0..<20 { group.addTask { try await Self.exchange(with: listener) } }
                var sum = 0
                while sum < 20, let one = try await group.next() { sum += one }
                group.cancelAll()
                return sum
            }
        }
        #expect(sums == 20)
    }

    private static func exchange(with listener: Socket) async throws -> Int {
        let client = try await listener.network.connect(to: listener.localAddress())
        for _ in 0..<20 {
            try await client.sendAll(pattern(3000))
            #expect(try await client.receiveExactly(3000).array == pattern(3000))
        }
        try await client.close()
        return 1
    }

    @Test(arguments: Backends.all) func `is refused on an executor's thread`(backend: TestBackend) async throws {
        try await backend.run { network in
            let hasBegun = Lock(false)
            // From a synchronous function the compiler takes the form that takes the thread.
            let running: @Sendable () -> SocketError? = {
                do {
                    try Network.run(backend.choice) { _ in hasBegun.withLock { $0 = true } }
                    return nil
                } catch {
                    return error as? SocketError
                }
            }
            let error = try await network.run { running() }
            #expect(error?.code == .blockingOnExecutor && error?.operation == .run)
            try await network.run { await settle() }
            #expect(!hasBegun.withLock { $0 })
        }
    }

    @Test(arguments: Backends.kernel(.foreignThreads))
    func `is run by the calling thread, unless the backend is others' too`(
        backend: TestBackend
    ) throws {
        let caller = Process.threadNumber
        let own = try Network.run(backend.choice) { network in
            try await network.sleep(for: .milliseconds(1))
            return Process.threadNumber
        }
        #expect(own == caller)
        let made = Lock<(any Backend)?>(nil)
        _ = try Network(
            backend.choice.wrapped { backend in
                made.withLock { $0 = backend }
                return backend
            })
        let shared = BackendChoice.existing(try #require(made.withLock { $0 }))
        let others = try Network.run(shared) { _ in Process.threadNumber }
        #expect(others != caller)
        // Its executors go on.
        let network = try Network(shared)
        let sent = try network.run {
            let (a, b) = try network.socketPair()
            defer { keep(b) }
            return try await a.send("x")
        }
        #expect(sent == 1)
    }

    @Test(arguments: Backends.kernel(.foreignThreads)) func `what it leaves behind comes to its end`(
        backend: TestBackend
    ) throws {
        let gate = Shared<CheckedContinuation<Void, Never>?>(nil)
        let codes = Shared<[SocketError.Code?]>([])
        let (timer, rest) = try Network.run(backend.choice) { network in
            let (a, b) = try network.socketPair()
            defer { keep(b) }
            let executor = try network.executor
            let receiving = Task(executorPreference: executor) { await awaitedCode { try await a.receive() } }
            let late = Task(executorPreference: executor) {
                await withCheckedContinuation { continuation in gate.change { $0 = continuation } }
                for _ in 0..<3 {
                    codes.change { $0.append(nil) }
                    await Task.yield()
                }
                return await awaitedCode { try await a.receive() }
            }
            let timer = Told()
            _ = executor.startTimer(until: network.now.advanced(by: .seconds(3600)), completing: timer)
            while gate.value == nil { await Task.yield() }
            return (timer, [receiving, late] as [Task<SocketError.Code?, Never>])
        }
        #expect(timer.code == .cancelled)
        #expect(codes.value.isEmpty)
        gate.value?.resume()
        let ends = Lock<[SocketError.Code?]>([])
        let network = try backend.network()
        try network.run {
            for task in rest {
                let code = await task.value
                ends.withLock { $0.append(code) }
            }
        }
        #expect(ends.withLock { $0 } == [.closed, .closed])
        #expect(codes.value.count == 3)
    }

    @Test(arguments: Backends.kernel(.processes)) func `needs no second thread, and leaves no descriptor`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try WholeProgram.repeated(backend) }
    }
}

private enum WholeProgram {
    static func repeated(_ backend: TestBackend) throws {
        // The first round lets the process open what it opens once.
        try round(backend)
        let before = Process.descriptorCount
        for _ in 0..<20 { try round(backend) }
        // The test library opens a pipe of its own meanwhile.
        let after = Process.descriptorCount
        Process.require(after < before + 20, "\(before) descriptors became \(after)")
    }

    private static func round(_ backend: TestBackend) throws {
        try Network.run(backend.choice) { network in
            let (a, b) = try await network.tcpPair()
            async let sending: Void = a.sendAll("here")
            Process.require(try await b.receiveExactly(4) == "here", "not here")
            try await sending
            Process.require(Process.threads(named: "sockets-0") == 0, "a thread was started")
        }
    }
}

/// What a timer came to.
private final class Told: CompletionSink {
    private let outcome = Lock<SocketError.Code?>(nil)
    var code: SocketError.Code? { outcome.withLock { $0 } }

    func complete(_ completion: consuming Completion) {
        guard case .failure(let failure) = completion.outcome else { return }
        outcome.withLock { $0 = failure.code }
    }
}
