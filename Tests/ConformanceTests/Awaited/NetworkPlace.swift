import Sockets
import TestSupport
import Testing

/// Where a test's task runs.
enum NetworkPlace: String, CaseIterable, Sendable {
    case onTheExecutor, elsewhere

    func run<R: Sendable>(_ network: Network, _ body: @Sendable () async throws -> R) async throws -> R {
        switch self {
        case .onTheExecutor:
            // A closure that keeps its caller's isolation would begin on its caller's thread, too.
            try await withTaskExecutorPreference(network.executor) { @concurrent () async throws -> R in
                #expect(throws: Never.self) { try #require(try network.executor.isCurrent) }
                return try await body()
            }
        case .elsewhere: try await body()
        }
    }
}

/// The error that an awaited call ends with; nil when it ends well.
func awaitedFailure<Value>(_ body: () async throws -> Value) async -> SocketError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? SocketError ?? SocketError(.other, .spawn, detail: "\(error)")
    }
}

/// The code of the error that an awaited call ends with; nil when it ends well.
func awaitedCode<Value>(_ body: () async throws -> Value) async -> SocketError.Code? {
    await awaitedFailure(body)?.code
}
