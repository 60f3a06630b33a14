import Sockets
import TestSupport
import Testing

/// An executor's thread lives as long as somebody holds the executor or runs on it, and no longer. Each in a process of its own, as
/// threads and descriptors are counted.
@Suite(.serialized) struct `The life of an executor` {
    @Test(arguments: Backends.kernel(.processes)) func `threads and descriptors go with the network`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try await ExecutorChild.rounds(backend) }
    }

    @Test(arguments: Backends.kernel(.processes)) func `tasks that wait keep what they need, and end it`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try await ExecutorChild.waitingTasks(backend) }
    }

    @Test(arguments: Backends.kernel(.processes)) func `tasks run on an executor whose network is gone`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try await ExecutorChild.orphans(backend) }
    }

    @Test(arguments: Backends.kernel(.processes)) func `the last reference may go on the executor's own thread`(
        backend: TestBackend
    )
        async
    {
        await #expect(processExitsWith: .success) { [backend] in try await ExecutorChild.lastReference(backend) }
    }
}

enum ExecutorChild {
    private static let prefix = "sockets-"

    /// Threads begin and end by themselves, after those who held them: within ten seconds.
    private static func requireThreads(_ count: Int, _ line: Int = #line) async throws {
        var pauses = 0
        while Process.threads(named: prefix) != count, pauses < 10_000 {
            try await Task.sleep(for: .milliseconds(1))
            pauses += 1
        }
        Process.require(
            Process.threads(named: prefix) == count, "\(Process.threads(named: prefix)) threads", line: line)
    }

    static func rounds(_ backend: TestBackend) async throws {
        try await use(backend)
        try await requireThreads(0)
        let before = Process.descriptorCount
        for _ in 0..<20 { try await use(backend) }
        try await requireThreads(0)
        // A reactor's descriptors go with its last reference, which may outlive the thread's name by a moment.
        // One that stays each round would be twenty; the process's own test library may hold a few by then.
        let allowed = before + 10
        for _ in 0..<10_000 where Process.descriptorCount > allowed { try await Task.sleep(for: .milliseconds(1)) }
        Process.require(Process.descriptorCount <= allowed, "\(before) descriptors became \(Process.descriptorCount)")
    }

    private static func use(_ backend: TestBackend) async throws {
        let network = try backend.network(threads: 3)
        let (a, b) = try network.socketPair()
        for executor in try network.executors {
            try await withTaskExecutorPreference(executor) {
                async let chunk = b.receive()
                await Task.yield()
                try await a.sendAll("x")
                Process.require(try await chunk == "x", "not received")
            }
        }
        try await requireThreads(3)
    }

    static func waitingTasks(_ backend: TestBackend) async throws {
        let (tasks, ends) = try waiting(backend)
        // Only the tasks know the network now; the other ends are another's, which waits for nothing and has no threads.
        for _ in 0..<10 { await Task.yield() }
        try await requireThreads(2)
        for end in ends { try end.push("x") }
        for task in tasks { Process.require(try await task.value == "x", "not received") }
        try await requireThreads(0)
        keep(ends)
    }

    private static func waiting(_ backend: TestBackend) throws -> ([Task<Chunk?, any Error>], [Socket]) {
        let (network, other) = (try backend.network(threads: 2), try backend.network())
        let executors = try network.executors
        var (tasks, ends): ([Task<Chunk?, any Error>], [Socket]) = ([], [])
        for index in 0..<10 {
            let (a, b) = try network.socketPair()
            ends.append(try other.adopt(descriptor: detached(a)))
            // On one executor, on the other, and elsewhere.
            let place: (any NetworkExecutor)? = index % 3 < 2 ? executors[index % 3] : nil
            tasks.append(Task(executorPreference: place) { try await b.receive() })
        }
        return (tasks, ends)
    }

    private static func detached(_ socket: Socket) throws(SocketError) -> Int32 { try socket.detach() }

    static func orphans(_ backend: TestBackend) async throws {
        var executor: (any NetworkExecutor)? = try backend.network().executor
        for _ in 0..<100 {
            let sum = await withTaskExecutorPreference(executor) {
                Process.require(executor?.isCurrent == true, "elsewhere")
                return await withTaskGroup(of: Int.self) { group in
                    for number in 0..<10 {
                        group.addTask {
                            await Task.yield()
                            return number
                        }
                    }
                    return await group.reduce(0, +)
                }
            }
            Process.require(sum == 45, "\(sum)")
        }
        // Unstructured tasks hold the executor they run on.
        let tasks = (0..<50).map { number in
            Task(executorPreference: executor) {
                for _ in 0..<number { await Task.yield() }
                return number
            }
        }
        executor = nil
        for (number, task) in tasks.enumerated() { Process.require(await task.value == number, "lost") }
        try await requireThreads(0)
    }

    static func lastReference(_ backend: TestBackend) async throws {
        for round in 0..<50 {
            let task = try dropOnItself(backend, round)
            await task.value
        }
        try await requireThreads(0)
    }

    private static func dropOnItself(_ backend: TestBackend, _ round: Int) throws -> Task<Void, Never> {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        return Task(executorPreference: try network.executor) {
            _ = try? await a.sendAll("x")
            _ = try? await b.receive()
            for _ in 0..<round % 3 { await Task.yield() }
            _ = try? await b.receive(deadline: .within(.microseconds(10)))
            // Both sockets, the network, and perhaps the executor go here.
        }
    }
}
