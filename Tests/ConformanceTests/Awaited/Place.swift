import Sockets
import TestSupport

/// Where a test's tasks run: with the network's executor, or elsewhere, with changes of thread.
enum Place: String, CaseIterable, Codable, Sendable {
    case onExecutor, elsewhere

    /// Runs `body` there.
    func run<Value>(
        _ network: Network, _ body: () async throws -> Value
    ) async throws -> Value {
        guard self == .onExecutor else { return try await body() }
        let executor = try network.executor
        return try await withTaskExecutorPreference(executor) {
            // The thread changes with the first suspension.
            while !executor.isCurrent { await Task.yield() }
            return try await body()
        }
    }
}

/// A backend and a place: every awaited test runs in all of them.
struct Setting: CustomStringConvertible, Codable, Sendable {
    let backend: TestBackend
    let place: Place

    static let all = of(Backends.all)
    static let distinct = of(Backends.distinct)

    /// Those of these backends. In a simulation nothing runs elsewhere.
    static func of(_ backends: [TestBackend]) -> [Setting] {
        backends.flatMap { backend in
            let places = backend == .simulation ? [.onExecutor] : Place.allCases
            return places.map { Setting(backend: backend, place: $0) }
        }
    }

    var description: String { "\(backend) \(place)" }
}

/// An awaited call in a task of its own, whose result is fetched later.
struct Pending<Value: Sendable>: Sendable {
    private let task: Task<Result<Value, SocketError>, Never>
    private let network: Network

    init(
        _ setting: Setting, _ network: Network, _ body: @escaping @Sendable () async throws(SocketError) -> Value
    ) throws {
        self.network = network
        let executor = setting.place == .onExecutor ? try network.executor : nil
        task = Task(executorPreference: executor) { await result(body) }
    }

    /// Lets some time pass, so that the call is most likely suspended: that decides how much a test proves, never whether it passes.
    func suspend() async { try? await network.sleep(for: .milliseconds(2)) }

    func cancel() { task.cancel() }

    var outcome: Result<Value, SocketError> {
        get async { await task.value }
    }

    var code: SocketError.Code? {
        get async { if case .failure(let error) = await outcome { error.code } else { nil } }
    }
}

/// What an awaited call comes to.
func result<Value>(_ body: () async throws(SocketError) -> Value) async -> Result<Value, SocketError> {
    do throws(SocketError) {
        return .success(try await body())
    } catch {
        return .failure(error)
    }
}

/// The error that an awaited call ends with; nil when it ends well.
func endingError<Value>(_ body: () async throws(SocketError) -> Value) async -> SocketError? {
    if case .failure(let error) = await result(body) { error } else { nil }
}

/// The code of the error that an awaited call ends with; nil when it ends well.
func ending<Value>(_ body: () async throws(SocketError) -> Value) async -> SocketError.Code? {
    await endingError(body)?.code
}

/// Bytes that show where they belong.
func pattern(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    return generator.bytes(count)
}

/// Everything up to the end of the stream, or as much as `count` bytes, read in small pieces by a task that rests in between.
func readSlowly(_ socket: Socket, _ count: Int = .max) async throws(SocketError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count, let chunk = try await socket.receive(min(count - bytes.count, 50_000)) {
        bytes += chunk.array
        await Task.yield()
    }
    return bytes
}
